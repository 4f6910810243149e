using System.Collections.Concurrent;

namespace AvaConsole.Inference.Hosting;

/// <summary>Apps that are taken out of service on this host. Orders come from any thread; the host's loop takes them and asks.</summary>
internal sealed class Withheld
{
    private readonly HashSet<string> _apps = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<WithholdOrder> _orders = new();

    /// <summary>Completes when the loop has obeyed.</summary>
    public Task Order(string app, bool serve)
    {
        var order = new WithholdOrder(app, serve, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _orders.Enqueue(order);
        return order.Obeyed.Task;
    }

    /// <summary>For the loop: what was ordered since the last time, in that order.</summary>
    public List<WithholdOrder> Take()
    {
        var taken = new List<WithholdOrder>();
        while (_orders.TryDequeue(out var order))
        {
            taken.Add(order);
            _ = order.Serve ? _apps.Remove(order.App) : _apps.Add(order.App);
        }

        return taken;
    }

    /// <summary>For the loop.</summary>
    public bool Has(string app) => _apps.Contains(app);
}

/// <param name="Serve">Back into service; else out of it.</param>
internal sealed record WithholdOrder(string App, bool Serve, TaskCompletionSource Obeyed);
