using System.Globalization;
using AvaConsole.Core.Schemas.Compatibility.Documents;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>Endpoints that came or went.</summary>
internal sealed class EndpointCheck(ChangeSink sink)
{
    /// <summary>A path that the revision does not have.</summary>
    public void PathRemoved(PathItem path)
    {
        foreach (var operation in path.Operations.Values.Where(operation => operation.Stability is { IsValid: true, IsPromised: true }))
        {
            Removed(path.Name, operation, "api-path");
        }
    }

    /// <summary>An operation that its path in the revision does not have.</summary>
    public void OperationRemoved(string path, Operation operation) => Removed(path, operation, "api");

    /// <summary>An operation that the base does not have.</summary>
    public void Added(string path, Operation operation) => sink.Add("endpoint-added", path, operation.Method, operation.Pointer);

    private void Removed(string path, Operation operation, string prefix)
    {
        if (!operation.IsDeprecated)
        {
            sink.Add($"{prefix}-removed-without-deprecation", path, operation.Method, operation.Pointer);
        }
        else if (!operation.Node.ContainsKey("x-sunset"))
        {
            sink.Add($"{prefix}-removed-with-deprecation", path, operation.Method, operation.Pointer);
        }
        else if (JsonReading.AsDay(operation.Sunset) is not { } sunset)
        {
            sink.Add("api-path-sunset-parse", path, operation.Method, operation.Pointer, operation.Sunset?.ToJsonString());
        }
        else if (sink.Options.Day < sunset)
        {
            sink.Add($"{prefix}-removed-before-sunset", path, operation.Method, operation.Pointer, sunset.ToString("O", CultureInfo.InvariantCulture));
        }
    }
}
