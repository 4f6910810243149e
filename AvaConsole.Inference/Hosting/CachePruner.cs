using AvaConsole.Inference.Packages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AvaConsole.Inference.Hosting;

/// <summary>
/// Removes what the host has unpacked and fetched and needs no more: at start, as soon as the live configuration is known, and hourly. Never
/// what a model in memory or a load under way uses, and never what the live configuration may still need.
/// </summary>
internal sealed class CachePruner(
    ModelHost host, PackageCache packages, CustomFileCache customFiles, IOptions<InferenceOptions> options, TimeProvider clock, ILogger<CachePruner> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Without it everything would look unneeded.
            await host.Known.WaitAsync(stoppingToken).ConfigureAwait(false);
            using var timer = new PeriodicTimer(s_interval, clock);
            do
            {
                await Task.Factory.StartNew(Prune, stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The console stops.
        }
    }

    private void Prune()
    {
        try
        {
            var age = TimeSpan.FromDays(options.Value.CacheDays);
            var needed = host.Needed;
            var removed = packages.Prune(needed.Packages, age) + customFiles.Prune(needed.CustomFiles, age);
            if (removed > 0)
            {
                logger.LogInformation("{Count} entries unused for {Days} days were removed from the cache", removed, options.Value.CacheDays);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(exception, "The cache was not cleared of what is not needed");
        }
    }
}

/// <summary>What of the caches the live configuration may still need.</summary>
/// <param name="Packages">Digests of the packages of releases that are served, or should be.</param>
/// <param name="CustomFiles">Keys of the custom files of all releases, retired ones too: a rollback needs them, and their source may be gone by then.</param>
internal sealed record NeededEntries(IReadOnlySet<string> Packages, IReadOnlySet<string> CustomFiles);
