using System.Diagnostics;
using AvaConsole.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

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

    public static BenchmarkCase OfHost(string way, int rows, int clients, TensorModel model, TensorRequest request) =>
        OfCallers(way, rows, clients, model, () => AskAsync(model, request), CancellationToken.None);

    /// <param name="askAsync">Asks once; whether there was an answer.</param>
    /// <param name="ct">Ends a round early, without an exception.</param>
    public static BenchmarkCase OfCallers(string way, int rows, int clients, TensorModel model, Func<ValueTask<bool>> askAsync, CancellationToken ct) => new(
        way,
        rows,
        clients,
        (start, until) => Task.WaitAll([.. Enumerable.Range(0, clients).Select(_ => Task.Run(() => CallAsync(askAsync, start(), until, ct), CancellationToken.None))], CancellationToken.None),
        () => (model.Figures.Rows, model.Figures.Executions));

    public static BenchmarkCase OfRaw(string way, int rows, int clients, RawLoop raw, TensorRequest request, bool narrow, CancellationToken ct) => new(
        way,
        rows,
        clients,
        (start, until) =>
        {
            var threads = Enumerable.Range(0, clients).Select(_ => new Thread(() => Loop(raw, request, narrow, start(), until, ct))).ToList();
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

    private static async Task CallAsync(Func<ValueTask<bool>> askAsync, Caller caller, long until, CancellationToken ct)
    {
        do
        {
            var started = Stopwatch.GetTimestamp();
            var answered = await askAsync().ConfigureAwait(false);
            caller.Answer(started, answered);
            if (!answered)
            {
                await Task.Yield();
            }
        }
        while (Stopwatch.GetTimestamp() < until && !ct.IsCancellationRequested);
    }

    private static async ValueTask<bool> AskAsync(TensorModel model, TensorRequest request)
    {
        var admitted = model.TryEnter();
        if (!admitted.IsSuccess)
        {
            return false;
        }

        using var admission = admitted.Value;
        var answer = await model.RunAsync(admission, request, CancellationToken.None).ConfigureAwait(false);
        answer.Value?.Dispose();
        return answer.IsSuccess;
    }

    private static void Loop(RawLoop raw, TensorRequest request, bool narrow, Caller caller, long until, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            raw.Repeat(request, narrow, () =>
            {
                caller.Answer(started, true);
                started = Stopwatch.GetTimestamp();
                return started < until && !ct.IsCancellationRequested;
            });
        }
        catch (OnnxRuntimeException)
        {
            // On a thread of its own it would end the process; out of memory, for one, is no fault of ours.
            caller.Answer(started, false);
        }
    }
}

/// <summary>What one caller saw.</summary>
internal sealed class Caller
{
    public List<long> Latencies { get; } = new(1024);

    public long Answers { get; private set; }

    public long Errors { get; private set; }

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
