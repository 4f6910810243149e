using System.Collections.Concurrent;
using System.Diagnostics;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.OnnxRuntime;

namespace AvaConsole.Inference.Batching;

/// <summary>Counts what a model did since it was loaded. Counting takes no lock; a reading may see a run half counted.</summary>
internal sealed class RunCounters
{
    private readonly Sum _success = new();
    private readonly Sum _fail = new();
    private readonly Sum _queue = new();
    private readonly BySize _all = new();
    private readonly ConcurrentDictionary<int, BySize> _sizes = new();
    private long _rows;
    private long _last;

    /// <param name="rows">In the run.</param>
    public void CountRun(int rows, RunTimes times)
    {
        Interlocked.Add(ref _rows, rows);
        Volatile.Write(ref _last, DateTimeOffset.UtcNow.UtcTicks);
        _all.Add(times);
        _sizes.GetOrAdd(rows, static _ => new BySize()).Add(times);
    }

    /// <summary>An answered request; stopwatch ticks.</summary>
    public void CountAnswer(long enqueuedAt, long startedAt)
    {
        _queue.Add(startedAt - enqueuedAt);
        _success.Add(Stopwatch.GetTimestamp() - enqueuedAt);
    }

    /// <param name="requests">That shared the failed run.</param>
    /// <param name="ticks">That it took.</param>
    public void CountFailure(int requests, long ticks)
    {
        for (var request = 0; request < requests; request++)
        {
            _fail.Add(ticks);
        }
    }

    public ModelFigures Read() => new(Volatile.Read(ref _rows), _all.Infer.Read().Count, Volatile.Read(ref _last) is > 0 and var last ? new DateTimeOffset(last, TimeSpan.Zero) : null)
    {
        Success = _success.Read(),
        Fail = _fail.Read(),
        Queue = _queue.Read(),
        Input = _all.Input.Read(),
        Infer = _all.Infer.Read(),
        Output = _all.Output.Read(),
        Batches = [.. _sizes.OrderBy(pair => pair.Key).Select(pair => pair.Value.Read(pair.Key))],
    };

    private sealed class BySize
    {
        public Sum Input { get; } = new();

        public Sum Infer { get; } = new();

        public Sum Output { get; } = new();

        public void Add(RunTimes times)
        {
            Input.Add(times.Input);
            Infer.Add(times.Infer);
            Output.Add(times.Output);
        }

        public BatchFigures Read(int rows) => new(rows, Input.Read(), Infer.Read(), Output.Read());
    }

    /// <summary>How often, and stopwatch ticks in all.</summary>
    private sealed class Sum
    {
        private static readonly double s_nanosecondsPerTick = 1e9 / Stopwatch.Frequency;

        private long _count;
        private long _ticks;

        public void Add(long ticks)
        {
            Interlocked.Increment(ref _count);
            Interlocked.Add(ref _ticks, ticks);
        }

        public CountedTime Read() => new(Volatile.Read(ref _count), (long)(Volatile.Read(ref _ticks) * s_nanosecondsPerTick));
    }
}
