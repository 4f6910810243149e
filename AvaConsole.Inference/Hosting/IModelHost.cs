using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Validation;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Hosting;

/// <summary>The models that this process serves now. Leases keep a model loaded while a request uses it.</summary>
public interface IModelHost
{
    /// <summary>False until the live configuration was read once and every model in it is serving or failed.</summary>
    bool IsReady { get; }

    /// <summary>Everything wanted here, with its state.</summary>
    IReadOnlyList<ModelStatus> Statuses { get; }

    /// <summary>The release of this phase, leased; null where the app is unknown or nothing serves in the phase.</summary>
    IModelLease? TryAcquire(string app, string phase);

    /// <summary>A certain release in grey, production or staging, leased; null where it is not serving.</summary>
    IModelLease? TryAcquireVersion(string app, string version);
}

/// <summary>Keeps a model loaded; dispose when the answer is complete.</summary>
public interface IModelLease : IDisposable
{
    IServedModel Model { get; }
}

/// <summary>One loaded release.</summary>
public interface IServedModel
{
    string App { get; }

    string Version { get; }

    string Phase { get; }

    /// <summary>Who may call it (effective document: app's own, else the default).</summary>
    AppMetadataDocument Metadata { get; }

    /// <summary>The API that its requests follow; null where the schema key is missing or unreadable.</summary>
    CompiledSchema? Schema { get; }

    ApiSchema? ApiSchema { get; }

    /// <summary>What the model itself takes and gives.</summary>
    ModelSignature Signature { get; }

    /// <summary>Since it was loaded.</summary>
    ModelFigures Figures { get; }

    /// <summary>Of each of an ensemble's models, since it was loaded; empty where there is one model.</summary>
    IReadOnlyList<PartFigures> Parts => [];

    /// <summary>Names of classes by their index; empty where the package has none.</summary>
    IReadOnlyList<string> Labels => [];

    /// <summary>
    /// Why a request that came now would not be let in, to be asked before its body is read: <see cref="BusyError"/> (<c>serving.busy</c>),
    /// <see cref="UnavailableError"/> (<c>serving.overloaded</c>, <c>serving.unloaded</c>). Null where it would be, which is no promise.
    /// </summary>
    Error? Refuse() => null;

    /// <summary>
    /// Decodes, batches, runs and interprets. Errors: <see cref="InvalidError"/> (<c>picture.*</c>, <c>request.*</c>), <see cref="BusyError"/>
    /// (<c>serving.busy</c>), <see cref="TimeoutError"/> (<c>serving.timeout</c>), <see cref="UnavailableError"/> (<c>serving.model_failed</c>),
    /// <see cref="ConflictError"/> (<c>serving.no_pipeline</c>: the model is served by its tensors alone).
    /// </summary>
    Task<Result<InferenceAnswer>> InferAsync(InferenceRequest request, CancellationToken ct);

    /// <summary>
    /// Batches and runs named tensors, past any pipeline. The same errors, and <see cref="InvalidError"/> (<c>tensor.*</c>) where the request does not
    /// fit the signature. The answer lends the model's memory: dispose it before the lease.
    /// </summary>
    Task<Result<TensorAnswer>> InferAsync(TensorRequest request, CancellationToken ct);
}

/// <summary>What the pipeline works on.</summary>
/// <param name="Payload">Decoded bytes per payload entry name (a picture's file bytes, a text's UTF-8, a JSON document).</param>
/// <param name="Parameters">The request's parameters; undefined for none. The classification pipeline reads <c>top_k</c>.</param>
public sealed record InferenceRequest(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Payload, JsonElement Parameters);

/// <summary>The pipeline's answer.</summary>
/// <param name="Result">In the shape of the pipeline's kind; for classification AVA's <c>{"confidences": [{"index", "class", "score"}]}</c>, best first.</param>
/// <param name="Timing">Where the time went.</param>
public sealed record InferenceAnswer(JsonObject Result, InferenceTiming Timing)
{
    /// <summary>The same for callers that take <c>application/octet-stream</c>: the little-endian float32 of an embedding. Null for none.</summary>
    public ReadOnlyMemory<byte>? Octets { get; init; }
}

/// <summary>Milliseconds of one request.</summary>
/// <param name="Decode">Payload bytes to tensor.</param>
/// <param name="Queue">Waiting for the batch to leave.</param>
/// <param name="Run">The session's run of the whole batch.</param>
/// <param name="Total">All of it.</param>
/// <param name="BatchSize">Requests that shared the run.</param>
public sealed record InferenceTiming(double Decode, double Queue, double Run, double Total, int BatchSize);
