using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility.Documents;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>One alternative of a list of security requirements: schemes that are all asked for, each with its scopes.</summary>
internal sealed class SecurityAlternative
{
    public SecurityAlternative(JsonObject node)
    {
        Schemes = node.ToDictionary(entry => entry.Key, entry => (IReadOnlyList<string>)[.. entry.Value.Texts().Order(StringComparer.Ordinal)], StringComparer.Ordinal);
        Names = string.Join('\n', Schemes.Keys.Order(StringComparer.Ordinal));
    }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Schemes { get; }

    /// <summary>The schemes' names as a key.</summary>
    public string Names { get; }

    public bool IsEmpty => Schemes.Count == 0;

    /// <summary>The same schemes with the same scopes, in whatever order.</summary>
    public bool IsSame(SecurityAlternative other) =>
        Names == other.Names && Schemes.All(scheme => scheme.Value.ToHashSet(StringComparer.Ordinal).SetEquals(other.Schemes[scheme.Key]));

    /// <summary>For example <c>key + oauth [read, write]</c>.</summary>
    public override string ToString() =>
        IsEmpty ? "{}" : string.Join(" + ", Schemes.OrderBy(scheme => scheme.Key, StringComparer.Ordinal).Select(scheme => Text(scheme.Key, scheme.Value)));

    private static string Text(string scheme, IReadOnlyList<string> scopes) => scopes.Count == 0 ? scheme : $"{scheme} [{string.Join(", ", scopes)}]";
}

/// <summary>
/// Pairs the alternatives of two lists. They have no names: those that say the same belong together; of the rest two that ask for the same schemes are taken
/// for one that changed its scopes, if no other could be meant.
/// </summary>
internal sealed class SecurityMatch
{
    public SecurityMatch(JsonNode? from, JsonNode? to)
    {
        var before = Read(from);
        Added.AddRange(Read(to));
        foreach (var alternative in before)
        {
            var same = Added.FindIndex(alternative.IsSame);
            if (same < 0)
            {
                Removed.Add(alternative);
            }
            else
            {
                Added.RemoveAt(same);
            }
        }

        foreach (var alternative in Removed.ToList())
        {
            var isAlone = Removed.Count(other => other.Names == alternative.Names) == 1;
            if (isAlone && Added.Where(other => other.Names == alternative.Names).ToList() is [var counterpart])
            {
                Removed.Remove(alternative);
                Added.Remove(counterpart);
                Changed.Add((alternative, counterpart));
            }
        }
    }

    public List<SecurityAlternative> Added { get; } = [];

    public List<SecurityAlternative> Removed { get; } = [];

    public List<(SecurityAlternative From, SecurityAlternative To)> Changed { get; } = [];

    private static List<SecurityAlternative> Read(JsonNode? list) => [.. (list as JsonArray ?? []).OfType<JsonObject>().Select(node => new SecurityAlternative(node))];
}
