namespace AvaConsole.Web.Cli.Bench.Soak;

/// <summary>The process's resident memory over time.</summary>
internal sealed class MemoryLine
{
    // Before that, caches fill and code is compiled.
    private const double WarmUpShare = 0.2;

    private readonly List<(double Minutes, double Megabytes)> _samples = [];

    public void Sample(TimeSpan elapsed) => _samples.Add((elapsed.TotalMinutes, Environment.WorkingSet / (double)(1 << 20)));

    /// <summary>MiB; median of the first tenth after the warm-up.</summary>
    public double First => Median(Warm.Take(Tenth));

    /// <summary>MiB; median of the last tenth.</summary>
    public double Last => Median(Warm.TakeLast(Tenth));

    /// <summary>MiB a minute by least squares, the warm-up left out; 0 for fewer than two samples.</summary>
    public double Slope
    {
        get
        {
            var warm = Warm;
            if (warm.Count < 2)
            {
                return 0;
            }

            var (x, y) = (warm.Average(sample => sample.Minutes), warm.Average(sample => sample.Megabytes));
            var spread = warm.Sum(sample => (sample.Minutes - x) * (sample.Minutes - x));
            return spread == 0 ? 0 : warm.Sum(sample => (sample.Minutes - x) * (sample.Megabytes - y)) / spread;
        }
    }

    private List<(double Minutes, double Megabytes)> Warm => [.. _samples.Skip((int)(_samples.Count * WarmUpShare))];

    private int Tenth => Math.Max(1, Warm.Count / 10);

    private static double Median(IEnumerable<(double Minutes, double Megabytes)> samples)
    {
        var sorted = samples.Select(sample => sample.Megabytes).Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[sorted.Count / 2];
    }
}
