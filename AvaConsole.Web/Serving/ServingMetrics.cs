using System.Diagnostics.Metrics;

namespace AvaConsole.Web.Serving;

/// <summary>What <c>/metrics</c> tells about calls.</summary>
internal sealed class ServingMetrics
{
    public const string MeterName = "AvaConsole.Serving";

    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;

    public ServingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("ava_serving_requests", description: "Calls answered, by route, app and HTTP status.");
        _duration = meter.CreateHistogram(
            "ava_serving_duration_seconds",
            description: "Time from a call's arrival to its answer.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
            });
    }

    /// <param name="route"><c>content</c>, <c>grey</c> or <c>eval</c>.</param>
    /// <param name="app">Empty where no such app is served: names that callers make up must not become series.</param>
    /// <param name="status">HTTP status; 499 where the caller left.</param>
    /// <param name="duration">From arrival to answer.</param>
    public void Record(string route, string app, int status, TimeSpan duration)
    {
        var routeTag = new KeyValuePair<string, object?>("route", route);
        var appTag = new KeyValuePair<string, object?>("app", app);
        _requests.Add(1, routeTag, appTag, new KeyValuePair<string, object?>("code", status));
        _duration.Record(duration.TotalSeconds, routeTag, appTag);
    }
}
