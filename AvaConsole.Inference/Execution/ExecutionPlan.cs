using AvaConsole.Core.Configuration;

namespace AvaConsole.Inference.Execution;

/// <summary>How a model is run, chosen by measuring it when it was warmed up.</summary>
/// <param name="ConcurrentRuns">At a time, at most.</param>
/// <param name="ThreadsPerRun">Of the runs under load.</param>
/// <param name="WideWhenAlone">A request that is alone gets all threads.</param>
/// <param name="BatchRows">Rows of a run under load, at most.</param>
/// <param name="Device"><c>CPU</c> or <c>CUDA</c>.</param>
public sealed record ExecutionPlan(int ConcurrentRuns, int ThreadsPerRun, bool WideWhenAlone, int BatchRows, string Device)
{
    /// <summary>Milliseconds of one row alone with all threads; null where that was not measured.</summary>
    public double? WideMilliseconds { get; init; }

    /// <summary>Milliseconds of one row on one thread.</summary>
    public double? NarrowMilliseconds { get; init; }

    /// <summary>Rows a second, one run after the other with all threads.</summary>
    public double? WideRowsPerSecond { get; init; }

    /// <summary>Rows a second, a run of one thread for each core.</summary>
    public double? NarrowRowsPerSecond { get; init; }

    /// <summary>Milliseconds of a run by its rows, smallest first.</summary>
    public IReadOnlyList<KeyValuePair<int, double>> Batches { get; init; } = [];

    /// <summary>As hosts report it.</summary>
    public ModelPlan ToStatus() => new(
        Device,
        ConcurrentRuns,
        ThreadsPerRun,
        BatchRows,
        Rounded(Batches is [{ Key: 1, Value: var single }, ..] ? single : WideMilliseconds),
        Rounded(new[] { WideRowsPerSecond, NarrowRowsPerSecond }.Max()));

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 3) : null;
}
