using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility.Documents;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>What callers must show to be let in: for the whole document and for each operation.</summary>
internal static class SecurityCheck
{
    public static void CheckDocument(ApiDocument from, ApiDocument to, ChangeSink sink) =>
        Check(from.Security, to.Security, "api-global-security", skipEmpty: false, (id, args) => sink.Add(id, "", "", "/security", args));

    // An operation's empty alternative lets everyone in and names no scheme that could be said to have come or gone.
    public static void Check(OperationPair pair) =>
        Check(pair.From.Security, pair.To.Security, "api-security", skipEmpty: true, (id, args) => pair.Add(id, JsonPointer.Of(pair.To.Pointer, "security"), args));

    private static void Check(JsonNode? from, JsonNode? to, string prefix, bool skipEmpty, Action<string, string[]> add)
    {
        var match = new SecurityMatch(from, to);
        foreach (var alternative in match.Added.Where(alternative => !skipEmpty || !alternative.IsEmpty))
        {
            add($"{prefix}-added", [alternative.ToString()]);
        }

        foreach (var alternative in match.Removed.Where(alternative => !skipEmpty || !alternative.IsEmpty))
        {
            add($"{prefix}-removed", [alternative.ToString()]);
        }

        foreach (var (before, after) in match.Changed)
        {
            foreach (var (scheme, scopes) in before.Schemes)
            {
                foreach (var scope in after.Schemes[scheme].Except(scopes))
                {
                    add($"{prefix}-scope-added", [scope, "", "", scheme]);
                }

                foreach (var scope in scopes.Except(after.Schemes[scheme]))
                {
                    add($"{prefix}-scope-removed", [scope, "", "", scheme]);
                }
            }
        }
    }
}
