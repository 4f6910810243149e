using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace AvaConsole.Web.Infrastructure.Metrics;

/// <summary>
/// Listens to the console's meters and writes them in Prometheus' text format 0.0.4. Small and its own, because neither
/// prometheus-net nor OpenTelemetry's Prometheus exporter is to be had from the package registry that this project builds from.
/// </summary>
internal sealed class PrometheusExporter : IHostedService, IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const string MeterPrefix = "AvaConsole.";

    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly Lock _scrape = new();
    private readonly IMeterFactory _meters;

    public PrometheusExporter(IMeterFactory meters)
    {
        _meters = meters;
        _listener.InstrumentPublished = Listen;
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((MetricFamily)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => ((MetricFamily)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((MetricFamily)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => ((MetricFamily)state!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>Everything measured so far.</summary>
    public string Write()
    {
        var text = new StringBuilder(4096);
        lock (_scrape)
        {
            foreach (var family in _families.Values.Where(family => family.IsObservable))
            {
                family.Forget();
            }

            _listener.RecordObservableInstruments();
            foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
            {
                family.Write(text);
            }
        }

        ProcessMetrics.Write(text);
        return text.ToString();
    }

    // Constructed at start, not at the first scrape: what happened before would be missing.
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    private void Listen(Instrument instrument, MeterListener listener)
    {
        // Another application in this process has meters of the same names, under its own factory.
        var isOurs = instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, _meters);
        if (isOurs && instrument.Meter.Name.StartsWith(MeterPrefix, StringComparison.Ordinal))
        {
            var family = new MetricFamily(instrument);
            listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(family.Name, family));
        }
    }
}
