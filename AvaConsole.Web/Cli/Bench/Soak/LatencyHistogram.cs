namespace AvaConsole.Web.Cli.Bench.Soak;

/// <summary>Latencies of any number of requests in a fixed space, each to within 2 %. For one thread; adding up is for afterwards.</summary>
internal sealed class LatencyHistogram
{
    private const double Step = 1.02;
    private const double SmallestMilliseconds = 0.001;

    // Up to 0.001 ms × 1.02^1280, which is 28 hours.
    private readonly long[] _counts = new long[1280];

    public long Count { get; private set; }

    public double Largest { get; private set; }

    public void Add(double milliseconds)
    {
        var index = milliseconds <= SmallestMilliseconds ? 0 : (int)Math.Log(milliseconds / SmallestMilliseconds, Step);
        _counts[Math.Min(index, _counts.Length - 1)]++;
        Count++;
        Largest = Math.Max(Largest, milliseconds);
    }

    public void Add(LatencyHistogram other)
    {
        for (var index = 0; index < _counts.Length; index++)
        {
            _counts[index] += other._counts[index];
        }

        Count += other.Count;
        Largest = Math.Max(Largest, other.Largest);
    }

    /// <param name="share">For example 0.99; 0 milliseconds where nothing was added.</param>
    public double Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        var seen = 0L;
        for (var index = 0; index < _counts.Length && Count > 0; index++)
        {
            seen += _counts[index];
            if (seen >= wanted)
            {
                return Math.Min(Largest, SmallestMilliseconds * Math.Pow(Step, index + 0.5));
            }
        }

        return Largest;
    }
}
