using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Pipelines;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Hosting;

/// <summary>
/// A model in memory with its batcher, counted: whoever uses it holds a reference, and it is unloaded when its owner and the last of
/// them have let go, never under a request.
/// </summary>
/// <param name="opened">Taken over.</param>
/// <param name="files">Keeps what it was loaded from while it is loaded: weights in files of their own are read when they are needed.</param>
internal sealed class LoadedModel(ReleaseSpec spec, OpenedModel opened, IDisposable files)
{
    /// <summary>Whoever uses it is one of them.</summary>
    public ModelUsers Users { get; } = new();

    public ReleaseSpec Spec => spec;

    public TensorModel Model => opened.Model;

    public ModelSignature Signature => opened.Signature;

    public ModelFigures Figures => opened.Figures;

    public IReadOnlyList<PartFigures> Parts => opened.Parts;

    public IReadOnlyList<string> Labels => opened.Labels;

    /// <summary>How its models are run, as they were measured.</summary>
    public IReadOnlyList<ModelPlan> Plans { get; } = [.. opened.Plans.Select(plan => plan.ToStatus())];

    /// <summary>The model's file, there while it is loaded; null for an ensemble, which has several.</summary>
    public string? Path => opened.Path;

    /// <summary>Rows of different requests may share the runs of every model.</summary>
    public bool Batchable => opened.Batchable;

    /// <summary>Takes effect at once, for waiting requests too.</summary>
    public void UpdateSettings(BatchSettings settings) => opened.UpdateSettings(settings);

    /// <summary>Lets go of it, waits for its requests, ends those that take too long, and unloads it. Once.</summary>
    public Task RetireAsync(TimeSpan patience) => Users.RetireAsync(patience, Unload);

    /// <summary>See <see cref="IServedModel.Refuse"/>.</summary>
    public Error? Refuse() => opened.Refuse();

    /// <summary>Answers one request by the pipeline. The caller holds a reference.</summary>
    public Task<Result<InferenceAnswer>> InferAsync(InferenceRequest request, CancellationToken ct) => opened.InferAsync(request, ct);

    /// <summary>Answers a test case. A model without a pipeline takes it as JSON tensors, an entry for each of its inputs. The caller holds a reference.</summary>
    public Task<Result<InferenceAnswer>> AnswerCaseAsync(InferenceRequest request, CancellationToken ct) => opened.AnswerCaseAsync(request, ct);

    /// <summary>Answers one request of tensors. The caller holds a reference until it has disposed the answer.</summary>
    public Task<Result<TensorAnswer>> InferAsync(TensorRequest request, CancellationToken ct) => opened.InferAsync(request, ct);

    private void Unload()
    {
        opened.Dispose();
        files.Dispose();
        NativeMemory.Return();
    }
}
