using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility.Documents;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>Changes of what <c>x-stability-level</c> promises.</summary>
internal static class StabilityCheck
{
    /// <summary>Whether an operation that went is anybody's concern; says so of a level that is no level.</summary>
    public static bool IsPromised(string path, Operation operation, ChangeSink sink)
    {
        SayInvalid(path, operation, sink);
        return operation.Stability is { IsValid: true, IsPromised: true };
    }

    /// <summary>Says how the promise changed, and whether the rest of the operation is to be compared.</summary>
    public static bool Check(OperationPair pair)
    {
        var (from, to) = (pair.From.Stability, pair.To.Stability);
        if (!(from.IsValid && to.IsValid) && !JsonNode.DeepEquals(pair.From.Node, pair.To.Node))
        {
            SayInvalid(pair.Path, pair.From, pair.Sink);
            SayInvalid(pair.Path, pair.To, pair.Sink);
        }

        if (from.IsValid && to.IsValid && from.Rank != to.Rank && from.IsPromised)
        {
            pair.Add(to.Rank < from.Rank ? "api-stability-decreased" : "api-stability-increased", pair.To.Pointer, "", from.Meaning, to.Meaning);
        }

        return !to.IsValid || to.IsPromised;
    }

    private static void SayInvalid(string path, Operation operation, ChangeSink sink)
    {
        if (!operation.Stability.IsValid)
        {
            sink.Add("api-invalid-stability-level", path, operation.Method, operation.Pointer, operation.Node["x-stability-level"]?.ToJsonString());
        }
    }
}
