namespace AvaConsole.Inference.Batching;

/// <summary>
/// Threads for runs, which block, and for waiting until a batch is due. They start when they are first needed and sleep when there is nothing
/// to do; waking one costs a lock, but only where one sleeps.
/// </summary>
/// <param name="millisecondsToWait">Until there is something to do: 0 for now, -1 for nothing to wait for. Asked again at every signal.</param>
/// <param name="work">What is to be done.</param>
internal sealed class WorkerThreads(string name, Func<int> millisecondsToWait, Action work)
{
    private readonly object _gate = new();
    private readonly List<Thread> _threads = [];
    private int _most = 1;
    private int _idle;
    private int _signals;
    private bool _stopped;

    /// <summary>How many there may be; those that are there stay.</summary>
    public void Allow(int threads) => Volatile.Write(ref _most, threads);

    /// <summary>Something has changed: one of them is to look again.</summary>
    public void Signal()
    {
        if (Volatile.Read(ref _idle) == 0 && Volatile.Read(ref _most) <= _threads.Count)
        {
            // All are awake, and look again before they sleep.
            return;
        }

        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            if (_idle > _signals)
            {
                _signals++;
                Monitor.Pulse(_gate);
            }
            else if (_idle == 0 && _threads.Count < _most)
            {
                var thread = new Thread(Work) { IsBackground = true, Name = name };
                _threads.Add(thread);
                thread.Start();
            }
        }
    }

    /// <summary>Ends them and waits for what they are doing.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }

        _threads.ForEach(thread => thread.Join());
    }

    private void Work()
    {
        while (true)
        {
            if (millisecondsToWait() == 0)
            {
                work();
            }
            else if (!Sleep())
            {
                return;
            }
        }
    }

    /// <summary>False when it is over.</summary>
    private bool Sleep()
    {
        lock (_gate)
        {
            // Idle before it looks for the last time: whoever comes afterwards sees that one sleeps.
            Interlocked.Increment(ref _idle);
            var wait = millisecondsToWait();
            if (!_stopped && _signals == 0 && wait != 0)
            {
                Monitor.Wait(_gate, wait);
            }

            _signals = Math.Max(0, _signals - 1);
            Interlocked.Decrement(ref _idle);
            return !_stopped;
        }
    }
}
