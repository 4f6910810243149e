namespace AvaConsole.Core.Deployments;

/// <summary>A host over time, for charts.</summary>
/// <param name="Points">Oldest first, one for each step in which the host reported.</param>
/// <param name="Batches">Runs of the whole time by rows, see <see cref="FigureBuckets.Rows"/>.</param>
public sealed record HostSeries(string Host, IReadOnlyList<HostPoint> Points, IReadOnlyList<long> Batches)
{
    private const int MostFailures = 20;

    /// <summary>Why requests had no answer, by app, version and kind; the last first, at most 20.</summary>
    public IReadOnlyList<HostFailure> Failures { get; init; } = [];

    /// <summary>Joins the intervals of one host into steps.</summary>
    /// <param name="rows">Oldest first.</param>
    /// <param name="app">Counts this app's models only; null for all.</param>
    public static HostSeries From(string host, IEnumerable<HostFigures> rows, TimeSpan step, string? app = null)
    {
        var kept = rows.Select(row => (row.At, row.Seconds, row.MemoryBytes, Models: row.Models.Where(model => app is null || model.App == app).ToList())).ToList();
        var points = kept
            .GroupBy(row => row.At.UtcTicks / step.Ticks)
            .Select(group => HostPoint.From(
                new DateTimeOffset((group.Key + 1) * step.Ticks, TimeSpan.Zero), group.Sum(row => row.Seconds), group.Max(row => row.MemoryBytes), [.. group.SelectMany(row => row.Models)]))
            .ToList();
        var models = kept.SelectMany(row => row.Models).ToList();
        return new HostSeries(host, points, Sum(models.Select(model => model.Batches), FigureBuckets.Rows.Count + 1)) { Failures = FailuresOf(models) };
    }

    private static List<HostFailure> FailuresOf(IEnumerable<ServedFigures> models) =>
    [
        .. models
            .SelectMany(model => model.Failures.Select(failure => (model.App, model.Version, Failure: failure)))
            .GroupBy(one => (one.App, one.Version, one.Failure.Code))
            .Select(group => new HostFailure(group.Key.App, group.Key.Version, group.MaxBy(one => one.Failure.At).Failure with { Count = group.Sum(one => one.Failure.Count) }))
            .OrderByDescending(failure => failure.Failure.At)
            .Take(MostFailures),
    ];

    internal static IReadOnlyList<long> Sum(IEnumerable<IReadOnlyList<long>> counts, int length)
    {
        var sum = new long[length];
        foreach (var one in counts)
        {
            for (var index = 0; index < Math.Min(length, one.Count); index++)
            {
                sum[index] += one[index];
            }
        }

        return sum;
    }
}

/// <summary>What went wrong with one release in the whole time.</summary>
public sealed record HostFailure(string App, string Version, ServedFailure Failure);

/// <summary>One step of a chart.</summary>
/// <param name="At">Its end.</param>
/// <param name="PerSecond">Requests.</param>
/// <param name="FailedPerSecond">Requests without an answer.</param>
/// <param name="P50">Milliseconds; null without requests.</param>
/// <param name="P99">Milliseconds; null without requests.</param>
/// <param name="MeanBatch">Rows of a run; null without runs.</param>
/// <param name="Waiting">Most requests in the queues at the end of an interval.</param>
public sealed record HostPoint(DateTimeOffset At, double PerSecond, double FailedPerSecond, double? P50, double? P99, double? MeanBatch, int Waiting, long MemoryBytes)
{
    internal static HostPoint From(DateTimeOffset at, double seconds, long memory, IReadOnlyList<ServedFigures> models)
    {
        var latency = HostSeries.Sum(models.Select(model => model.Latency), FigureBuckets.Milliseconds.Count + 1);
        var (rows, runs, length) = (models.Sum(model => model.Rows), models.Sum(model => model.Runs), Math.Max(seconds, 1e-3));
        return new HostPoint(
            at,
            models.Sum(model => model.Requests) / length,
            models.Sum(model => model.Failed) / length,
            FigureBuckets.Percentile(latency, 0.5),
            FigureBuckets.Percentile(latency, 0.99),
            runs > 0 ? (double)rows / runs : null,
            models.Select(model => model.Waiting).DefaultIfEmpty().Max(),
            memory);
    }
}
