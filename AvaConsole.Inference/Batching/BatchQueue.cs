using System.Collections.Concurrent;

namespace AvaConsole.Inference.Batching;

/// <summary>
/// Requests that wait for a run. Adding takes no lock; those few who form batches take turns. Requests whose rows look alike stand in one
/// line, and the line whose first has waited longest is served.
/// </summary>
internal sealed class BatchQueue
{
    private readonly ConcurrentQueue<BatchItem> _arrivals = new();
    private readonly Lock _forming = new();
    private readonly List<Queue<BatchItem>> _lines = [];
    private int _count;
    private int _rows;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Of all lines.</summary>
    public int Rows => Volatile.Read(ref _rows);

    public void Add(BatchItem item)
    {
        // Counted first: whoever takes it may be quicker.
        Interlocked.Add(ref _rows, item.Shape.Rows);
        Interlocked.Increment(ref _count);
        _arrivals.Enqueue(item);
    }

    /// <summary>Takes an item out of turn; false where somebody else has taken it.</summary>
    public bool Remove(BatchItem item)
    {
        if (!item.TryLeaveQueue())
        {
            return false;
        }

        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _rows, -item.Shape.Rows);
        return true;
    }

    /// <summary>Items for one run, all taken; empty where nobody waits. A request of more rows than the limit goes alone.</summary>
    public List<BatchItem> Take(int limit)
    {
        var items = new List<BatchItem>();
        lock (_forming)
        {
            if (LongestWaiting() is not { } line)
            {
                return items;
            }

            var rows = 0;
            while (line.TryPeek(out var item) && (rows == 0 || (rows + item.Shape.Rows <= limit && items[0].Shape.CanJoin(item.Shape))))
            {
                line.Dequeue();
                if (Remove(item))
                {
                    items.Add(item);
                    rows += item.Shape.Rows;
                }
            }
        }

        return items;
    }

    /// <summary>Who has waited longest, and the rows that could share a run with it, counted up to the limit.</summary>
    public (BatchItem Oldest, int Rows)? Peek(int limit)
    {
        lock (_forming)
        {
            if (LongestWaiting() is not { } line)
            {
                return null;
            }

            var rows = 0;
            foreach (var item in line)
            {
                rows += item.IsQueued ? item.Shape.Rows : 0;
                if (rows >= limit)
                {
                    break;
                }
            }

            return (line.Peek(), rows);
        }
    }

    private Queue<BatchItem>? LongestWaiting()
    {
        while (_arrivals.TryDequeue(out var arrival))
        {
            LineOf(arrival).Enqueue(arrival);
        }

        Queue<BatchItem>? longest = null;
        for (var index = _lines.Count - 1; index >= 0; index--)
        {
            var line = _lines[index];
            while (line.TryPeek(out var gone) && !gone.IsQueued)
            {
                line.Dequeue();
            }

            if (line.Count == 0)
            {
                _lines.RemoveAt(index);
            }
            else if (longest is null || line.Peek().EnqueuedAt < longest.Peek().EnqueuedAt)
            {
                longest = line;
            }
        }

        return longest;
    }

    private Queue<BatchItem> LineOf(BatchItem item)
    {
        foreach (var line in _lines)
        {
            if (line.TryPeek(out var first) && first.Shape.CanJoin(item.Shape))
            {
                return line;
            }
        }

        var own = new Queue<BatchItem>();
        _lines.Add(own);
        return own;
    }
}
