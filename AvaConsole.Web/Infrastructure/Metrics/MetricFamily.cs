using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace AvaConsole.Web.Infrastructure.Metrics;

/// <summary>All series of one metric name. Instruments of the same name (of meters made twice) share it.</summary>
internal sealed class MetricFamily
{
    /// <summary>Labels that grow without end would take the memory of whoever scrapes and is scraped.</summary>
    private const int MaxSeries = 1000;

    private const string OverflowLabels = "overflow=\"true\"";

    private static readonly double[] s_seconds = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
    private static readonly double[] s_sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    /// <summary>The series by the tags as they were given: to write them out as labels for each measurement would cost more than most of what is measured.</summary>
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries> _byTags = new(TagComparer.Instance);
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _tagLookup;
    private readonly double[]? _bounds;
    private readonly bool _isAbsolute;

    public MetricFamily(Instrument instrument)
    {
        _tagLookup = _byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        var kind = instrument.GetType().GetGenericTypeDefinition();
        Type = KindOf(kind);
        Name = NameOf(instrument.Name, Type);
        Help = instrument.Description ?? "";
        _bounds = Type == "histogram" ? BoundsOf(instrument) : null;
        _isAbsolute = instrument.IsObservable || kind == typeof(Gauge<>);
        IsObservable = instrument.IsObservable;
    }

    public string Name { get; }

    /// <summary><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</summary>
    public string Type { get; }

    public string Help { get; }

    public bool IsObservable { get; }

    public void Record(double measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = _tagLookup.TryGetValue(tags, out var known) ? known : SeriesOf(tags);
        if (_bounds is not null)
        {
            series.Observe(measurement);
        }
        else if (_isAbsolute)
        {
            series.Set(measurement);
        }
        else
        {
            series.Add(measurement);
        }
    }

    /// <summary>Before observable instruments are asked: what they no longer report is gone.</summary>
    public void Forget()
    {
        _series.Clear();
        _byTags.Clear();
    }

    public void Write(StringBuilder text)
    {
        if (_series.IsEmpty)
        {
            return;
        }

        if (Help.Length > 0)
        {
            text.Append("# HELP ").Append(Name).Append(' ').Append(Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        }

        text.Append("# TYPE ").Append(Name).Append(' ').Append(Type).Append('\n');
        foreach (var series in _series.Values.OrderBy(series => series.Labels, StringComparer.Ordinal))
        {
            WriteSeries(text, series);
        }
    }

    /// <summary>A number as the text format writes it.</summary>
    public static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : double.IsNaN(value) ? "NaN"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private void WriteSeries(StringBuilder text, MetricSeries series)
    {
        var (value, count, buckets) = series.Read();
        if (_bounds is null)
        {
            Sample(text, "", series.Labels, Number(value));
            return;
        }

        var cumulated = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            cumulated += buckets[i];
            var bound = $"le=\"{Number(i < _bounds.Length ? _bounds[i] : double.PositiveInfinity)}\"";
            Sample(text, "_bucket", series.Labels.Length == 0 ? bound : $"{series.Labels},{bound}", Number(cumulated));
        }

        Sample(text, "_sum", series.Labels, Number(value));
        Sample(text, "_count", series.Labels, Number(count));
    }

    private void Sample(StringBuilder text, string suffix, string labels, string value)
    {
        text.Append(Name).Append(suffix);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value).Append('\n');
    }

    private MetricSeries SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = SeriesOf(Labels(tags));
        if (_byTags.Count < MaxSeries)
        {
            _tagLookup.TryAdd(tags, series);
        }

        return series;
    }

    private MetricSeries SeriesOf(string labels)
    {
        if (_series.TryGetValue(labels, out var known))
        {
            return known;
        }

        var key = _series.Count < MaxSeries ? labels : OverflowLabels;
        return _series.GetOrAdd(key, static (name, bounds) => new MetricSeries(name, bounds), _bounds);
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var sorted = tags.ToArray();
        Array.Sort(sorted, (first, second) => string.CompareOrdinal(first.Key, second.Key));
        var text = new StringBuilder();
        foreach (var (name, value) in sorted)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(Identifier(name)).Append("=\"");
            var written = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            text.Append(written.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));
            text.Append('"');
        }

        return text.ToString();
    }

    private static string KindOf(Type kind) =>
        kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>) ? "counter"
        : kind == typeof(Histogram<>) ? "histogram"
        : "gauge";

    private static string NameOf(string name, string type)
    {
        var identifier = Identifier(name);
        return type == "counter" && !identifier.EndsWith("_total", StringComparison.Ordinal) ? identifier + "_total" : identifier;
    }

    private static string Identifier(string name)
    {
        var written = new string([.. name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_')]);
        return written.Length > 0 && char.IsAsciiDigit(written[0]) ? "_" + written : written;
    }

    private static double[] BoundsOf(Instrument instrument)
    {
        IEnumerable<double>? advised = instrument switch
        {
            Histogram<double> doubles => doubles.Advice?.HistogramBucketBoundaries,
            Histogram<float> floats => floats.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound),
            Histogram<long> longs => longs.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound),
            Histogram<int> integers => integers.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound),
            _ => null,
        };
        return advised is not null ? [.. advised.Order()] : instrument.Name.EndsWith("_seconds", StringComparison.Ordinal) ? s_seconds : s_sizes;
    }
}
