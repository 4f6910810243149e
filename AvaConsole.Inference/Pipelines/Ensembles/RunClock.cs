using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Hosting;

namespace AvaConsole.Inference.Pipelines.Ensembles;

/// <summary>Adds up where the time of a request's steps went. Steps that run side by side add up to more than the whole.</summary>
internal sealed class RunClock(Admission admission)
{
    private readonly Lock _lock = new();
    private double _decode;
    private double _queue;
    private double _run;
    private int _batchSize;

    public void AddPrepared(TimeSpan took)
    {
        lock (_lock)
        {
            _decode += took.TotalMilliseconds;
        }
    }

    public void AddRun(InferenceTiming timing)
    {
        lock (_lock)
        {
            _queue += timing.Queue;
            _run += timing.Run;
            _batchSize = Math.Max(_batchSize, timing.BatchSize);
        }
    }

    /// <summary>The largest batch that a step travelled in is the answer's.</summary>
    public InferenceTiming Read()
    {
        lock (_lock)
        {
            return new InferenceTiming(Round(_decode), Round(_queue), Round(_run), Round(admission.Elapsed.TotalMilliseconds), _batchSize);
        }
    }

    private static double Round(double milliseconds) => Math.Round(milliseconds, 3);
}
