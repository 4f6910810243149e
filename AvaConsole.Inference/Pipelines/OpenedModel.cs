using AvaConsole.Core.Common;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines;

/// <summary>A loaded model, or several as one, with what answers requests by it. Disposing unloads all of them.</summary>
/// <param name="model">The one whose tensors are served, and through which requests come in.</param>
/// <param name="pipeline">Null for a model that is served by its tensors alone.</param>
internal sealed class OpenedModel(TensorModel model, Pipeline? pipeline) : IDisposable
{
    public TensorModel Model => model;

    public Pipeline? Pipeline => pipeline;

    /// <summary>What it is asked by over the Open Inference Protocol.</summary>
    public ModelSignature Signature => pipeline?.Tensors?.Signature ?? model.Signature;

    public ModelFigures Figures => pipeline?.Figures ?? model.Figures;

    public IReadOnlyList<PartFigures> Parts => pipeline?.Parts ?? [];

    /// <summary>Where there is no pipeline: answers test cases of JSON tensors. Null where the model takes what JSON cannot say.</summary>
    public Pipeline? Plain { get; init; }

    /// <summary>Names of classes by their index; empty where the package has none.</summary>
    public IReadOnlyList<string> Labels { get; set; } = [];

    /// <summary>The model's file; null for an ensemble, which has several.</summary>
    public string? Path { get; set; }

    /// <summary>Rows of different requests may share the runs of every model.</summary>
    public bool Batchable => All.All(one => one.Batchable);

    /// <summary>How each model is run; without those that could not be measured.</summary>
    public IReadOnlyList<ExecutionPlan> Plans => [.. All.Select(one => one.Plan).OfType<ExecutionPlan>()];

    private IEnumerable<TensorModel> All => [model, .. pipeline?.Others ?? []];

    /// <summary>See <see cref="TensorModel.WarmUp"/>; ends with the first model that fails.</summary>
    public Result WarmUp(CancellationToken ct) =>
        All.Select(one => one.WarmUp(ct)).Where(warm => !warm.IsSuccess).Select(warm => new Result(warm.Error)).FirstOrDefault();

    /// <summary>See <see cref="TensorModel.Refuse"/>.</summary>
    public Error? Refuse() => model.Refuse();

    /// <summary>Answers by the pipeline; <c>serving.no_pipeline</c> where there is none.</summary>
    public Task<Result<InferenceAnswer>> InferAsync(InferenceRequest request, CancellationToken ct) => AnswerAsync(pipeline, request, ct);

    /// <summary>The same for a test case, which <see cref="Plain"/> answers where there is no pipeline.</summary>
    public Task<Result<InferenceAnswer>> AnswerCaseAsync(InferenceRequest request, CancellationToken ct) => AnswerAsync(pipeline ?? Plain, request, ct);

    /// <summary>Answers by the tensors of <see cref="Signature"/>.</summary>
    public Task<Result<TensorAnswer>> InferAsync(TensorRequest request, CancellationToken ct) => model.AdmitAsync(admission =>
        pipeline?.Tensors is { } tensors ? tensors.RunAsync(admission, request, ct) : model.RunAsync(admission, request, ct));

    /// <summary>Takes effect at once, for waiting requests too.</summary>
    public void UpdateSettings(BatchSettings settings)
    {
        foreach (var one in All)
        {
            one.UpdateSettings(settings);
        }
    }

    private async Task<Result<InferenceAnswer>> AnswerAsync(Pipeline? by, InferenceRequest request, CancellationToken ct) => by is null
        ? new ConflictError("serving.no_pipeline", model.App)
        : await model.AdmitAsync(admission => by.AnswerAsync(admission, request, ct)).ConfigureAwait(false);

    public void Dispose()
    {
        foreach (var one in All)
        {
            one.Dispose();
        }
    }
}
