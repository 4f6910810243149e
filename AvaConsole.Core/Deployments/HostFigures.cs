namespace AvaConsole.Core.Deployments;

/// <summary>What one inference host did in one interval. Rows are kept for <see cref="HostFiguresService.Kept"/>.</summary>
public sealed class HostFigures
{
    public string Host { get; set; } = "";

    /// <summary>End of the interval.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Length of the interval.</summary>
    public double Seconds { get; set; }

    /// <summary>Memory of the process that the machine holds for it (resident set).</summary>
    public long MemoryBytes { get; set; }

    public IReadOnlyList<ServedFigures> Models { get; set; } = [];
}

/// <summary>One model's part of it. Counts are of the interval alone; lengths are of its end.</summary>
/// <param name="Requests">Ended, whatever became of them.</param>
/// <param name="Failed">Of these without an answer: refused, timed out or failed; not those whose caller left.</param>
/// <param name="Rows">Rows that were run.</param>
/// <param name="Runs">Runs of the model; rows by runs is the mean batch.</param>
/// <param name="Waiting">Requests in the queue.</param>
/// <param name="InFlight">Admitted requests without an answer yet.</param>
/// <param name="Latency">Requests by time from admission to answer: one count for each of <see cref="FigureBuckets.Milliseconds"/>, and one for all longer ones.</param>
/// <param name="Batches">Runs by rows: one count for each of <see cref="FigureBuckets.Rows"/>, and one for all larger ones.</param>
public sealed record ServedFigures(
    string App, string Version, long Requests, long Failed, long Rows, long Runs, int Waiting, int InFlight, IReadOnlyList<long> Latency, IReadOnlyList<long> Batches)
{
    /// <summary>Why requests had no answer, one entry for each kind.</summary>
    public IReadOnlyList<ServedFailure> Failures { get; init; } = [];
}

/// <summary>One kind of failure.</summary>
/// <param name="Code">Key of the localised text.</param>
/// <param name="Args">Its placeholders, of the last one.</param>
/// <param name="At">Of the last one.</param>
public sealed record ServedFailure(string Code, IReadOnlyList<string> Args, long Count, DateTimeOffset At);

/// <summary>Upper bounds of the counted classes, inclusive.</summary>
public static class FigureBuckets
{
    public static IReadOnlyList<double> Milliseconds { get; } = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000];

    public static IReadOnlyList<int> Rows { get; } = [1, 2, 4, 8, 16, 32, 64, 128];

    /// <summary>The class of a value: the first whose bound is not below it, or the one after the last.</summary>
    public static int Find<T>(IReadOnlyList<T> bounds, T value)
        where T : IComparable<T>
    {
        var index = 0;
        while (index < bounds.Count && bounds[index].CompareTo(value) < 0)
        {
            index++;
        }

        return index;
    }

    /// <summary>
    /// The time below which a share of the requests stayed, in milliseconds, taken as evenly spread inside a class; null without requests.
    /// </summary>
    public static double? Percentile(IReadOnlyList<long> latency, double share)
    {
        var wanted = latency.Sum() * share;
        if (wanted <= 0)
        {
            return null;
        }

        var (below, seen) = (0.0, 0L);
        for (var index = 0; index < latency.Count; index++)
        {
            var bound = index < Milliseconds.Count ? Milliseconds[index] : Milliseconds[^1];
            if (seen + latency[index] >= wanted)
            {
                return below + ((bound - below) * (wanted - seen) / latency[index]);
            }

            (below, seen) = (bound, seen + latency[index]);
        }

        return below;
    }
}

/// <summary>Counts what this process's host does.</summary>
public interface IFiguresSource
{
    /// <summary>What happened since the last call. <see cref="HostFigures.At"/> and <see cref="HostFigures.Seconds"/> are the caller's.</summary>
    HostFigures Take();
}
