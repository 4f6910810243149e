namespace AvaConsole.Core.Benchmarks;

/// <summary>What a measurement says about a release's batching.</summary>
/// <param name="BatchSize">The smallest that answers nearly the most rows a second; 1 where sharing a run saves little. Null where that was not measured.</param>
/// <param name="DelayMilliseconds">The smallest <c>delay4batch</c> that nearly the best power was measured with. Null where it was not measured.</param>
public sealed record BenchmarkAdvice(int? BatchSize, double? DelayMilliseconds)
{
    /// <summary>A smaller batch, or a shorter delay, that comes so close to the best is better: its callers wait less.</summary>
    private const double NearlyBest = 0.95;

    /// <summary>Rows of a batch must be that much cheaper than alone, as the host's own rule has it before it waits for others.</summary>
    private const double WorthSharing = 0.85;

    public static BenchmarkAdvice Of(BenchmarkReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new BenchmarkAdvice(SizeOf(report), DelayOf(report.Delays));
    }

    private static int? SizeOf(BenchmarkReport report)
    {
        if (!report.Batchable || report.Plan?.Costs is not [{ Rows: 1 } single, _, ..] costs)
        {
            return null;
        }

        var least = costs.Min(PerRow);
        return least > WorthSharing * PerRow(single) ? 1 : costs.First(cost => NearlyBest * PerRow(cost) <= least).Rows;
    }

    private static double? DelayOf(IReadOnlyList<DelayPoint> delays)
    {
        var best = delays.Select(delay => delay.Point.Power).DefaultIfEmpty(0).Max();
        return best > 0 ? delays.OrderBy(delay => delay.DelayMilliseconds).First(delay => delay.Point.Power >= NearlyBest * best).DelayMilliseconds : null;
    }

    private static double PerRow(RunCost cost) => cost.Milliseconds / cost.Rows;
}
