using AvaConsole.Core.Common;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Ensembles;

namespace AvaConsole.Inference.Pipelines;

/// <summary>Turns requests into answers by one model or several. Used by any number of threads; does not own what it runs.</summary>
internal abstract class Pipeline
{
    /// <summary>Written in lower case in <c>service.yaml</c>.</summary>
    public abstract PipelineKind Kind { get; }

    /// <summary>The model through whose admission requests come in: the only one, or an ensemble's first.</summary>
    public abstract TensorModel Model { get; }

    /// <summary>Models that have no admission of the caller's: those of an ensemble after its first.</summary>
    public virtual IReadOnlyList<TensorModel> Others => [];

    /// <summary>Tensors of its own, where those of <see cref="Model"/> are not what it is asked by; null for a single model.</summary>
    public virtual EnsembleTensors? Tensors => null;

    /// <summary>Of all that it does.</summary>
    public virtual ModelFigures Figures => Model.Figures;

    /// <summary>Of each of its models; empty where there is one.</summary>
    public virtual IReadOnlyList<PartFigures> Parts => [];

    /// <summary>
    /// Prepares, runs and interprets. Errors: <see cref="InvalidError"/> (<c>picture.*</c>, <c>request.*</c>, <c>tensor.*</c>), <see cref="TimeoutError"/>
    /// (<c>serving.timeout</c>), <see cref="UnavailableError"/> (<c>serving.model_failed</c>, <c>serving.not_finite</c>, <c>serving.unloaded</c>).
    /// </summary>
    /// <param name="admission">Of <see cref="Model"/>; disposed by the caller when the answer is complete.</param>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public abstract Task<Result<InferenceAnswer>> AnswerAsync(Admission admission, InferenceRequest request, CancellationToken ct);

    protected static double Milliseconds(TimeSpan span) => Math.Round(span.TotalMilliseconds, 3);
}
