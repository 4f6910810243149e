using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Core.Deployments;

/// <summary>Writes down every few seconds what this process's host did.</summary>
public sealed class HostFiguresRecorder(IFiguresSource source, HostFiguresService figures, TimeProvider clock, ILogger<HostFiguresRecorder> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_pruneEvery = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (started, pruned) = (clock.GetTimestamp(), DateTimeOffset.MinValue);
        source.Take();
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                var taken = source.Take();
                (taken.At, taken.Seconds, started) = (clock.GetUtcNow(), clock.GetElapsedTime(started).TotalSeconds, clock.GetTimestamp());
                await GuardAsync(() => figures.AddAsync(taken, stoppingToken)).ConfigureAwait(false);
                if (taken.At - pruned > s_pruneEvery)
                {
                    await GuardAsync(() => figures.PruneAsync(stoppingToken)).ConfigureAwait(false);
                    pruned = taken.At;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The console stops.
        }
    }

    /// <summary>The database may be away: a gap in a chart, nothing more.</summary>
    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogWarning(exception, "The host's figures could not be written down");
        }
    }
}
