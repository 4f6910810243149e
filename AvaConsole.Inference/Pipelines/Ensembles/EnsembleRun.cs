using AvaConsole.Core.Common;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Hosting;

namespace AvaConsole.Inference.Pipelines.Ensembles;

/// <summary>
/// One request on its way through the graph. The first step that fails ends the others; what the steps gave is lent until this is disposed,
/// which is after all of them have ended.
/// </summary>
/// <param name="admission">Of the first step's model; its time is that of the whole request.</param>
internal sealed class EnsembleRun(
    EnsembleGraph graph, IReadOnlyList<EnsembleNode> nodes, DecodeGate gate, Admission admission, InferenceRequest request, CancellationToken ct) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
    private readonly Task<StepOutcome?>[] _steps = new Task<StepOutcome?>[nodes.Count];
    private readonly RunClock _clock = new(admission);
    private Error? _error;
    private bool _isComplete;

    public InferenceTiming Timing => _clock.Read();

    /// <returns>One outcome for each node; else the error of the step that failed first.</returns>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public async Task<Result<IReadOnlyList<StepOutcome>>> RunAsync()
    {
        foreach (var index in graph.Order)
        {
            // Off this thread: a step decodes pictures before it waits for the first time, and others may do so beside it.
            _steps[index] = Task.Run(() => RunAsync(nodes[index]), CancellationToken.None);
        }

        var outcomes = await Task.WhenAll(_steps).ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();
        _isComplete = _error is null;
        return _error is null ? outcomes.Select(outcome => outcome!).ToArray() : _error;
    }

    public void Dispose()
    {
        // A run that was given up may still read what another step gave: that is left to the garbage collector, which the run's own references hold off.
        var read = _isComplete ? [] : graph.Steps.SelectMany(step => step.Links).Select(link => link.Step).ToHashSet();
        for (var index = 0; index < _steps.Length; index++)
        {
            if (_steps[index] is { IsCompletedSuccessfully: true } step && !read.Contains(index))
            {
                step.Result?.Dispose();
            }
        }

        _stop.Dispose();
    }

    /// <summary>Null where this step or one that it needs has failed.</summary>
    private async Task<StepOutcome?> RunAsync(EnsembleNode node)
    {
        var needed = new Dictionary<int, StepOutcome>();
        foreach (var index in node.Step.Needs)
        {
            if (await _steps[index].ConfigureAwait(false) is not { } outcome)
            {
                return null;
            }

            needed[index] = outcome;
        }

        try
        {
            // The caller's admission is good for one run, and is the first step's.
            var own = node.Step.Index == graph.Order[0] ? admission : null;
            var result = await new StepRun(node, needed, gate, admission, own, request, _clock).RunAsync(_stop.Token).ConfigureAwait(false);
            if (result.IsSuccess)
            {
                return result.Value;
            }

            Fail(result.Error);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The caller has gone, or another step has failed.
        }

        return null;
    }

    private void Fail(Error error)
    {
        if (Interlocked.CompareExchange(ref _error, error, null) is null)
        {
            _stop.Cancel();
        }
    }
}
