namespace AvaConsole.Core.Benchmarks;

/// <summary>One load in two runs.</summary>
/// <param name="Other">Null where the other run did not measure this load.</param>
public sealed record ComparedPoint(BenchmarkPoint Point, BenchmarkPoint? Other)
{
    /// <summary>How much more is answered than in the other run, as a share of that; null where it is not known.</summary>
    public double? PerSecond => Change(point => point.PerSecond);

    public double? P50 => Change(point => point.P50);

    public double? P90 => Change(point => point.P90);

    public double? P99 => Change(point => point.P99);

    private double? Change(Func<BenchmarkPoint, double> figure) =>
        Other is not null && figure(Other) > 0 && figure(Point) > 0 ? (figure(Point) / figure(Other)) - 1 : null;
}

/// <summary>Two runs side by side, load by load.</summary>
public static class BenchmarkComparison
{
    /// <param name="other">Null to compare with nothing.</param>
    public static IReadOnlyList<ComparedPoint> Of(BenchmarkReport report, BenchmarkReport? other)
    {
        ArgumentNullException.ThrowIfNull(report);
        return [.. report.Points.Select(point => new ComparedPoint(point, other?.Points.FirstOrDefault(theirs => theirs.Clients == point.Clients)))];
    }
}
