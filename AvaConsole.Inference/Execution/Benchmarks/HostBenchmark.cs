using AvaConsole.Core.Common;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Execution.Benchmarks;

/// <summary>
/// Measures a model through the batcher, in this process, beside the bare session's loop with nothing around it. Both take turns in short
/// rounds, and are compared round by round: the machine's other work falls on both.
/// </summary>
public static class HostBenchmark
{
    private const int MaxClients = 4096;
    private static readonly TimeSpan s_never = TimeSpan.FromHours(1);

    /// <returns>Errors <c>package.*</c> where the model does not load, <c>model.warm_up_failed</c> where it does not run in batches, <c>bench.no_sample</c> where no tensors can be made up that it takes.</returns>
    public static Result<HostBenchmarkReport> Run(OrtRuntime runtime, HostBenchmarkOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(options);
        var slots = new RunSlots(Math.Max(2, Environment.ProcessorCount));
        var batched = Open(runtime, options, slots, options.Batches.Append(1).Max(), ct);
        if (!batched.IsSuccess)
        {
            return batched.Error;
        }

        using var host = batched.Value;
        if (host.Sample is not { } sample)
        {
            return new InvalidError(Path.GetFileName(options.ModelPath), "bench.no_sample");
        }

        var unbatched = Open(runtime, options, slots, 1, ct);
        if (!unbatched.IsSuccess)
        {
            return unbatched.Error;
        }

        using var off = unbatched.Value;
        using var raw = new RawLoop(runtime, options.ModelPath);
        var cases = Cases(options, host, off, raw, sample, ct);
        var part = options.Duration / options.Rounds;
        for (var round = 0; round < options.Rounds; round++)
        {
            // Forth and back, so that nobody is always the one after somebody.
            foreach (var one in round % 2 == 0 ? cases : cases.AsEnumerable().Reverse())
            {
                ct.ThrowIfCancellationRequested();
                one.Measure(part);
            }
        }

        return Report(options, host, cases);
    }

    private static Result<TensorModel> Open(OrtRuntime runtime, HostBenchmarkOptions options, RunSlots slots, int batchSize, CancellationToken ct) =>
        TensorModel.Open(
            runtime,
            options.ModelPath,
            new TensorModelOptions { App = "bench", Version = "1", Settings = new BatchSettings(batchSize, TimeSpan.FromMilliseconds(2), MaxClients, s_never), Slots = slots },
            ct);

    private static List<BenchmarkCase> Cases(HostBenchmarkOptions options, TensorModel host, TensorModel off, RawLoop raw, TensorRequest sample, CancellationToken ct)
    {
        var cases = new List<BenchmarkCase>();
        foreach (var rows in options.Batches.Where(rows => rows == 1 || host.Batchable).DefaultIfEmpty(1).Distinct())
        {
            var request = SampleRows.Repeat(sample, rows);
            cases.Add(BenchmarkCase.OfRaw("raw-wide", rows, 1, raw, request, narrow: false, ct));
            if (Environment.ProcessorCount > 1)
            {
                cases.Add(BenchmarkCase.OfRaw("raw-narrow", rows, Environment.ProcessorCount, raw, request, narrow: true, ct));
            }

            foreach (var clients in options.Clients)
            {
                cases.Add(BenchmarkCase.OfHost("host", rows, clients, host, request));
                if (rows == 1 && host.Batchable)
                {
                    cases.Add(BenchmarkCase.OfHost("unbatched", rows, clients, off, request));
                }
            }
        }

        return cases;
    }

    private static HostBenchmarkReport Report(HostBenchmarkOptions options, TensorModel host, List<BenchmarkCase> cases)
    {
        var figures = cases.ConvertAll(one => one.ToFigure() with { Ratio = one.IsRaw ? 0 : Ratio([one], cases.Where(other => other.IsRaw && other.Rows == one.Rows)) });
        var pairs = cases.Where(one => one.Way == "host" && one.Rows == 1)
            .Select(on => (On: on, Off: cases.Find(off => off.Way == "unbatched" && off.Clients == on.Clients)))
            .Where(pair => pair.Off is not null)
            .Select(pair => Ratio([pair.On], [pair.Off!]));
        var alone = figures.Find(figure => figure is { Way: "host", Rows: 1, Clients: 1 });
        var bare = figures.Where(figure => figure.Rows == 1 && figure.Way.StartsWith("raw", StringComparison.Ordinal)).MinBy(figure => figure.P50);
        return new HostBenchmarkReport(options.ModelPath, host.Batchable, host.Plan, figures)
        {
            Ratio = Ratio(cases.Where(one => one.Way == "host"), cases.Where(one => one.IsRaw)),
            BatchingRatio = pairs.DefaultIfEmpty(0).Min(),
            Overhead = alone is null || bare is null ? 0 : alone.P50 - bare.P50,
        };
    }

    /// <summary>The median over the rounds of the best of some against the best of the others; the best are chosen by all rounds together.</summary>
    private static double Ratio(IEnumerable<BenchmarkCase> some, IEnumerable<BenchmarkCase> others)
    {
        var (one, other) = (some.MaxBy(each => each.RowsPerSecond), others.MaxBy(each => each.RowsPerSecond));
        if (one is null || other is null)
        {
            return 0;
        }

        var ratios = one.Rounds.Zip(other.Rounds, (first, second) => first / second).Order().ToList();
        return ratios.Count % 2 == 1 ? ratios[ratios.Count / 2] : (ratios[ratios.Count / 2] + ratios[(ratios.Count / 2) - 1]) / 2;
    }
}
