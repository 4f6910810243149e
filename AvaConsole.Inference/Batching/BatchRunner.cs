using System.Collections.Concurrent;
using System.Diagnostics;
using AvaConsole.Core.Common;
using AvaConsole.Inference.OnnxRuntime;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Inference.Batching;

/// <summary>Runs batches, gives everybody in them an answer, and counts.</summary>
internal sealed class BatchRunner(
    IRowRunner runner, BatchCost cost, RunCounters counters, InferenceMeters? meters, KeyValuePair<string, object?>[] tags, ILogger logger)
{
    private const int NotWatched = 0;
    private const int WatchedBefore = 1;
    private const int WatchedNow = 2;

    private static readonly TimeSpan s_watchPeriod = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<RunningBatch, bool> _running = new();
    private readonly Lock _watchGate = new();
    private Timer? _watch;
    private int _watching;
    private volatile bool _stopped;

    /// <summary>Blocks until all of them are answered.</summary>
    /// <param name="items">Out of the queue already.</param>
    /// <param name="isLone">No other request is in flight.</param>
    /// <param name="isWatched">Nobody else ends the run when its callers' time is over.</param>
    public void Run(List<BatchItem> items, bool isLone, bool isWatched)
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var late in items.Where(item => item.Deadline <= now))
        {
            late.Fail(Batcher.TimedOut());
        }

        items.RemoveAll(item => item.Deadline <= now);
        if (items.Count == 0)
        {
            return;
        }

        if (isWatched)
        {
            Watch();
        }

        var failed = TryRun(items, isLone);
        if (failed is null)
        {
            return;
        }

        if (items.Count == 1)
        {
            items[0].Fail(failed);
            return;
        }

        // One bad row must not fail its neighbours: each once more, alone.
        foreach (var item in items.Where(item => !item.IsAbandoned))
        {
            if ((_stopped ? Batcher.Unloaded() : TryRun([item], isLone)) is { } error)
            {
                item.Fail(error);
            }
        }
    }

    /// <summary>Ends what is running and lets nothing begin.</summary>
    public void StopAll()
    {
        _stopped = true;
        foreach (var batch in _running.Keys)
        {
            batch.Stop.Stop();
        }

        lock (_watchGate)
        {
            _watch?.Dispose();
        }
    }

    /// <summary>Null where every item has its answer.</summary>
    private Error? TryRun(List<BatchItem> items, bool isLone)
    {
        using var batch = new RunningBatch(items);
        _running[batch] = true;
        foreach (var item in items)
        {
            item.Batch = batch;
        }

        // What is written above is seen by whoever abandons an item, or what he wrote is seen below.
        Interlocked.MemoryBarrier();
        if (_stopped || batch.IsAbandoned)
        {
            // Whoever stopped or left before the batch was known could not end it.
            batch.Stop.Stop();
        }

        var started = Stopwatch.GetTimestamp();
        try
        {
            Answer(batch, runner.Run([.. items.Select(item => item.Request)], isLone, batch.Stop), started, isLone);
            return null;
        }
        catch (Exception exception)
        {
            // Anything: this thread serves all requests of the model.
            counters.CountFailure(items.Count, Stopwatch.GetTimestamp() - started);
            return Explain(batch, exception);
        }
        finally
        {
            _running.TryRemove(batch, out _);
        }
    }

    private Error Explain(RunningBatch batch, Exception exception)
    {
        if (batch.Stop.IsStopped)
        {
            return Batcher.TimedOut();
        }

        if (OrtErrors.IsMemory(exception))
        {
            logger.LogWarning(exception, "A run of {Rows} rows asked for more memory than there is for runs", batch.Rows);
            return OrtErrors.DescribeMemory(exception);
        }

        if (batch.Items.Count == 1 && OrtErrors.IsRefusal(exception))
        {
            logger.LogInformation(exception, "A model refused its inputs");
            return new InvalidError("inputs", "tensor.refused");
        }

        logger.LogError(exception, "A run of {Rows} rows failed", batch.Rows);
        return new UnavailableError("serving.model_failed");
    }

    private void Answer(RunningBatch batch, RunResult result, long started, bool isLone)
    {
        var took = result.Times.Run;
        meters?.RecordRun(tags, batch.Rows, result.Times);
        if (!isLone || !runner.DiffersWhenLone)
        {
            cost.Record(batch.Rows, took.TotalMilliseconds);
        }

        counters.CountRun(batch.Rows, result.Times);
        for (var index = 0; index < batch.Items.Count; index++)
        {
            var item = batch.Items[index];
            counters.CountAnswer(item.EnqueuedAt, started);
            meters?.RecordQueue(tags, Stopwatch.GetElapsedTime(item.EnqueuedAt, started));
            item.Complete(result.Requests[index], started, took, batch.Rows);
        }
    }

    /// <summary>A timer ticks while callers run their own requests, and stops when none did between two ticks.</summary>
    private void Watch()
    {
        if (Volatile.Read(ref _watching) == WatchedNow)
        {
            return;
        }

        lock (_watchGate)
        {
            if (_watching == NotWatched && !_stopped)
            {
                _watch ??= new Timer(_ => StopLate());
                _watch.Change(s_watchPeriod, s_watchPeriod);
            }

            _watching = WatchedNow;
        }
    }

    private void StopLate()
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var batch in _running.Keys.Where(batch => batch.Deadline <= now))
        {
            batch.Stop.Stop();
        }

        lock (_watchGate)
        {
            if (_watching == WatchedNow || !_running.IsEmpty)
            {
                _watching = WatchedBefore;
            }
            else if (!_stopped)
            {
                _watching = NotWatched;
                _watch!.Change(Timeout.Infinite, Timeout.Infinite);
            }
        }
    }
}
