using System.Diagnostics;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Pipelines.Ensembles;

/// <summary>
/// Several models as a graph: tensors go from step to step as they lie in memory, steps that do not need each other run side by side, and each
/// model batches its own rows with those of other requests.
/// </summary>
internal sealed class EnsemblePipeline : Pipeline
{
    private readonly EnsembleGraph _graph;
    private readonly IReadOnlyList<EnsembleNode> _nodes;
    private readonly IReadOnlyDictionary<string, TensorModel> _models;
    private readonly DecodeGate _gate;
    private readonly RunCounters _counters = new();

    /// <param name="models">By the names that the package has for them.</param>
    public EnsemblePipeline(EnsembleGraph graph, IReadOnlyList<EnsembleNode> nodes, IReadOnlyDictionary<string, TensorModel> models, DecodeGate gate)
    {
        (_graph, _nodes, _models, _gate) = (graph, nodes, models, gate);
        Tensors = new EnsembleTensors(this, [.. nodes.SelectMany(node => node.Input?.Entries ?? []).Distinct(StringComparer.Ordinal)]);
        Others = [.. models.Values.Where(model => model != Model)];
    }

    public override PipelineKind Kind => PipelineKind.Ensemble;

    /// <summary>Of the first step that needs no other.</summary>
    public override TensorModel Model => _nodes[_graph.Order[0]].Model;

    public override IReadOnlyList<TensorModel> Others { get; }

    public override EnsembleTensors Tensors { get; }

    public override ModelFigures Figures => _counters.Read();

    public override IReadOnlyList<PartFigures> Parts => [.. _models.Select(model => new PartFigures(model.Key, model.Value.Figures))];

    public override async Task<Result<InferenceAnswer>> AnswerAsync(Admission admission, InferenceRequest request, CancellationToken ct)
    {
        using var run = new EnsembleRun(_graph, _nodes, _gate, admission, request, ct);
        var outcomes = await run.RunAsync().ConfigureAwait(false);
        if (!outcomes.IsSuccess)
        {
            CountFailure(outcomes.Error, admission);
            return outcomes.Error;
        }

        var answer = EnsembleAnswer.Compose(_nodes, outcomes.Value);
        var timing = run.Timing;
        Count(timing, admission);
        return new InferenceAnswer(answer.Json, timing) { Octets = answer.Octets };
    }

    /// <summary>Each request is a run of the whole; what its steps took is added up.</summary>
    private void Count(InferenceTiming timing, Admission admission)
    {
        var began = Stopwatch.GetTimestamp() - Ticks(admission.Elapsed.TotalMilliseconds);
        _counters.CountRun(1, new RunTimes(Ticks(timing.Decode), Ticks(timing.Run), 0));
        _counters.CountAnswer(began, began + Ticks(timing.Queue));
    }

    /// <summary>As for a single model: what its caller did wrong is no failure of its own.</summary>
    private void CountFailure(Error error, Admission admission)
    {
        if (error is not InvalidError)
        {
            _counters.CountFailure(1, Ticks(admission.Elapsed.TotalMilliseconds));
        }
    }

    private static long Ticks(double milliseconds) => (long)(milliseconds * Stopwatch.Frequency / 1000);
}
