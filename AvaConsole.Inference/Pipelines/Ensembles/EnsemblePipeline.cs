using AvaConsole.Core.Common;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Pipelines.Ensembles;

/// <summary>
/// Several models as a graph: tensors go from step to step as they lie in memory, steps that do not need each other run side by side, and each
/// model batches its own rows with those of other requests.
/// </summary>
internal sealed class EnsemblePipeline(EnsembleGraph graph, IReadOnlyList<EnsembleNode> nodes, IReadOnlyList<TensorModel> models, DecodeGate gate) : Pipeline
{
    public override PipelineKind Kind => PipelineKind.Ensemble;

    /// <summary>Of the first step that needs no other.</summary>
    public override TensorModel Model => nodes[graph.Order[0]].Model;

    public override IReadOnlyList<TensorModel> Others => [.. models.Where(model => model != Model)];

    public override async Task<Result<InferenceAnswer>> AnswerAsync(Admission admission, InferenceRequest request, CancellationToken ct)
    {
        using var run = new EnsembleRun(graph, nodes, gate, admission, request, ct);
        var outcomes = await run.RunAsync().ConfigureAwait(false);
        if (!outcomes.IsSuccess)
        {
            return outcomes.Error;
        }

        var answer = EnsembleAnswer.Compose(nodes, outcomes.Value);
        return new InferenceAnswer(answer.Json, run.Timing) { Octets = answer.Octets };
    }
}
