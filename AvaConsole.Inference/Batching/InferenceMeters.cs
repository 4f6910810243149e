using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using AvaConsole.Core.Common;
using AvaConsole.Inference.OnnxRuntime;

namespace AvaConsole.Inference.Batching;

/// <summary>The figures of serving, by app and version. Meter name <see cref="Name"/>.</summary>
public sealed class InferenceMeters : IDisposable
{
    public const string Name = "AvaConsole.Inference";

    internal const string BatchSize = "ava_inference_batch_size";
    internal const string QueueLength = "ava_inference_queue_length";
    internal const string InFlight = "ava_inference_in_flight";
    internal const string RequestSeconds = "ava_inference_request_seconds";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _requests;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _queueSeconds;
    private readonly Histogram<double> _inputSeconds;
    private readonly Histogram<double> _runSeconds;
    private readonly Histogram<double> _outputSeconds;
    private readonly Histogram<double> _requestSeconds;
    private readonly ConcurrentDictionary<Batcher, KeyValuePair<string, object?>[]> _batchers = new();

    public InferenceMeters()
    {
        _requests = _meter.CreateCounter<long>("ava_inference_requests", description: "Requests by outcome: ok, invalid, busy, timeout, failed, cancelled.");
        _batchSize = _meter.CreateHistogram<int>(BatchSize, description: "Rows of a run; its sum is the rows that were run, its count the runs.");
        _queueSeconds = _meter.CreateHistogram<double>("ava_inference_queue_seconds", "s", "From decoded to the start of the run.");
        _inputSeconds = _meter.CreateHistogram<double>("ava_inference_input_seconds", "s", "Bringing the inputs of a batch together.");
        _runSeconds = _meter.CreateHistogram<double>("ava_inference_run_seconds", "s", "The model's run of a batch.");
        _outputSeconds = _meter.CreateHistogram<double>("ava_inference_output_seconds", "s", "Taking the outputs of a batch apart.");
        _requestSeconds = _meter.CreateHistogram<double>(RequestSeconds, "s", "From admitted to answered, decoding included; of requests that were admitted.");
        _meter.CreateObservableGauge(QueueLength, () => Observe(batcher => batcher.QueueLength), description: "Decoded requests that wait for a run.");
        _meter.CreateObservableGauge(InFlight, () => Observe(batcher => batcher.InFlight), description: "Admitted requests without an answer yet.");
    }

    /// <summary>A request had no answer: app, version and why.</summary>
    internal event Action<string, string, Error>? Failed;

    public void Dispose() => _meter.Dispose();

    internal static KeyValuePair<string, object?>[] Tags(string app, string version) => [new("app", app), new("version", version)];

    internal void Add(Batcher batcher, KeyValuePair<string, object?>[] tags) => _batchers[batcher] = tags;

    internal void Remove(Batcher batcher) => _batchers.TryRemove(batcher, out _);

    internal bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    /// <param name="took">Null where the request was not admitted.</param>
    internal void CountRequest(KeyValuePair<string, object?>[] tags, string outcome, TimeSpan? took)
    {
        _requests.Add(1, [.. tags, new("outcome", outcome)]);
        if (took is { } time)
        {
            _requestSeconds.Record(time.TotalSeconds, tags);
        }
    }

    internal void RecordQueue(KeyValuePair<string, object?>[] tags, TimeSpan waited) => _queueSeconds.Record(waited.TotalSeconds, tags);

    internal void RecordRun(KeyValuePair<string, object?>[] tags, int rows, RunTimes times)
    {
        _batchSize.Record(rows, tags);
        _inputSeconds.Record(Stopwatch.GetElapsedTime(0, times.Input).TotalSeconds, tags);
        _runSeconds.Record(times.Run.TotalSeconds, tags);
        _outputSeconds.Record(Stopwatch.GetElapsedTime(0, times.Output).TotalSeconds, tags);
    }

    internal void Report(KeyValuePair<string, object?>[] tags, Error error) => Failed?.Invoke((string)tags[0].Value!, (string)tags[1].Value!, error);

    // Two batchers of one release exist for a moment while it is replaced by itself: their figures belong together.
    private IEnumerable<Measurement<int>> Observe(Func<Batcher, int> figure) => _batchers
        .GroupBy(pair => (pair.Value[0].Value, pair.Value[1].Value))
        .Select(group => new Measurement<int>(group.Sum(pair => figure(pair.Key)), group.First().Value));
}
