using System.Diagnostics.Metrics;
using System.Net;
using System.Text.RegularExpressions;
using AvaConsole.Tests.Web.Serving;
using AvaConsole.Web.Infrastructure.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Web.Metrics;

public sealed partial class PrometheusExporterTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly IMeterFactory _meters;
    private readonly PrometheusExporter _exporter;

    public PrometheusExporterTests()
    {
        _meters = _services.GetRequiredService<IMeterFactory>();
        _exporter = new PrometheusExporter(_meters);
    }

    public void Dispose()
    {
        _exporter.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Write_Counter_HasTotalAndSortedEscapedLabels()
    {
        var counter = _meters.Create("AvaConsole.Test").CreateCounter<long>("test_requests", description: "Two\nlines \\ here.");

        counter.Add(2, new KeyValuePair<string, object?>("route", "a\"b\\c\nd"), new("app", "digits"), new("ok", true));
        counter.Add(3, new KeyValuePair<string, object?>("app", "digits"), new("route", "a\"b\\c\nd"), new("ok", true));

        Assert.Equal(
            """
            # HELP test_requests_total Two\nlines \\ here.
            # TYPE test_requests_total counter
            test_requests_total{app="digits",ok="true",route="a\"b\\c\nd"} 5

            """,
            Own());
    }

    [Fact]
    public void Write_Histogram_CumulatesItsBuckets()
    {
        var histogram = _meters.Create("AvaConsole.Test").CreateHistogram(
            "test_seconds", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });

        foreach (var value in (double[])[0.05, 0.1, 0.5, 20, double.NaN])
        {
            histogram.Record(value);
        }

        Assert.Equal(
            """
            # TYPE test_seconds histogram
            test_seconds_bucket{le="0.1"} 2
            test_seconds_bucket{le="1"} 3
            test_seconds_bucket{le="+Inf"} 4
            test_seconds_sum 20.65
            test_seconds_count 4

            """,
            Own());
    }

    [Fact]
    public void Write_HistogramWithoutAdvice_TakesBoundsByItsName()
    {
        var meter = _meters.Create("AvaConsole.Test");
        meter.CreateHistogram<double>("test_a_seconds").Record(0.3);
        meter.CreateHistogram<int>("test_b_size").Record(3);

        Assert.Contains("test_a_seconds_bucket{le=\"0.25\"} 0\n", _exporter.Write(), StringComparison.Ordinal);
        Assert.Contains("test_a_seconds_bucket{le=\"0.5\"} 1\n", _exporter.Write(), StringComparison.Ordinal);
        Assert.Contains("test_b_size_bucket{le=\"4\"} 1\n", _exporter.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ObservableGauge_ForgetsWhatIsGone()
    {
        var apps = new List<string> { "a", "b" };
        _meters.Create("AvaConsole.Test").CreateObservableGauge(
            "test_queue_length", () => apps.Select(app => new Measurement<int>(4, new KeyValuePair<string, object?>("app", app))));

        Assert.Equal("# TYPE test_queue_length gauge\ntest_queue_length{app=\"a\"} 4\ntest_queue_length{app=\"b\"} 4\n", Own());
        apps.Remove("a");
        Assert.Equal("# TYPE test_queue_length gauge\ntest_queue_length{app=\"b\"} 4\n", Own());
    }

    [Fact]
    public void Write_UpDownCounterAndGauge_ShowTheCurrentValue()
    {
        var meter = _meters.Create("AvaConsole.Test");
        var inFlight = meter.CreateUpDownCounter<int>("test_in_flight");
        inFlight.Add(3);
        inFlight.Add(-1);
        var level = meter.CreateGauge<double>("test_level");
        level.Record(7);
        level.Record(0.25);

        Assert.Equal("# TYPE test_in_flight gauge\ntest_in_flight 2\n# TYPE test_level gauge\ntest_level 0.25\n", Own());
    }

    [Fact]
    public void Write_ForeignMeters_AreLeftOut()
    {
        using var others = new ServiceCollection().AddMetrics().BuildServiceProvider();
        others.GetRequiredService<IMeterFactory>().Create("AvaConsole.Test").CreateCounter<long>("test_foreign").Add(1);
        _meters.Create("System.Other").CreateCounter<long>("test_other").Add(1);

        Assert.Equal("", Own());
    }

    [Fact]
    public void Write_LabelsWithoutEnd_EndInOneSeries()
    {
        var counter = _meters.Create("AvaConsole.Test").CreateCounter<long>("test_wild");
        for (var i = 0; i < 5000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", i));
        }

        var lines = Own().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1002, lines.Length);
        Assert.Contains("test_wild_total{overflow=\"true\"} 4000", lines);
    }

    [Fact]
    public async Task Record_ManyThreads_LosesNothing()
    {
        var meter = _meters.Create("AvaConsole.Test");
        var counter = meter.CreateCounter<long>("test_many");
        var histogram = meter.CreateHistogram<double>("test_many_seconds");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                counter.Add(1);
                histogram.Record(0.01);
            }
        })));

        Assert.Contains("test_many_total 80000\n", _exporter.Write(), StringComparison.Ordinal);
        Assert.Contains("test_many_seconds_count 80000\n", _exporter.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Metrics_EveryLineIsWellFormed()
    {
        var server = new ServingServer();
        await server.InitializeAsync();
        server.Host.Models.Add(new FakeModel { App = "digits" });
        await server.PostAsync("/api/content/digits", "{\"payload\":{\"image\":{\"data\":\"aGk=\"}}}");
        await server.PostAsync("/api/content/made-up-" + Guid.NewGuid(), "{}");
        await server.PostAsync("/v1/eval/digits", "{}");

        using var response = await server.Client.GetAsync(new Uri("/metrics", UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        await server.DisposeAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(PrometheusExporter.ContentType, response.Content.Headers.ContentType!.ToString());
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(Line(), line));
        Assert.Contains("ava_serving_requests_total{app=\"digits\",code=\"200\",route=\"content\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("ava_serving_requests_total{app=\"\",code=\"404\",route=\"content\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("ava_serving_requests_total{app=\"digits\",code=\"400\",route=\"eval\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("ava_serving_duration_seconds_bucket{app=\"digits\",route=\"content\",le=\"+Inf\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nprocess_resident_memory_bytes ", text, StringComparison.Ordinal);
    }

    /// <summary>The lines of this test's metrics; hosts of other tests in this process have theirs.</summary>
    private string Own() => string.Concat(_exporter.Write()
        .Split('\n')
        .Where(line => line.StartsWith("test_", StringComparison.Ordinal) || line.Contains(" test_", StringComparison.Ordinal))
        .Select(line => line + "\n"));

    [GeneratedRegex("""^(# (HELP [a-zA-Z_:][a-zA-Z0-9_:]* .+|TYPE [a-zA-Z_:][a-zA-Z0-9_:]* (counter|gauge|histogram))|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*",?)+\})? (\+Inf|-Inf|NaN|-?[0-9.]+(E[+-]?[0-9]+)?))$""")]
    private static partial Regex Line();
}
