namespace AvaConsole.Inference.Batching;

/// <summary>Runs in flight over all models of the process. They share the machine's cores; more of them would only slow each other down.</summary>
internal sealed class RunSlots(int count)
{
    private readonly object _gate = new();
    private int _free = count;
    private int _waiting;

    public int Count { get; } = count;

    /// <summary>False where none is free, or others have waited for one longer.</summary>
    public bool TryTake() => Volatile.Read(ref _waiting) == 0 && TryTakeFree();

    /// <summary>Waits for a free one.</summary>
    public void Take()
    {
        if (TryTake())
        {
            return;
        }

        lock (_gate)
        {
            // Counted before it looks: whoever gives one back afterwards sees that somebody waits.
            Interlocked.Increment(ref _waiting);
            while (!TryTakeFree())
            {
                Monitor.Wait(_gate);
            }

            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Give()
    {
        Interlocked.Increment(ref _free);
        if (Volatile.Read(ref _waiting) > 0)
        {
            lock (_gate)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    private bool TryTakeFree()
    {
        var free = Volatile.Read(ref _free);
        while (free > 0)
        {
            var seen = Interlocked.CompareExchange(ref _free, free - 1, free);
            if (seen == free)
            {
                return true;
            }

            free = seen;
        }

        return false;
    }
}
