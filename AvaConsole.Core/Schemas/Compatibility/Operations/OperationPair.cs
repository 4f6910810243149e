using AvaConsole.Core.Schemas.Compatibility.Documents;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>An operation that both documents have.</summary>
/// <param name="Path">The path in the base.</param>
/// <param name="ParameterNames">For paths that name their parameters differently: the base's name to the revision's.</param>
internal sealed record OperationPair(string Path, Operation From, Operation To, IReadOnlyDictionary<string, string> ParameterNames, ChangeSink Sink)
{
    public string Method => To.Method;

    /// <summary>Adds a change of this operation.</summary>
    public void Add(string id, string pointer, params string?[] args) => Sink.Add(id, Path, Method, pointer, args);
}
