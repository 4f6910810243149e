namespace AvaConsole.Core.Benchmarks;

/// <summary>What was measured; grows while the run goes on.</summary>
public sealed record BenchmarkReport
{
    /// <summary><c>CPU</c> or <c>CUDA</c>; empty until the model is loaded.</summary>
    public string Device { get; init; } = "";

    /// <summary>Names of the test cases that were sent in turn; empty for tensors made up by the model's signature.</summary>
    public IReadOnlyList<string> Sent { get; init; } = [];

    /// <summary>How the host runs the model; null until it is loaded, and where it could not be measured with made-up tensors.</summary>
    public BenchmarkPlan? Plan { get; init; }

    /// <summary>Requests may share runs: the model keeps rows apart.</summary>
    public bool Batchable { get; init; }

    /// <summary>Requests that share a run at most, as the release has it.</summary>
    public int BatchSize { get; init; }

    /// <summary>Milliseconds; of the worker document in force for the release when it was measured.</summary>
    public double DelayMilliseconds { get; init; }

    /// <summary>One for each load, in ascending order.</summary>
    public IReadOnlyList<BenchmarkPoint> Points { get; init; } = [];

    /// <summary>ONNX Runtime alone, the better of one caller with all threads and a caller for each core; null where the model cannot be held twice.</summary>
    public BenchmarkPoint? Raw { get; init; }

    /// <summary>The same load with other delays; empty where requests cannot share runs.</summary>
    public IReadOnlyList<DelayPoint> Delays { get; init; } = [];

    /// <summary>Steps in all, and of these over.</summary>
    public int Steps { get; init; }

    public int StepsDone { get; init; }
}

/// <summary>How the host runs the model, by its own measurement when it was loaded.</summary>
/// <param name="ConcurrentRuns">At a time, at most.</param>
/// <param name="ThreadsPerRun">Of the runs under load.</param>
/// <param name="BatchRows">Rows of a run under load, at most.</param>
/// <param name="Costs">The cost model's points, T(n), smallest first.</param>
public sealed record BenchmarkPlan(int ConcurrentRuns, int ThreadsPerRun, bool WideWhenAlone, int BatchRows, IReadOnlyList<RunCost> Costs);

/// <summary>Milliseconds of a run of so many rows, alone on the machine.</summary>
public sealed record RunCost(int Rows, double Milliseconds);

/// <summary>One load and what came of it. Latencies in milliseconds, of the answered requests.</summary>
/// <param name="Clients">Callers that each ask again as soon as they are answered.</param>
/// <param name="PerSecond">Answered requests.</param>
/// <param name="MeanBatch">Rows of a run; 0 for the bare session.</param>
/// <param name="Errors">Requests without an answer.</param>
public sealed record BenchmarkPoint(int Clients, double PerSecond, double P50, double P90, double P99, double MeanBatch, long Errors)
{
    /// <summary>Throughput over median latency; 0 where nothing was answered.</summary>
    internal double Power => PerSecond > 0 && P50 > 0 ? PerSecond / P50 : 0;
}

/// <summary>What a load came to with this delay.</summary>
public sealed record DelayPoint(double DelayMilliseconds, BenchmarkPoint Point);
