using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Validation;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Tests.Web.Serving;

/// <summary>Serves what a test says, and fails as a test says: faults that the real host has only by chance.</summary>
internal sealed class FakeModelHost : IModelHost
{
    private int _leases;

    public bool IsReady { get; set; } = true;

    public IReadOnlyList<ModelStatus> Statuses => [];

    public List<FakeModel> Models { get; } = [];

    /// <summary>Leases taken and not given back.</summary>
    public int OpenLeases => Volatile.Read(ref _leases);

    public IModelLease? TryAcquire(string app, string phase) => Lease(Models.Find(model => model.App == app && model.Phase == phase));

    public IModelLease? TryAcquireVersion(string app, string version) => Lease(Models.Find(model => model.App == app && model.Version == version));

    private Lent? Lease(FakeModel? model)
    {
        if (model is null)
        {
            return null;
        }

        Interlocked.Increment(ref _leases);
        return new Lent(this, model);
    }

    private sealed class Lent(FakeModelHost host, FakeModel model) : IModelLease
    {
        public IServedModel Model => model;

        public void Dispose() => Interlocked.Decrement(ref host._leases);
    }
}

internal sealed class FakeModel : IServedModel
{
    public required string App { get; init; }

    public string Version { get; init; } = "20261101-v1";

    public string Phase { get; init; } = Phases.Production;

    public AppMetadataDocument Metadata { get; init; } = new() { Public = true };

    public ApiSchema? ApiSchema { get; init; } = Core.Schemas.Sample.Digits;

    public CompiledSchema? Schema => ApiSchema is null ? null : CompiledSchema.Compile(ApiSchema);

    public ModelSignature Signature { get; init; } = new([], []);

    public ModelFigures Figures { get; init; } = new(0, 0, null);

    public Func<TensorRequest, Result<TensorAnswer>> TensorAnswer { get; set; } = _ => new ConflictError("serving.no_pipeline");

    /// <summary>Before anything is read.</summary>
    public Error? Refusal { get; set; }

    public Error? Refuse() => Refusal;

    public ConcurrentQueue<InferenceRequest> Requests { get; } = [];

    public Func<InferenceRequest, Result<InferenceAnswer>> Answer { get; set; } = _ => Three();

    public Task<Result<InferenceAnswer>> InferAsync(InferenceRequest request, CancellationToken ct)
    {
        Requests.Enqueue(request);
        return Task.FromResult(Answer(request));
    }

    public Task<Result<TensorAnswer>> InferAsync(TensorRequest request, CancellationToken ct) => Task.FromResult(TensorAnswer(request));

    public static InferenceAnswer Three() => new(
        new JsonObject { ["confidences"] = new JsonArray(new JsonObject { ["index"] = 3, ["class"] = "three", ["score"] = 0.98 }) },
        new InferenceTiming(1.23456, 0.5, 2, 4, 2));
}
