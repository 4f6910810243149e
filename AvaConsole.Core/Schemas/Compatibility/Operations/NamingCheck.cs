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
            var (id, subject) = from.Length == 0 ? ("api-operation-id-added", to) : ("api-operation-id-removed", from);
            pair.Add(id, JsonPointer.Of(pair.To.Pointer, "operationId"), subject, from, to);
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
