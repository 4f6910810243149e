namespace AvaConsole.Core.Benchmarks;

/// <summary>
/// Finds the load beyond which callers wait longer and hardly more is answered. It is where the <em>power</em> – throughput over
/// latency – is greatest (L. Kleinrock, "Power and deterministic rules of thumb for probabilistic problems in computer communications",
/// ICC 1979; R. Jain, "The Art of Computer Systems Performance Analysis", 1991, chapter 3). Unlike a bound on p99 it needs no threshold that
/// suits a model of 0.1 ms and one of 500 ms alike, and unlike Kneedle it does not depend on how far beyond the knee was measured.
/// </summary>
/// <remarks>Latency is the median: one hiccup of the machine moves p99 of a step of seconds, and would move the knee.</remarks>
public static class BenchmarkKnee
{
    /// <summary>Steps of seconds differ by that much on a machine that has other work; of loads as good as each other the lowest is the knee.</summary>
    private const double Alike = 0.95;

    /// <summary>Beyond this share of requests without an answer a load is too high, whatever the others' latency.</summary>
    private const double MostErrors = 0.01;

    /// <summary>The knee's point; null where none is seen: nothing was answered, or throughput still grew faster than latency at the highest load.</summary>
    /// <param name="points">In ascending order of load.</param>
    /// <param name="secondsPerStep">Tells errors from requests per second.</param>
    public static BenchmarkPoint? Find(IReadOnlyList<BenchmarkPoint> points, int secondsPerStep)
    {
        ArgumentNullException.ThrowIfNull(points);
        var answered = points.Where(point => point.Power > 0 && point.Errors <= MostErrors * (point.Errors + (point.PerSecond * secondsPerStep))).ToList();
        if (answered.Count == 0 || points.Count == 1)
        {
            return null;
        }

        var best = answered.Max(point => point.Power);
        var knee = answered.First(point => point.Power >= Alike * best);

        // The highest load that was measured is only the best so far.
        return knee == points[^1] ? null : knee;
    }

    /// <inheritdoc cref="Find(IReadOnlyList{BenchmarkPoint}, int)"/>
    public static BenchmarkPoint? Of(BenchmarkRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Find(run.Report.Points, run.Settings.SecondsPerStep);
    }
}
