using AvaConsole.Core.Schemas.Compatibility.Documents;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>An operation's id and tags: what generators name code after.</summary>
internal static class NamingCheck
{
    public static void Check(OperationPair pair)
    {
        var (from, to) = (pair.From.OperationId, pair.To.OperationId);
        if (from != to)
        {
            pair.Add(from.Length == 0 ? "api-operation-id-added" : "api-operation-id-removed", JsonPointer.Of(pair.To.Pointer, "operationId"), from.Length == 0 ? to : from, from, to);
        }

        foreach (var tag in pair.From.Tags.Except(pair.To.Tags))
        {
            pair.Add("api-tag-removed", JsonPointer.Of(pair.From.Pointer, "tags"), tag);
        }

        foreach (var tag in pair.To.Tags.Except(pair.From.Tags))
        {
            pair.Add("api-tag-added", JsonPointer.Of(pair.To.Pointer, "tags"), tag);
        }
    }
}
