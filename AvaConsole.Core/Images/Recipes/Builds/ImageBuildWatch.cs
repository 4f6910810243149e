using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Core.Images.Recipes.Builds;

/// <summary>Stands beside a running build: tells pages of its log, saves it now and then, and notices that somebody ended it, maybe at another console.</summary>
internal sealed class ImageBuildWatch(Guid build, Guid recipe, IDbContextFactory<AvaDbContext> contexts, ConsoleEvents events, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(400);

    /// <summary>Ticks between two saves of a short log; a long one is saved less often.</summary>
    private const int SaveEvery = 5;

    private const int LongLog = 256 * 1024;

    private int _told;
    private int _saved;

    public Guid Build => build;

    public BuildLog Log { get; } = new();

    /// <summary>Until <paramref name="ending"/> is cancelled, which it does itself where the build is to end.</summary>
    public async Task RunAsync(CancellationTokenSource ending)
    {
        try
        {
            using var timer = new PeriodicTimer(s_tick, clock);
            for (var tick = 1; await timer.WaitForNextTickAsync(ending.Token).ConfigureAwait(false); tick++)
            {
                Tell();
                await using var db = await contexts.CreateDbContextAsync(ending.Token).ConfigureAwait(false);
                if (!await db.ImageBuilds.Where(known => known.Id == build).AnyAsync(ImageBuildQueries.IsRunning, ending.Token).ConfigureAwait(false))
                {
                    await ending.CancelAsync().ConfigureAwait(false);
                }
                else if (tick % SaveEvery == 0)
                {
                    await SaveAsync(db, tick, ending.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The build is over.
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "Image build {BuildId} can no longer be cancelled", build);
        }
    }

    private void Tell()
    {
        if (_told != Log.Version)
        {
            _told = Log.Version;
            events.Publish(ImageBuildService.Topic, recipe);
        }
    }

    private async Task SaveAsync(AvaDbContext db, int tick, CancellationToken ct)
    {
        if (_saved == Log.Version)
        {
            return;
        }

        var (version, text) = (Log.Version, Log.ToString());
        if (text.Length < LongLog || tick % (SaveEvery * 10) == 0)
        {
            await db.ImageBuilds.Where(known => known.Id == build).ExecuteUpdateAsync(set => set.SetProperty(known => known.Log, text), ct).ConfigureAwait(false);
            _saved = version;
        }
    }
}
