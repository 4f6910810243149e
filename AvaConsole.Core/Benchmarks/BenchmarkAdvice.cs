namespace AvaConsole.Core.Benchmarks;

/// <summary>What a measurement says about a release's batching.</summary>
/// <param name="BatchSize">The present one where its rows are nearly the cheapest, else the smallest of these; 1 where sharing a run saves little. Null where that was not measured.</param>
/// <param name="DelayMilliseconds">The present <c>delay4batch</c> where nearly the best power was measured with it, else the smallest of these. Null where it was not measured.</param>
public sealed record BenchmarkAdvice(int? BatchSize, double? DelayMilliseconds)
{
    /// <summary>A smaller batch, or a shorter delay, that comes so close to the best is better: its callers wait less.</summary>
    private const double NearlyBest = 0.95;

    /// <summary>Rows of a batch must be that much cheaper than alone, as the host's own rule has it before it waits for others.</summary>
    private const double WorthSharing = 0.85;

    public static BenchmarkAdvice Of(BenchmarkReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new BenchmarkAdvice(SizeOf(report), DelayOf(report));
    }

    private static int? SizeOf(BenchmarkReport report)
    {
        if (!report.Batchable || report.Plan?.Costs is not [{ Rows: 1 } single, _, ..] costs)
        {
            return null;
        }

        var least = costs.Min(PerRow);
        return least > WorthSharing * PerRow(single) ? 1 : Choose([.. costs.Where(cost => NearlyBest * PerRow(cost) <= least).Select(cost => cost.Rows)], report.BatchSize);
    }

    private static double? DelayOf(BenchmarkReport report)
    {
        var best = report.Delays.Select(delay => delay.Point.Power).DefaultIfEmpty(0).Max();
        return best > 0 ? Choose([.. report.Delays.Where(delay => delay.Point.Power >= NearlyBest * best).Select(delay => delay.DelayMilliseconds)], report.DelayMilliseconds) : null;
    }

    /// <summary>What is as good as any need not be changed.</summary>
    private static T Choose<T>(IReadOnlyList<T> good, T present)
        where T : struct => good.Contains(present) ? present : good.Min();

    private static double PerRow(RunCost cost) => cost.Milliseconds / cost.Rows;
}
