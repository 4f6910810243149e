namespace AvaConsole.Web.Infrastructure.Metrics;

/// <summary>One set of labels of an instrument, with what was measured.</summary>
internal sealed class MetricSeries(string labels, double[]? bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _buckets = bounds is null ? [] : new long[bounds.Length + 1];
    private double _value;
    private long _count;

    /// <summary><c>app="digits",code="200"</c>, escaped; empty for none.</summary>
    public string Labels => labels;

    public void Add(double measurement)
    {
        lock (_lock)
        {
            _value += measurement;
        }
    }

    public void Set(double measurement)
    {
        lock (_lock)
        {
            _value = measurement;
        }
    }

    public void Observe(double measurement)
    {
        // NaN has no place in a sum; once in, it never leaves.
        if (double.IsNaN(measurement))
        {
            return;
        }

        // The first bound that the measurement does not exceed; the last bucket has none.
        var found = Array.BinarySearch(bounds!, measurement);
        lock (_lock)
        {
            _buckets[found >= 0 ? found : ~found]++;
            _value += measurement;
            _count++;
        }
    }

    /// <summary>The value, or a histogram's sum, count and counts per bucket (not cumulated), all of one moment.</summary>
    public (double Value, long Count, long[] Buckets) Read()
    {
        lock (_lock)
        {
            return (_value, _count, [.. _buckets]);
        }
    }
}
