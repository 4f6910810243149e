using System.Diagnostics;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Ensembles;

/// <summary>One step of one request: what it takes is put together, the model is run, its outputs are interpreted.</summary>
/// <param name="needed">What the steps that it needs gave.</param>
/// <param name="whole">The request's admission; its time is the step's.</param>
/// <param name="own">An unused admission to the step's model; null to get one.</param>
internal sealed class StepRun(
    EnsembleNode node, IReadOnlyDictionary<int, StepOutcome> needed, DecodeGate gate, Admission whole, Admission? own, InferenceRequest request, RunClock clock)
{
    private Admission? _own = own;

    public async Task<Result<StepOutcome>> RunAsync(CancellationToken ct)
    {
        var crops = node.Step.CropOf is { } source ? Choose(needed[source]) : null;
        var rowOf = crops?.ConvertAll(crop => crop.Detection) ?? (node.Step.RowsFrom is null ? null : LinkedRows());
        if (rowOf is { Count: 0 })
        {
            return new StepOutcome(rowOf, []);
        }

        var prepared = await PrepareAsync(crops, ct).ConfigureAwait(false);
        if (!prepared.IsSuccess)
        {
            return prepared.Error;
        }

        var inputs = new StepInputs(rowOf?.Count ?? 1);
        foreach (var tensor in prepared.Value.Tensors)
        {
            inputs.Add(tensor, inRows: crops is not null);
        }

        foreach (var link in node.Step.Links)
        {
            inputs.Add(needed[link.Step], link);
        }

        var pieces = await RunAsync(inputs.Build(node.Model.Batchable, node.Outputs), ct).ConfigureAwait(false);
        if (!pieces.IsSuccess)
        {
            return pieces.Error;
        }

        // Only now: a run that was given up may still read its tensors.
        prepared.Value.Dispose();
        return Answer(new StepOutcome(rowOf, pieces.Value) { Geometry = prepared.Value.Geometry, Geometries = prepared.Value.Regions });
    }

    // All rows that a step reads are those of one step that crops.
    private IReadOnlyList<int> LinkedRows() => node.Step.Links.Select(link => needed[link.Step].RowOf).First(rows => rows is not null)!;

    private List<Crop> Choose(StepOutcome detections) => detections.Geometry is { } geometry
        ? CropSelection.Choose(detections.Found, node.Step.Description, detections.Names, geometry.OriginalWidth, geometry.OriginalHeight)
        : [];

    private async Task<Result<PreparedInput>> PrepareAsync(List<Crop>? crops, CancellationToken ct)
    {
        if (node.Input is not { } input)
        {
            return new PreparedInput([], null);
        }

        if (!await gate.EnterAsync(whole.Left, ct).ConfigureAwait(false))
        {
            return Batcher.TimedOut();
        }

        var started = Stopwatch.GetTimestamp();
        try
        {
            return crops is null ? input.Prepare(request) : ((IRegionInput)input).PrepareRegions(request, crops.ConvertAll(crop => crop.Region));
        }
        finally
        {
            gate.Leave();
            clock.AddPrepared(Stopwatch.GetElapsedTime(started));
        }
    }

    private async Task<Result<IReadOnlyList<TensorAnswer>>> RunAsync(IReadOnlyList<TensorRequest>? requests, CancellationToken ct)
    {
        if (requests is null)
        {
            return new UnavailableError("serving.model_failed");
        }

        var runs = requests.Select(one => RunAsync(one, ct)).ToList();
        Error? error = null;
        try
        {
            await Task.WhenAll(runs).ConfigureAwait(false);
            error = runs.Select(run => run.Result.Error).FirstOrDefault(failed => failed is not null);
            return error is null ? runs.ConvertAll(run => run.Result.Value!).ToArray() : error;
        }
        finally
        {
            if (error is not null || runs.Exists(run => !run.IsCompletedSuccessfully))
            {
                runs.FindAll(run => run.IsCompletedSuccessfully).ForEach(run => run.Result.Value?.Dispose());
            }
        }
    }

    private async Task<Result<TensorAnswer>> RunAsync(TensorRequest tensors, CancellationToken ct)
    {
        // The one that came with the request is disposed by whoever asked for it.
        if (Interlocked.Exchange(ref _own, null) is { } given)
        {
            return Timed(await node.Model.RunAsync(given, tensors, ct).ConfigureAwait(false));
        }

        var entered = node.Model.EnterPart();
        if (!entered.IsSuccess)
        {
            return entered.Error;
        }

        using var admission = entered.Value;
        return Timed(await node.Model.RunAsync(admission, tensors with { Timeout = whole.Left }, ct).ConfigureAwait(false));
    }

    private Result<TensorAnswer> Timed(Result<TensorAnswer> answer)
    {
        if (answer.IsSuccess)
        {
            clock.AddRun(answer.Value.Timing);
        }

        return answer;
    }

    private Result<StepOutcome> Answer(StepOutcome outcome)
    {
        Result<StepOutcome>? answered = null;
        try
        {
            answered = new StepAnswers(node, request.Parameters).Add(outcome);
            return answered;
        }
        finally
        {
            if (answered is not { IsSuccess: true })
            {
                outcome.Dispose();
            }
        }
    }
}
