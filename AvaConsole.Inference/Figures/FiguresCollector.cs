using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AvaConsole.Core.Common;
using AvaConsole.Core.Deployments;
using AvaConsole.Inference.Batching;
using Microsoft.Extensions.Options;

namespace AvaConsole.Inference.Figures;

/// <summary>Adds up what the meters of serving say, by app and version, without a lock on the way of a request.</summary>
public sealed class FiguresCollector : IFiguresSource, IDisposable
{
    private readonly string _host;
    private readonly InferenceMeters _meters;
    private readonly TimeProvider _clock;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(string App, string Version), Counters> _models = new();

    public FiguresCollector(InferenceMeters meters, IOptions<InferenceOptions> options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(meters);
        ArgumentNullException.ThrowIfNull(options);
        _host = options.Value.HostName ?? Environment.MachineName;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (meters.Owns(instrument))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Of(tags).Ended(value, Tag(tags, "outcome")));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (instrument.Name == InferenceMeters.RequestSeconds)
            {
                Of(tags).Took(value);
            }
        });
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Of(tags).Measured(instrument.Name, value));
        _listener.Start();
        _meters = meters;
        _clock = clock;
        meters.Failed += NoteFailure;
    }

    public HostFigures Take()
    {
        _listener.RecordObservableInstruments();
        return new HostFigures
        {
            Host = _host,
            MemoryBytes = Environment.WorkingSet,
            Models = [.. _models.Select(pair => pair.Value.Take(pair.Key.App, pair.Key.Version)).Where(IsAnything).OrderBy(model => (model.App, model.Version))],
        };
    }

    public void Dispose()
    {
        _meters.Failed -= NoteFailure;
        _listener.Dispose();
    }

    private void NoteFailure(string app, string version, Error error) => Of(app, version).Failed(error, _clock.GetUtcNow());

    private static bool IsAnything(ServedFigures model) => model.Requests > 0 || model.Runs > 0 || model.Waiting > 0 || model.InFlight > 0;

    private Counters Of(ReadOnlySpan<KeyValuePair<string, object?>> tags) => Of(Tag(tags, "app"), Tag(tags, "version"));

    private Counters Of(string app, string version) => _models.GetOrAdd((app, version), static _ => new Counters());

    private static string Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
            {
                return value as string ?? "";
            }
        }

        return "";
    }

    private sealed class Counters
    {
        private const int MostArgs = 8;
        private const int LongestArg = 200;

        private readonly long[] _latency = new long[FigureBuckets.Milliseconds.Count + 1];
        private readonly long[] _batches = new long[FigureBuckets.Rows.Count + 1];
        private readonly Dictionary<string, ServedFailure> _failures = [];
        private long _requests;
        private long _failed;
        private long _rows;
        private int _waiting;
        private int _inFlight;

        public void Ended(long count, string outcome)
        {
            Interlocked.Add(ref _requests, count);
            if (outcome is not ("ok" or "cancelled"))
            {
                Interlocked.Add(ref _failed, count);
            }
        }

        public void Took(double seconds) => Interlocked.Increment(ref _latency[FigureBuckets.Find(FigureBuckets.Milliseconds, seconds * 1000)]);

        public void Measured(string instrument, int value)
        {
            switch (instrument)
            {
                case InferenceMeters.BatchSize:
                    Interlocked.Add(ref _rows, value);
                    Interlocked.Increment(ref _batches[FigureBuckets.Find(FigureBuckets.Rows, value)]);
                    break;
                case InferenceMeters.QueueLength:
                    _waiting = value;
                    break;
                case InferenceMeters.InFlight:
                    _inFlight = value;
                    break;
            }
        }

        public void Failed(Error error, DateTimeOffset now)
        {
            var (code, args) = ErrorCause.Texts(error);
            // A value of the request may be as long as the request.
            IReadOnlyList<string> shortened = [.. args.Take(MostArgs).Select(arg => arg.Length > LongestArg ? arg[..LongestArg] + "…" : arg)];
            lock (_failures)
            {
                _failures[code] = new ServedFailure(code, shortened, (_failures.TryGetValue(code, out var known) ? known.Count : 0) + 1, now);
            }
        }

        public ServedFigures Take(string app, string version)
        {
            var batches = Empty(_batches);
            var figures = new ServedFigures(
                app, version, Interlocked.Exchange(ref _requests, 0), Interlocked.Exchange(ref _failed, 0), Interlocked.Exchange(ref _rows, 0), batches.Sum(), _waiting, _inFlight, Empty(_latency), batches)
            {
                Failures = TakeFailures(),
            };
            // A model that is gone is not observed any more.
            (_waiting, _inFlight) = (0, 0);
            return figures;
        }

        private List<ServedFailure> TakeFailures()
        {
            lock (_failures)
            {
                List<ServedFailure> taken = [.. _failures.Values];
                _failures.Clear();
                return taken;
            }
        }

        private static long[] Empty(long[] counts)
        {
            var taken = new long[counts.Length];
            for (var index = 0; index < counts.Length; index++)
            {
                taken[index] = Interlocked.Exchange(ref counts[index], 0);
            }

            return taken;
        }
    }
}
