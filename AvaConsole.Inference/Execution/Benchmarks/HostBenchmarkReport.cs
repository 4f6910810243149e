namespace AvaConsole.Inference.Execution.Benchmarks;

/// <summary>How a model is measured.</summary>
/// <param name="ModelPath">The file; weights beside it are found.</param>
public sealed record HostBenchmarkOptions(string ModelPath)
{
    /// <summary>Rows of a request, each at least 1; beyond 1 only where the model keeps rows apart.</summary>
    public IReadOnlyList<int> Batches { get; init; } = [1, 4, 16];

    /// <summary>Callers that each ask again as soon as they are answered.</summary>
    public IReadOnlyList<int> Clients { get; init; } = [1, 4, 16];

    /// <summary>For each figure, in as many parts as there are rounds.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Rounds in which all figures take turns, so that what else the machine does falls on all of them. Default 4.</summary>
    public int Rounds { get; init; } = 4;
}

/// <summary>Requests of so many rows from so many callers, or the bare session's loop.</summary>
/// <param name="Way"><c>host</c> (batching on), <c>unbatched</c>, <c>raw-wide</c> (one caller, all threads) or <c>raw-narrow</c> (a caller and a thread for each core).</param>
/// <param name="Rows">Of a request.</param>
public sealed record HostBenchmarkFigure(string Way, int Rows, int Clients)
{
    public double RowsPerSecond { get; init; }

    /// <summary>Milliseconds.</summary>
    public double P50 { get; init; }

    public double P90 { get; init; }

    public double P99 { get; init; }

    /// <summary>Requests without an answer.</summary>
    public long Errors { get; init; }

    /// <summary>Mean rows of the runs; 0 for the bare loop.</summary>
    public double MeanBatch { get; init; }

    /// <summary>Rows a second against the best bare loop of the same rows: the median of the rounds. 0 for the bare loops.</summary>
    public double Ratio { get; init; }
}

/// <summary>What was measured.</summary>
/// <param name="Plan">How the host runs the model; null where no tensors could be made up for it.</param>
public sealed record HostBenchmarkReport(string Model, bool Batchable, ExecutionPlan? Plan, IReadOnlyList<HostBenchmarkFigure> Figures)
{
    /// <summary>The host's best against the bare session's best, over all rows of a request; aim: 0.95 or more.</summary>
    public double Ratio { get; init; }

    /// <summary>Batching on against off, the worst over the numbers of callers, with requests of one row; aim: 0.95 or more. 0 where rows cannot share runs.</summary>
    public double BatchingRatio { get; init; }

    /// <summary>Milliseconds at p50 that a lone caller waits longer than in the bare loop.</summary>
    public double Overhead { get; init; }
}
