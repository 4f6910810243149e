using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Core.Common;

/// <summary>Looks for work at once when an event of its topic says that there is some, and now and then for what other consoles left in the database.</summary>
public abstract class EventedWorker(ConsoleEvents events, string topic, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(15);

    protected ConsoleEvents Events { get; } = events;

    protected ILogger Logger { get; } = logger;

    /// <summary>Does, or begins, what there is to do. What it throws is logged, and the next round tries again.</summary>
    protected abstract Task WorkAsync(CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var signal = new SemaphoreSlim(0);
        using var subscription = Events.Subscribe(happened =>
        {
            if (happened.Topic == topic && signal.CurrentCount == 0)
            {
                signal.Release();
            }
        });
        try
        {
            while (true)
            {
                await TryWorkAsync(stoppingToken).ConfigureAwait(false);
                await signal.WaitAsync(s_poll, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The console stops.
        }
    }

    private async Task TryWorkAsync(CancellationToken ct)
    {
        try
        {
            await WorkAsync(ct).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The database may be away.
            Logger.LogError(exception, "{Worker} could not do what is due", GetType().Name);
        }
    }
}
