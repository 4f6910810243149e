using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Validation;
using AvaConsole.Inference.Hosting;

namespace AvaConsole.Web.Serving;

/// <summary>
/// Calls a served model: finds the release, asks who may, validates, decodes and runs. The HTTP routes and the console's own
/// try-out use the same path, so what works on the page works from a shell.
/// </summary>
public sealed class ServingService
{
    private readonly ServingGate _gate;
    private readonly RequestReader _reader;

    internal ServingService(ServingGate gate, RequestReader reader) => (_gate, _reader) = (gate, reader);

    /// <summary>Why this caller gets no answer whatever it sends; null where it may. Asked before a body is read.</summary>
    public Error? Refuse(ServingTarget target, ServingCaller caller)
    {
        using var lease = _gate.EnterToCall(target, caller, out var refused);
        return refused;
    }

    /// <summary>What the release that is called takes and gives, to whoever may call it.</summary>
    public Result<ServedApi> Describe(ServingTarget target, ServingCaller caller)
    {
        using var lease = _gate.Enter(target, caller, out var refused);
        if (lease is null)
        {
            return refused!;
        }

        var model = lease.Model;
        return model.ApiSchema is { } schema
            ? new ServedApi(model.App, model.Version, model.Phase, model.Metadata.Public, schema)
            : new UnavailableError("serving.schema_missing", model.App, model.Version);
    }

    /// <summary>A call of the form <c>{"parameters": {…}, "payload": {…}}</c>; see <see cref="ServingJson.ForPicture"/>.</summary>
    public Task<ServingOutcome> CallAsync(ServingTarget target, ReadOnlyMemory<byte> body, ServingCaller caller, CancellationToken ct) =>
        RunAsync(target, caller, schema => _reader.ReadContentAsync(schema, body, ct), ct);

    /// <summary>A call in AVA's form, <c>{"data": {"uri": "…"}, "params": {…}}</c>.</summary>
    public Task<ServingOutcome> EvalAsync(ServingTarget target, ReadOnlyMemory<byte> body, ServingCaller caller, CancellationToken ct) =>
        RunAsync(target, caller, schema => _reader.ReadEvalAsync(schema, body, ct), ct);

    /// <summary>The same of one item of a batch.</summary>
    /// <param name="path">Where it stands in the batch, for messages.</param>
    internal Task<ServingOutcome> EvalAsync(ServingTarget target, JsonElement request, string path, ServingCaller caller, CancellationToken ct) =>
        RunAsync(target, caller, schema => _reader.ReadEvalAsync(schema, request, path, ct), ct);

    /// <summary>A call whose body is the file itself.</summary>
    public Task<ServingOutcome> EvalRawAsync(ServingTarget target, ReadOnlyMemory<byte> body, ServingCaller caller, CancellationToken ct) =>
        RunAsync(target, caller, schema => Task.FromResult(RequestReader.ReadRaw(schema, body)), ct);

    private async Task<ServingOutcome> RunAsync(
        ServingTarget target, ServingCaller caller, Func<CompiledSchema, Task<Result<InferenceRequest>>> read, CancellationToken ct)
    {
        using var lease = _gate.Enter(target, caller, out var refused);
        if (lease is null)
        {
            return ServingOutcome.Failed(refused!);
        }

        var model = lease.Model;
        if (model.Schema is null)
        {
            return ServingOutcome.Failed(new UnavailableError("serving.schema_missing", model.App, model.Version), model.App, model.Version);
        }

        var request = await read(model.Schema);
        if (!request.IsSuccess)
        {
            return ServingOutcome.Failed(request.Error, model.App, model.Version);
        }

        var answer = await model.InferAsync(request.Value, ct);
        return new ServingOutcome(model.App, model.Version, answer.Value, answer.Error) { Request = request.Value };
    }
}
