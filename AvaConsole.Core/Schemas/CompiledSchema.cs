using System.Text.Json;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas;

/// <summary>
/// Checks requests of the form <c>{"parameters": {…}, "payload": {"&lt;entry&gt;": {"data": "…", "encoding": "…"}}}</c> against one API version.
/// Compiled once, used by any number of threads.
/// </summary>
public sealed class CompiledSchema
{
    private CompiledSchema()
    {
    }

    public static CompiledSchema Compile(ApiSchema schema) => throw new NotImplementedException();

    /// <summary>All problems; fields are JSON paths such as <c>$.parameters.top_k</c>. Empty: the request is valid.</summary>
    public IReadOnlyList<Problem> Validate(JsonElement request) => throw new NotImplementedException();
}
