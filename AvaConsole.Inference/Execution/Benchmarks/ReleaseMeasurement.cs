using AvaConsole.Core.Benchmarks;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.OnnxRuntime;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.Execution.Benchmarks;

/// <summary>One measurement of a loaded release: the loads, the bare session, the delays at the knee.</summary>
internal sealed class ReleaseMeasurement(LoadedModel model, OrtRuntime runtime, BenchmarkSettings settings, Func<BenchmarkReport, Task> progress)
{
    /// <summary>Beyond this size of its files the bare sessions would take too much memory beside the host's.</summary>
    private const long LargestTwice = 256L << 20;

    private BenchmarkReport _report = new();

    private TimeSpan Step => TimeSpan.FromSeconds(settings.SecondsPerStep);

    private bool HasRaw => model is { Path: not null, Model.Sample: not null } && model.Model.FileBytes <= LargestTwice;

    private IReadOnlyList<double> Delays => BenchmarkSettings.Delays(_report.DelayMilliseconds);

    private bool SharesRuns => model.Batchable && model.Model.Settings.BatchSize > 1;

    /// <returns><c>benchmark.no_input</c> where nothing can be sent that the model answers.</returns>
    public async Task<Result<BenchmarkReport>> RunAsync(IReadOnlyList<TestCase> tests, CancellationToken ct)
    {
        var load = await ReleaseLoad.ChooseAsync(model, tests, ct).ConfigureAwait(false);
        if (!load.IsSuccess)
        {
            return load.Error;
        }

        await BeginAsync(load.Value).ConfigureAwait(false);
        foreach (var clients in settings.Clients)
        {
            var point = await MeasureAsync(load.Value.Callers(clients, ct), ct).ConfigureAwait(false);
            await TellAsync(_report with { Points = [.. _report.Points, point] }).ConfigureAwait(false);
        }

        await MeasureRawAsync(ct).ConfigureAwait(false);
        await MeasureDelaysAsync(load.Value, ct).ConfigureAwait(false);
        return _report;
    }

    private Task BeginAsync(ReleaseLoad load)
    {
        var plan = model.Model.Plan;
        _report = new BenchmarkReport
        {
            Device = plan?.Device ?? runtime.Provider.Name,
            Sent = load.Names,
            Batchable = model.Batchable,
            BatchSize = model.Model.Settings.BatchSize,
            DelayMilliseconds = model.Model.Settings.Delay.TotalMilliseconds,
            Plan = plan is null ? null : new BenchmarkPlan(
                plan.ConcurrentRuns, plan.ThreadsPerRun, plan.WideWhenAlone, plan.BatchRows, [.. plan.Batches.Select(cost => new RunCost(cost.Key, Round(cost.Value)))]),
        };
        _report = _report with { Steps = settings.Clients.Count + (HasRaw ? RawWays.Length : 0) + (SharesRuns ? Delays.Count : 0) };
        return progress(_report);
    }

    /// <summary>One caller with all threads, and one for each core; the better is what ONNX Runtime can do.</summary>
    private static bool[] RawWays => Environment.ProcessorCount > 1 ? [false, true] : [false];

    private async Task MeasureRawAsync(CancellationToken ct)
    {
        using var raw = HasRaw ? TryOpenRaw() : null;
        if (raw is null)
        {
            return;
        }

        foreach (var narrow in RawWays)
        {
            var one = BenchmarkCase.OfRaw(narrow ? "raw-narrow" : "raw-wide", 1, narrow ? Environment.ProcessorCount : 1, raw, model.Model.Sample!, narrow, ct);
            var point = await MeasureAsync(one, ct).ConfigureAwait(false);
            await TellAsync(_report with { Raw = point.PerSecond > (_report.Raw?.PerSecond ?? 0) ? point : _report.Raw }).ConfigureAwait(false);
        }
    }

    /// <summary>Null where there is no room for it a second time: the rest is measured without.</summary>
    private RawLoop? TryOpenRaw()
    {
        try
        {
            return new RawLoop(runtime, model.Path!);
        }
        catch (OnnxRuntimeException)
        {
            _report = _report with { Steps = _report.Steps - RawWays.Length };
            return null;
        }
    }

    /// <summary>Where the knee is, or at the highest load where none is seen; not with a lone caller, who never waits for others.</summary>
    private async Task MeasureDelaysAsync(ReleaseLoad load, CancellationToken ct)
    {
        if (!SharesRuns)
        {
            return;
        }

        var knee = BenchmarkKnee.Find(_report.Points, settings.SecondsPerStep)?.Clients ?? settings.Clients[^1];
        var clients = settings.Clients.FirstOrDefault(load => load >= Math.Max(2, knee), settings.Clients[^1]);
        var present = model.Model.Settings;
        var cases = Delays.Select(delay => (Delay: delay, Case: load.Callers(clients, ct))).ToList();

        // Forth and back in halves: they are compared with each other, and the machine's other work is to fall on all of them.
        foreach (var (index, (delay, one)) in cases.Concat(Enumerable.Reverse(cases)).Index())
        {
            model.UpdateSettings(present with { Delay = TimeSpan.FromMilliseconds(delay) });
            await RunAsync(one, Step / 2, ct).ConfigureAwait(false);
            if (index % 2 == 1)
            {
                var isLast = index == (2 * cases.Count) - 1;
                await TellAsync(isLast ? _report with { Delays = cases.ConvertAll(each => new DelayPoint(each.Delay, PointOf(each.Case))) } : _report).ConfigureAwait(false);
            }
        }
    }

    private async Task<BenchmarkPoint> MeasureAsync(BenchmarkCase one, CancellationToken ct)
    {
        await RunAsync(one, Step, ct).ConfigureAwait(false);
        return PointOf(one);
    }

    private static async Task RunAsync(BenchmarkCase one, TimeSpan duration, CancellationToken ct)
    {
        // It blocks for seconds: not on a thread that answers requests.
        await Task.Factory.StartNew(() => one.Measure(duration), ct, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();
    }

    private static BenchmarkPoint PointOf(BenchmarkCase one)
    {
        var figure = one.ToFigure();
        return new BenchmarkPoint(
            figure.Clients, Round(figure.RowsPerSecond), Round(figure.P50), Round(figure.P90), Round(figure.P99), Round(figure.MeanBatch), figure.Errors);
    }

    private Task TellAsync(BenchmarkReport report)
    {
        _report = report with { StepsDone = report.StepsDone + 1 };
        return progress(_report);
    }

    /// <summary>A nanosecond is finer than anything that is measured.</summary>
    private static double Round(double value) => Math.Round(value, 6);
}
