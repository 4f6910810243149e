using System.Diagnostics;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Tensors;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Inference.Batching;

/// <summary>
/// Lets the requests of one model share runs. A batch leaves when <see cref="FireRule"/> says so and one of the model's runs and one of the
/// process's slots are free. A request of a model whose runs are known to be short is run by its own caller, together with whoever waits;
/// longer runs block threads of the batcher's own.
/// </summary>
/// <remarks>
/// A request counts as in flight from <see cref="TryEnter"/> to the end of its <see cref="Admission"/>. Nothing that every request passes
/// takes a lock that a run holds: arrivals are queued without one, counts are interlocked, and what one party may have missed the other
/// sees, because each first writes and then looks.
/// </remarks>
internal sealed class Batcher : IDisposable
{
    /// <summary>Milliseconds that a run may block its caller's thread, which belongs to a pool that others need.</summary>
    private const double ShortRun = 2;

    private const int LongestRetryAfter = 60;
    private const double NewShare = 0.1;

    private readonly RunSlots _slots;
    private readonly InferenceMeters? _meters;
    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly BatchQueue _queue = new();
    private readonly WorkerThreads _workers;
    private readonly BatchRunner _runner;
    private volatile BatchSettings _settings;
    private volatile bool _stopped;
    private int _inFlight;
    private int _preparing;
    private int _runs;
    private int _mostRuns;
    private long _lastArrival;
    private double _interval;

    /// <param name="runs">Of this model at a time, at least 1.</param>
    /// <param name="meters">Null for what is no traffic.</param>
    public Batcher(IRowRunner runner, RunSlots slots, BatchSettings settings, int runs, InferenceMeters? meters, string app, string version, ILogger logger)
    {
        (_slots, _settings, _meters) = (slots, settings, meters);
        _tags = InferenceMeters.Tags(app, version);
        _runner = new BatchRunner(runner, Cost, Counters, meters, _tags, logger);
        _workers = new WorkerThreads($"Infer {app}", MillisecondsToWait, RunDue);
        AllowRuns(runs);
        _meters?.Add(this, _tags);
    }

    public int QueueLength => _queue.Count;

    public int InFlight => Volatile.Read(ref _inFlight);

    public BatchSettings Settings => _settings;

    public RunCounters Counters { get; } = new();

    public BatchCost Cost { get; } = new();

    /// <summary>Runs at a time, from now on.</summary>
    public void AllowRuns(int runs)
    {
        Volatile.Write(ref _mostRuns, runs);
        _workers.Allow(runs);
    }

    /// <summary>Takes effect at once, for waiting requests too.</summary>
    public void UpdateSettings(BatchSettings settings)
    {
        _settings = settings;
        SignalIfWaiting();
    }

    /// <summary>
    /// Admits a request, before it is read or decoded; <see cref="BusyError"/> where too many are in flight, and where those that wait take
    /// longer than its timeout <see cref="UnavailableError"/> (<c>serving.overloaded</c>).
    /// </summary>
    public Result<Admission> TryEnter()
    {
        var settings = _settings;
        if (_stopped)
        {
            return Unloaded();
        }

        if (Interlocked.Increment(ref _inFlight) > settings.MaxConcurrent)
        {
            Interlocked.Decrement(ref _inFlight);
            return new BusyError("serving.busy", SecondsToFinish(), settings.MaxConcurrent);
        }

        if (MillisecondsToFinish(1) > settings.Timeout.TotalMilliseconds)
        {
            Interlocked.Decrement(ref _inFlight);
            return Overloaded();
        }

        Interlocked.Increment(ref _preparing);
        return new Admission(this, settings.Timeout);
    }

    /// <summary>What <see cref="TryEnter"/> would answer now, without letting anything in: for callers who have sent nothing but their headers.</summary>
    public Error? Refuse()
    {
        var settings = _settings;
        return _stopped ? Unloaded()
            : InFlight >= settings.MaxConcurrent ? new BusyError("serving.busy", SecondsToFinish(), settings.MaxConcurrent)
            : MillisecondsToFinish(1) > settings.Timeout.TotalMilliseconds ? Overloaded()
            : null;
    }

    /// <summary>
    /// Lets in a part of a request that has been admitted already, as a step of an ensemble is: it does not count as a request of its own, and is
    /// not refused where many are in flight.
    /// </summary>
    public Result<Admission> EnterPart()
    {
        if (_stopped)
        {
            return Unloaded();
        }

        Interlocked.Increment(ref _preparing);
        return new Admission(this, _settings.Timeout, isPart: true);
    }

    /// <summary>Ends what is still running and waits for it.</summary>
    public void Dispose()
    {
        _stopped = true;
        FailWaiting();
        _runner.StopAll();
        _workers.Stop();
        _meters?.Remove(this);
    }

    internal static TimeoutError TimedOut() => new("serving.timeout");

    internal static UnavailableError Unloaded() => new("serving.unloaded");

    internal void CountRequest(string outcome, TimeSpan took) => _meters?.CountRequest(_tags, outcome, took);

    /// <param name="took">Null where the request was not admitted.</param>
    internal void CountFailure(string outcome, Error error, TimeSpan? took)
    {
        _meters?.CountRequest(_tags, outcome, took);
        _meters?.Report(_tags, error);
    }

    /// <summary>Queues a request and, where it is due and short, runs it here; then its answer is there on return.</summary>
    /// <returns>An error where it cannot be answered in time; then it still counts as in preparation.</returns>
    internal Error? Enqueue(BatchItem item)
    {
        if (_stopped)
        {
            return Unloaded();
        }

        if (MillisecondsToFinish(item.Shape.Rows) > Stopwatch.GetElapsedTime(item.EnqueuedAt, item.Deadline).TotalMilliseconds)
        {
            return Overloaded();
        }

        NoteArrival(item.EnqueuedAt);
        Interlocked.Decrement(ref _preparing);
        _queue.Add(item);
        if (_stopped)
        {
            // Stopped in between: nobody will look at the queue again.
            FailWaiting();
            return null;
        }

        if (!TryRunHere(item))
        {
            SignalIfWaiting();
        }

        return null;
    }

    internal void Leave(bool wasPreparing, bool isPart)
    {
        if (!isPart)
        {
            Interlocked.Decrement(ref _inFlight);
        }

        if (wasPreparing)
        {
            // Somebody may have waited for this one to join.
            Interlocked.Decrement(ref _preparing);
            SignalIfWaiting();
        }
    }

    /// <summary>False where it has its answer already.</summary>
    internal bool Abandon(BatchItem item)
    {
        if (!item.TryAbandon())
        {
            return false;
        }

        if (_queue.Remove(item))
        {
            item.DropRequest();
        }
        else if (item.Batch is { IsAbandoned: true } batch)
        {
            batch.Stop.Stop();
        }

        return true;
    }

    private int Limit => Math.Max(1, Cost.LimitRows(_settings.BatchSize));

    private bool TryRunHere(BatchItem item)
    {
        var limit = Limit;
        var rows = Math.Max(item.Shape.Rows, Math.Min(limit, _queue.Rows));
        if (!Cost.IsKnown || Cost.Predict(rows) > ShortRun || !IsDueAnyway(limit) || !TryBeginRun())
        {
            return false;
        }

        if (!_slots.TryTake())
        {
            EndRun();
            return false;
        }

        Run(isWatched: true);
        return true;
    }

    private bool IsDueAnyway(int limit) => FireRule.IsDueAnyway(_queue.Rows, limit, Volatile.Read(ref _preparing), _settings.Delay.TotalMilliseconds, Cost);

    /// <summary>A worker's turn.</summary>
    private void RunDue()
    {
        if (TryBeginRun())
        {
            _slots.Take();
            Run(isWatched: false);
        }
    }

    /// <summary>Holds a run and a slot, and gives both back.</summary>
    private void Run(bool isWatched)
    {
        try
        {
            // While the slot was taken others came: they travel along.
            var items = _queue.Take(Cost.RowsToTake(_queue.Rows, Limit));
            if (items.Count > 0)
            {
                _runner.Run(items, InFlight <= 1 && Volatile.Read(ref _runs) <= 1, isWatched);
            }
        }
        finally
        {
            _slots.Give();
            EndRun();
            SignalIfWaiting();
        }
    }

    private bool TryBeginRun()
    {
        if (Interlocked.Increment(ref _runs) <= Volatile.Read(ref _mostRuns))
        {
            return true;
        }

        EndRun();
        return false;
    }

    private void EndRun() => Interlocked.Decrement(ref _runs);

    private void SignalIfWaiting()
    {
        if (_queue.Count > 0 && Volatile.Read(ref _runs) < Volatile.Read(ref _mostRuns))
        {
            _workers.Signal();
        }
    }

    private int MillisecondsToWait()
    {
        if (_stopped || _queue.Count == 0 || Volatile.Read(ref _runs) >= Volatile.Read(ref _mostRuns))
        {
            return Timeout.Infinite;
        }

        var limit = Limit;
        if (IsDueAnyway(limit))
        {
            return 0;
        }

        if (_queue.Peek(limit) is not var (oldest, rows))
        {
            return Timeout.Infinite;
        }

        var now = Stopwatch.GetTimestamp();
        var state = new FireState(
            rows,
            limit,
            Volatile.Read(ref _preparing),
            Stopwatch.GetElapsedTime(oldest.EnqueuedAt, now).TotalMilliseconds,
            Stopwatch.GetElapsedTime(now, oldest.Deadline).TotalMilliseconds,
            _settings.Delay.TotalMilliseconds,
            Volatile.Read(ref _interval));

        // Less than the timers' millisecond is not waited for: the delay is an upper bound.
        return (int)Math.Min(FireRule.Wait(state, Cost), int.MaxValue);
    }

    /// <summary>Two at once may lose one of their intervals; it is a mean.</summary>
    private void NoteArrival(long now)
    {
        var before = Interlocked.Exchange(ref _lastArrival, now);
        if (before != 0 && now > before)
        {
            var interval = Stopwatch.GetElapsedTime(before, now).TotalMilliseconds;
            var mean = Volatile.Read(ref _interval);
            Volatile.Write(ref _interval, mean == 0 ? interval : mean + (NewShare * (interval - mean)));
        }
    }

    /// <summary>Until a request that came now would be answered; 0 where nobody waits or nothing is known.</summary>
    private double MillisecondsToFinish(int rows)
    {
        var waiting = _queue.Rows;
        if (waiting <= 0)
        {
            return 0;
        }

        var limit = Limit;
        var batches = Math.Ceiling((waiting + rows) / (double)limit);
        return (Cost.Predict(Math.Min(limit, waiting + rows)) * batches / Volatile.Read(ref _mostRuns)) + Cost.Predict(Math.Min(limit, rows));
    }

    private int SecondsToFinish() => (int)Math.Clamp(Math.Ceiling(MillisecondsToFinish(1) / 1000), 1, LongestRetryAfter);

    private UnavailableError Overloaded() => new("serving.overloaded", SecondsToFinish());

    private void FailWaiting()
    {
        while (_queue.Take(int.MaxValue) is { Count: > 0 } items)
        {
            items.ForEach(item => item.Fail(Unloaded()));
        }
    }
}
