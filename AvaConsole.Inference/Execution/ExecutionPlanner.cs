using System.Diagnostics;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Tensors;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.Execution;

/// <summary>
/// Measures a model on its own machine and chooses how it is run: with all threads one after the other, which answers one request soonest, or
/// as many runs of one thread as there are cores, which often answers more requests in all; and how many rows a run should have.
/// </summary>
internal sealed class ExecutionPlanner(OrtModel model, RunSlots slots, BatchCost cost, ILogger logger, CancellationToken ct)
{
    /// <summary>Shorter runs gain nothing by more threads that is worth waking them.</summary>
    public const double LoneMilliseconds = 1;

    /// <summary>Beyond this size of its files a model is not held twice, not even to try it.</summary>
    private const long LargestTwice = 256L << 20;

    /// <summary>One way must be that much better than the other to be worth a session of its own.</summary>
    private const double Clearly = 1.05;

    private const double LoneGain = 1.25;
    private const int Tries = 5;
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_load = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_forSizes = TimeSpan.FromSeconds(1);

    /// <param name="sample">One row.</param>
    /// <param name="batchSize">Rows of a run at most.</param>
    /// <exception cref="OnnxRuntimeException">It does not run, or not with so many rows.</exception>
    public ExecutionPlan Choose(TensorRequest sample, int batchSize)
    {
        var plan = model.IsCuda ? OnCuda(sample) : OnCpu(sample, batchSize);
        MeasureSizes(sample, batchSize, plan.ThreadsPerRun > 1);
        plan = plan with { BatchRows = cost.LimitRows(batchSize), Batches = cost.Measured };
        logger.LogInformation(
            "Runs: {Runs} of {Threads} threads on {Device}, {Rows} rows at most; alone with all threads: {Wide}",
            plan.ConcurrentRuns, plan.ThreadsPerRun, plan.Device, plan.BatchRows, plan.WideWhenAlone);
        return plan;
    }

    /// <summary>One computes while the other's tensors are copied.</summary>
    private ExecutionPlan OnCuda(TensorRequest sample)
    {
        var alone = Time(sample, 1, wide: true);
        return new ExecutionPlan(Math.Min(2, slots.Count), 1, false, 1, ExecutionProvider.Cuda) { WideMilliseconds = alone, WideRowsPerSecond = 1000 / alone };
    }

    private ExecutionPlan OnCpu(TensorRequest sample, int batchSize)
    {
        var cores = Math.Min(Environment.ProcessorCount, slots.Count);
        var wideOnly = new ExecutionPlan(Math.Min(2, slots.Count), Environment.ProcessorCount, false, 1, ExecutionProvider.Cpu) { WideMilliseconds = Time(sample, 1, wide: true) };
        if (Environment.ProcessorCount == 1 || model.FileBytes > LargestTwice)
        {
            return wideOnly;
        }

        model.Keep(wide: true, narrow: true);
        var measured = wideOnly with { NarrowMilliseconds = Time(sample, 1, wide: false) };
        if (measured.NarrowMilliseconds <= LoneMilliseconds && measured.NarrowMilliseconds <= LoneGain * measured.WideMilliseconds)
        {
            // So small that more threads are of no use to one row: as many at a time as there are cores can only be better.
            return Narrow(measured, sample, batchSize, cores);
        }

        measured = measured with
        {
            WideRowsPerSecond = Load(sample, 1, wide: true),
            NarrowRowsPerSecond = Load(sample, cores, wide: false),
        };
        if (measured.WideRowsPerSecond > Clearly * measured.NarrowRowsPerSecond)
        {
            model.Keep(wide: true, narrow: false);
            return measured;
        }

        return Narrow(measured, sample, batchSize, cores);
    }

    /// <summary>A request that is alone, and of many rows or long, may still be answered sooner by all threads.</summary>
    private ExecutionPlan Narrow(ExecutionPlan measured, TensorRequest sample, int batchSize, int cores)
    {
        var (narrow, wide) = batchSize == 1
            ? (measured.NarrowMilliseconds, measured.WideMilliseconds)
            : (Time(sample, batchSize, wide: false), Time(sample, batchSize, wide: true));
        var wideWhenAlone = narrow > LoneMilliseconds && narrow > LoneGain * wide;
        model.Keep(wideWhenAlone, narrow: true);
        return measured with { ConcurrentRuns = cores, ThreadsPerRun = 1, WideWhenAlone = wideWhenAlone };
    }

    /// <summary>The first run of each size allocates, and on a GPU compiles; what it costs is known from the next ones.</summary>
    private void MeasureSizes(TensorRequest sample, int batchSize, bool wide)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var rows in BatchBuckets.UpTo(batchSize))
        {
            // A slow model is not run at every size; the largest has to be shown to work.
            if (rows == 1 || rows == batchSize || model.PadsRows || Stopwatch.GetElapsedTime(started) < s_forSizes)
            {
                cost.Learn(rows, Time(sample, rows, wide));
            }
        }
    }

    /// <summary>Milliseconds of the quickest of some runs: whatever else the machine does only makes them slower.</summary>
    private double Time(TensorRequest sample, int rows, bool wide)
    {
        slots.Take();
        try
        {
            TensorRequest[] requests = [.. Enumerable.Repeat(sample, rows)];
            Run(requests, wide);
            var (best, started) = (double.MaxValue, Stopwatch.GetTimestamp());
            for (var run = 0; run < Tries && (run == 0 || Stopwatch.GetElapsedTime(started) < s_patience); run++)
            {
                best = Math.Min(best, Run(requests, wide));
            }

            return best;
        }
        finally
        {
            slots.Give();
        }
    }

    /// <summary>Rows a second of so many threads that run one row after the other.</summary>
    private double Load(TensorRequest sample, int threads, bool wide)
    {
        var runs = 0;
        var started = Stopwatch.GetTimestamp();
        var failures = new List<Exception>();
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() => Repeat(sample, wide, started, ref runs, failures))).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return failures.Count == 0 ? runs / Stopwatch.GetElapsedTime(started).TotalSeconds : throw failures[0];
    }

    private void Repeat(TensorRequest sample, bool wide, long started, ref int runs, List<Exception> failures)
    {
        slots.Take();
        try
        {
            do
            {
                Run([sample], wide);
                Interlocked.Increment(ref runs);
            }
            while (Stopwatch.GetElapsedTime(started) < s_load);
        }
        catch (Exception exception)
        {
            lock (failures)
            {
                failures.Add(exception);
            }
        }
        finally
        {
            slots.Give();
        }
    }

    private double Run(TensorRequest[] requests, bool wide)
    {
        using var stop = new RunStop(ct);
        var result = stop.Guard(() => model.Run(requests, wide, 0, stop.Options));
        foreach (var request in result.Requests)
        {
            request.Memory?.Dispose();
        }

        return result.Times.Run.TotalMilliseconds;
    }
}

/// <summary>Sizes that runs are measured at, and on a GPU padded to: powers of two, and the largest.</summary>
internal static class BatchBuckets
{
    public static IEnumerable<int> UpTo(int largest)
    {
        for (var rows = 1L; rows < largest; rows *= 2)
        {
            yield return (int)rows;
        }

        yield return largest;
    }

    /// <summary>The smallest that holds so many rows; the rows themselves where they are more than the largest.</summary>
    public static int For(int rows, int largest) =>
        rows >= largest ? rows : Math.Min(largest, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)rows));
}
