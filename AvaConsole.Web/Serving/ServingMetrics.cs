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
        _duration = meter.CreateHistogram<double>("ava_serving_duration_seconds", "s", "Time from a call's arrival to its answer.");
    }

    /// <param name="route"><c>content</c>, <c>grey</c>, <c>eval</c> or <c>oip</c>.</param>
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
