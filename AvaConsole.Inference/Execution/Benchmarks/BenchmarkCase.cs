using System.Diagnostics;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Execution.Benchmarks;

/// <summary>One figure, measured in several rounds.</summary>
/// <param name="drive">Runs so many callers until the time stamp; each reports its answers.</param>
internal sealed class BenchmarkCase(string way, int rows, int clients, Action<Func<Caller>, long> drive, Func<(long Rows, long Runs)> counts)
{
    private const int Kept = 1 << 18;

    private readonly List<double> _rounds = [];
    private readonly List<long> _latencies = [];
    private long _answers;
    private long _errors;
    private long _ticks;
    private (long Rows, long Runs) _counted;

    public string Way => way;

    public int Rows => rows;

    public int Clients => clients;

    public bool IsRaw => way.StartsWith("raw", StringComparison.Ordinal);

    /// <summary>Rows a second of each round.</summary>
    public IReadOnlyList<double> Rounds => _rounds;

    public double RowsPerSecond => _answers * (double)rows * Stopwatch.Frequency / Math.Max(1, _ticks);

    public static BenchmarkCase OfHost(string way, int rows, int clients, TensorModel model, TensorRequest request) => new(
        way,
        rows,
        clients,
        (start, until) => Task.WaitAll([.. Enumerable.Range(0, clients).Select(_ => Task.Run(() => AskAsync(model, request, start(), until)))]),
        () => (model.Figures.Rows, model.Figures.Executions));

    public static BenchmarkCase OfRaw(string way, int rows, int clients, RawLoop raw, TensorRequest request, bool narrow) => new(
        way,
        rows,
        clients,
        (start, until) =>
        {
            var threads = Enumerable.Range(0, clients).Select(_ => new Thread(() => Loop(raw, request, narrow, start(), until))).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
        },
        () => (0, 0));

    public void Measure(TimeSpan duration)
    {
        var callers = new List<Caller>();
        var before = counts();
        var started = Stopwatch.GetTimestamp();
        drive(Start, started + (long)(duration.TotalSeconds * Stopwatch.Frequency));
        var ticks = Stopwatch.GetTimestamp() - started;
        var after = counts();
        var answers = callers.Sum(caller => caller.Answers);
        _rounds.Add(answers * (double)rows * Stopwatch.Frequency / ticks);
        _counted = (_counted.Rows + after.Rows - before.Rows, _counted.Runs + after.Runs - before.Runs);
        (_answers, _errors, _ticks) = (_answers + answers, _errors + callers.Sum(caller => caller.Errors), _ticks + ticks);
        callers.ForEach(caller => _latencies.AddRange(caller.Latencies.Take(Kept - _latencies.Count)));

        Caller Start()
        {
            var caller = new Caller();
            lock (callers)
            {
                callers.Add(caller);
            }

            return caller;
        }
    }

    public HostBenchmarkFigure ToFigure()
    {
        _latencies.Sort();
        return new HostBenchmarkFigure(way, rows, clients)
        {
            RowsPerSecond = RowsPerSecond,
            P50 = Percentile(0.50),
            P90 = Percentile(0.90),
            P99 = Percentile(0.99),
            Errors = _errors,
            MeanBatch = _counted.Runs == 0 ? 0 : _counted.Rows / (double)_counted.Runs,
        };
    }

    private double Percentile(double part) => _latencies.Count == 0
        ? 0
        : Stopwatch.GetElapsedTime(0, _latencies[(int)(part * (_latencies.Count - 1))]).TotalMilliseconds;

    private static async Task AskAsync(TensorModel model, TensorRequest request, Caller caller, long until)
    {
        do
        {
            var started = Stopwatch.GetTimestamp();
            var admitted = model.TryEnter();
            if (!admitted.IsSuccess)
            {
                caller.Errors++;
                await Task.Yield();
                continue;
            }

            using var admission = admitted.Value;
            var answer = await model.RunAsync(admission, request, CancellationToken.None).ConfigureAwait(false);
            answer.Value?.Dispose();
            caller.Answer(started, answer.IsSuccess);
        }
        while (Stopwatch.GetTimestamp() < until);
    }

    private static void Loop(RawLoop raw, TensorRequest request, bool narrow, Caller caller, long until)
    {
        var started = Stopwatch.GetTimestamp();
        raw.Repeat(request, narrow, () =>
        {
            caller.Answer(started, true);
            started = Stopwatch.GetTimestamp();
            return started < until;
        });
    }
}

/// <summary>What one caller saw.</summary>
internal sealed class Caller
{
    public List<long> Latencies { get; } = new(1024);

    public long Answers { get; private set; }

    public long Errors { get; set; }

    public void Answer(long started, bool isSuccess)
    {
        if (!isSuccess)
        {
            Errors++;
            return;
        }

        Answers++;
        if (Latencies.Count < 1 << 16)
        {
            Latencies.Add(Stopwatch.GetTimestamp() - started);
        }
    }
}
