using System.Diagnostics;
using AvaConsole.Core.Common;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Tensors;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Inference.Batching;

/// <summary>
/// Lets the requests of one release share runs. A batch leaves when it is full, when its oldest has waited for the delay, or as soon
/// as waiting cannot pay: nobody else is on the way, the model is no faster in batches, or a run of its own would be over by now. The delay bounds the waiting; it is never a hold.
/// </summary>
/// <remarks>
/// Runs block and have threads of their own. A request counts as in flight from <see cref="TryEnter"/> to the end of its <see cref="Admission"/>.
/// </remarks>
internal sealed class Batcher : IDisposable
{
    private readonly IRowRunner _runner;
    private readonly RunSlots _slots;
    private readonly InferenceMeters? _meters;
    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly ILogger _logger;
    private readonly object _gate = new();
    private readonly LinkedList<BatchItem> _queue = new();
    private readonly HashSet<RunningBatch> _running = [];
    private readonly BatchCost _cost = new();
    private readonly RunCounters _counters = new();
    private readonly List<Thread> _workers;
    private BatchSettings _settings;
    private int _inFlight;
    private int _preparing;
    private bool _stopped;

    /// <param name="workers">Runs of this release at a time.</param>
    /// <param name="meters">Null for what is no traffic.</param>
    public Batcher(IRowRunner runner, RunSlots slots, BatchSettings settings, int workers, InferenceMeters? meters, string app, string version, ILogger logger)
    {
        (_runner, _slots, _settings, _meters, _logger) = (runner, slots, settings, meters, logger);
        _tags = InferenceMeters.Tags(app, version);
        _meters?.Add(this, _tags);
        _workers = Enumerable.Range(0, workers).Select(_ => new Thread(Work) { IsBackground = true, Name = $"Infer {app}" }).ToList();
        _workers.ForEach(worker => worker.Start());
    }

    public int QueueLength => Locked(() => _queue.Count);

    public int InFlight => Locked(() => _inFlight);

    public RunCounters Counters => _counters;

    public BatchSettings Settings => Locked(() => _settings);

    /// <summary>Takes effect at once, for waiting requests too.</summary>
    public void UpdateSettings(BatchSettings settings)
    {
        lock (_gate)
        {
            _settings = settings;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>What a measured run took, so that the first requests need not find it out.</summary>
    public void Learn(int rows, double milliseconds)
    {
        lock (_gate)
        {
            _cost.Record(rows, milliseconds);
        }
    }

    /// <summary>Admits a request, before its picture is decoded; <see cref="BusyError"/> where too many are in flight.</summary>
    public Result<Admission> TryEnter()
    {
        lock (_gate)
        {
            if (_stopped)
            {
                return new UnavailableError("serving.unloaded");
            }

            if (_inFlight >= _settings.MaxConcurrent)
            {
                return new BusyError("serving.busy", 1, _settings.MaxConcurrent);
            }

            _inFlight++;
            _preparing++;
            return new Admission(this, _settings.Timeout);
        }
    }

    internal void CountRequest(string outcome) => _meters?.CountRequest(_tags, outcome);

    /// <summary>Ends what is still running and waits for it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            foreach (var item in _queue)
            {
                item.Fail(new UnavailableError("serving.unloaded"));
            }

            _queue.Clear();
            foreach (var batch in _running)
            {
                batch.Stop.Stop();
            }

            Monitor.PulseAll(_gate);
        }

        _workers.ForEach(worker => worker.Join());
        _meters?.Remove(this);
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    internal Result<BatchItem> Enqueue(TensorRequest request, long admittedAt, long deadline)
    {
        var item = new BatchItem(request, admittedAt, deadline);
        lock (_gate)
        {
            if (_stopped)
            {
                return new UnavailableError("serving.unloaded");
            }

            _preparing--;
            _queue.AddLast(item);
            Monitor.PulseAll(_gate);
        }

        return item;
    }

    internal void Leave(bool wasPreparing)
    {
        lock (_gate)
        {
            _inFlight--;
            if (wasPreparing)
            {
                // Somebody may have waited for this one to join.
                _preparing--;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>False where it has its answer already.</summary>
    internal bool Abandon(BatchItem item)
    {
        if (!item.TryAbandon())
        {
            return false;
        }

        lock (_gate)
        {
            _queue.Remove(item);
            if (item.Batch is { IsAbandoned: true } batch)
            {
                batch.Stop.Stop();
            }
        }

        return true;
    }

    private void Work()
    {
        while (WaitUntilDue())
        {
            _slots.Take();
            try
            {
                // While the slot was taken others came: they travel along.
                if (TakeBatch() is { } batch)
                {
                    Run(batch);
                }
            }
            finally
            {
                _slots.Give();
            }
        }
    }

    /// <summary>False when it is over.</summary>
    private bool WaitUntilDue()
    {
        lock (_gate)
        {
            while (!_stopped)
            {
                var wait = _queue.Count == 0 ? Timeout.Infinite : MillisecondsToWait();
                if (wait == 0)
                {
                    return true;
                }

                Monitor.Wait(_gate, wait);
            }

            return false;
        }
    }

    private int MillisecondsToWait()
    {
        var count = WaitingRows(_queue.First!.Value);
        if (count >= _settings.BatchSize || _preparing == 0 || !_cost.PaysToWait(_settings.BatchSize))
        {
            return 0;
        }

        var oldest = _queue.First!.Value;
        var now = Stopwatch.GetTimestamp();
        var most = Math.Min(_settings.Delay.TotalMilliseconds, _cost.MostToWait);
        var left = most - Stopwatch.GetElapsedTime(oldest.EnqueuedAt, now).TotalMilliseconds;
        var slack = Stopwatch.GetElapsedTime(now, oldest.Deadline).TotalMilliseconds - (1.2 * _cost.Predict(count + 1));

        // Less than the timers' millisecond is not waited for: the delay is an upper bound.
        return (int)Math.Clamp(Math.Min(left, slack), 0, int.MaxValue);
    }

    private int WaitingRows(BatchItem oldest)
    {
        var rows = 0;
        for (var node = _queue.First; node is not null && rows < _settings.BatchSize; node = node.Next)
        {
            if (node.Value == oldest || oldest.Shape.CanJoin(node.Value.Shape))
            {
                rows += node.Value.Shape.Rows;
            }
        }

        return rows;
    }

    private RunningBatch? TakeBatch()
    {
        lock (_gate)
        {
            var now = Stopwatch.GetTimestamp();
            var items = new List<BatchItem>();
            var rows = 0;
            for (var node = _queue.First; node is not null && rows < _settings.BatchSize;)
            {
                var (item, next) = (node.Value, node.Next);
                if (item.Deadline <= now)
                {
                    _queue.Remove(node);
                    item.Fail(TimedOut());
                }
                else if (rows == 0 || (rows + item.Shape.Rows <= _settings.BatchSize && items[0].Shape.CanJoin(item.Shape)))
                {
                    _queue.Remove(node);
                    items.Add(item);
                    rows += item.Shape.Rows;
                }

                node = next;
            }

            return items.Count > 0 ? Start(items) : null;
        }
    }

    private RunningBatch Start(IReadOnlyList<BatchItem> items)
    {
        var batch = new RunningBatch(items);
        foreach (var item in items)
        {
            item.Batch = batch;
        }

        _running.Add(batch);
        return batch;
    }

    private void End(RunningBatch batch)
    {
        lock (_gate)
        {
            _running.Remove(batch);
        }

        batch.Dispose();
    }

    private void Run(RunningBatch batch)
    {
        var failed = TryRun(batch);
        End(batch);
        if (failed is null)
        {
            return;
        }

        if (batch.Items.Count == 1)
        {
            batch.Items[0].Fail(failed);
            return;
        }

        // One bad row must not fail its neighbours: each once more, alone.
        foreach (var item in batch.Items)
        {
            RunAlone(item);
        }
    }

    private void RunAlone(BatchItem item)
    {
        RunningBatch alone;
        lock (_gate)
        {
            if (item.IsAbandoned || _stopped)
            {
                item.Fail(new UnavailableError("serving.unloaded"));
                return;
            }

            alone = Start([item]);
        }

        var failed = TryRun(alone);
        End(alone);
        if (failed is not null)
        {
            item.Fail(failed);
        }
    }

    /// <summary>Null where every item has its answer.</summary>
    private Error? TryRun(RunningBatch batch)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            Answer(batch, _runner.Run([.. batch.Items.Select(item => item.Request)], batch.Stop), started);
            return null;
        }
        catch (Exception exception)
        {
            // Anything: this thread serves all requests of the release.
            _counters.CountFailure(batch.Items.Count, Stopwatch.GetTimestamp() - started);
            if (batch.Stop.IsStopped)
            {
                return TimedOut();
            }

            if (batch.Items.Count == 1 && OrtErrors.IsRefusal(exception))
            {
                _logger.LogInformation(exception, "A model refused its inputs");
                return new InvalidError("inputs", "tensor.refused");
            }

            _logger.LogError(exception, "A run of {Rows} rows failed", batch.Rows);
            return new UnavailableError("serving.model_failed");
        }
    }

    private void Answer(RunningBatch batch, RunResult result, long started)
    {
        var took = result.Times.Run;
        _meters?.RecordRun(_tags, batch.Rows, took);
        Learn(batch.Rows, took.TotalMilliseconds);
        _counters.CountRun(batch.Rows, result.Times);
        for (var index = 0; index < batch.Items.Count; index++)
        {
            var item = batch.Items[index];
            _counters.CountAnswer(item.EnqueuedAt, started);
            _meters?.RecordQueue(_tags, Stopwatch.GetElapsedTime(item.EnqueuedAt, started));
            item.Complete(result.Requests[index], started, took, batch.Rows);
        }
    }

    internal static TimeoutError TimedOut() => new("serving.timeout");
}
