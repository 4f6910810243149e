using Microsoft.Extensions.Logging;

namespace AvaConsole.Core.Common;

/// <summary>Something that pages may want to show at once changed in this process. Other consoles' changes are found by polling.</summary>
/// <param name="Topic"><c>api</c>, <c>app</c>, <c>benchmark</c>, <c>release</c>, <c>verification</c>, <c>change</c>, <c>hosts</c>, <c>lint</c>, <c>presence</c>, <c>recipe</c>, <c>image-build</c>, <c>registry</c>, <c>sampling</c>.</param>
/// <param name="Id">The thing that changed, where it is one.</param>
/// <param name="Page">The page that changed it, where one says so: it need not look again at what it did itself.</param>
public sealed record ConsoleEvent(string Topic, Guid? Id, Guid? Page = null);

/// <summary>In-process publish and subscribe. Handlers run on the publisher's thread: hand over at once (<c>InvokeAsync</c>).</summary>
public sealed class ConsoleEvents(ILogger<ConsoleEvents> logger)
{
    private readonly Lock _lock = new();
    private Action<ConsoleEvent>[] _handlers = [];

    public IDisposable Subscribe(Action<ConsoleEvent> handler)
    {
        lock (_lock)
        {
            _handlers = [.. _handlers, handler];
        }

        return new Subscription(this, handler);
    }

    public void Publish(string topic, Guid? id = null, Guid? page = null)
    {
        foreach (var handler in _handlers)
        {
            try
            {
                handler(new ConsoleEvent(topic, id, page));
            }
            catch (Exception exception)
            {
                // One page's fault must not keep the news from the others, nor fail the service that published it.
                logger.LogError(exception, "A subscriber to {Topic} failed", topic);
            }
        }
    }

    private sealed class Subscription(ConsoleEvents owner, Action<ConsoleEvent> handler) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._lock)
            {
                owner._handlers = owner._handlers.Where(known => known != handler).ToArray();
            }
        }
    }
}
