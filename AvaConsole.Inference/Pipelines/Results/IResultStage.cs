using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results;

/// <summary>The second half of a pipeline: a model's outputs become an answer. Used by any number of threads.</summary>
internal interface IResultStage
{
    /// <summary>Names of the outputs that it reads; empty for all.</summary>
    IReadOnlyList<string> Outputs { get; }

    /// <param name="outputs">Of one request.</param>
    /// <param name="input">What they were computed from; its geometry maps places back onto the original picture.</param>
    /// <param name="parameters">The request's; undefined for none.</param>
    /// <returns>Errors: <c>request.*</c> naming <c>$.parameters.x</c>, <c>serving.model_failed</c>.</returns>
    Result<StageAnswer> Interpret(IReadOnlyList<ModelValue> outputs, PreparedInput input, JsonElement parameters);
}

/// <summary>An answer as JSON, and as AVA's stream of bytes where the kind has one.</summary>
/// <param name="Octets">For callers that take <c>application/octet-stream</c>: little-endian float32 of an embedding. Null for none.</param>
internal sealed record StageAnswer(JsonObject Json, ReadOnlyMemory<byte>? Octets = null);
