using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>
/// Refreshes the index of each registry when it is due, a few registries at a time. A lock in the database keeps two consoles from refreshing the same
/// one; a console that dies lets it go with its connection, and another goes on where it stopped.
/// </summary>
public sealed class CatalogueRefresher(
    IDbContextFactory<AvaDbContext> contexts, NpgsqlDataSource database, RegistryAccess access, ConsoleEvents events, TimeProvider clock, ILogger<CatalogueRefresher> logger)
    : EventedWorker(events, RegistryService.Topic, logger)
{
    private const int AtOnce = 3;

    /// <summary>A registry that has had enough and names no more than a moment is left alone for this long.</summary>
    private static readonly TimeSpan s_leastPause = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Guid, Task> _running = [];

    /// <summary>Refreshes one that is due; false where none is, or others are at it.</summary>
    internal async Task<bool> RunOnceAsync(CancellationToken ct)
    {
        foreach (var id in await ListDueAsync(ct).ConfigureAwait(false))
        {
            if (await TryRefreshAsync(id, ct).ConfigureAwait(false)) return true;
        }

        return false;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await base.ExecuteAsync(stoppingToken).ConfigureAwait(false);
        await Task.WhenAll(_running.Values).ConfigureAwait(false);
    }

    protected override async Task WorkAsync(CancellationToken ct)
    {
        foreach (var (id, _) in _running.Where(pair => pair.Value.IsCompleted).ToList()) _running.Remove(id);
        foreach (var id in await ListDueAsync(ct).ConfigureAwait(false))
        {
            if (_running.Count < AtOnce && !_running.ContainsKey(id)) _running[id] = RefreshGuardedAsync(id, ct);
        }
    }

    private async Task RefreshGuardedAsync(Guid id, CancellationToken ct)
    {
        try
        {
            await TryRefreshAsync(id, ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The next console goes on where this one stopped.
        }
        catch (Exception exception)
        {
            Logger.LogError(exception, "The refresh of registry {RegistryId} broke off", id);
            await PutOffAsync(id).ConfigureAwait(false);
        }
    }

    private async Task<List<Guid>> ListDueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.ImageRegistries
            .Where(registry => registry.Enabled && registry.NextRefreshAt <= now)
            .OrderBy(registry => registry.NextRefreshAt)
            .Select(registry => registry.Id)
            .ToListAsync(ct)
            .ConfigureAwait(false);
    }

    private async Task<bool> TryRefreshAsync(Guid id, CancellationToken ct)
    {
        await using var held = await RefreshLock.TryTakeAsync(database, id, ct).ConfigureAwait(false);
        if (held is null) return false;
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        // Another console may have been at it between the two questions.
        var registry = await db.ImageRegistries.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id && known.Enabled && known.NextRefreshAt <= now, ct).ConfigureAwait(false);
        if (registry is null) return false;

        var (stopped, report) = await RefreshAsync(registry, ct).ConfigureAwait(false);
        await EndAsync(db, registry, report, NextAfter(registry, stopped), ct).ConfigureAwait(false);
        return true;
    }

    private async Task<(Error? Stopped, RefreshReport Report)> RefreshAsync(ImageRegistry registry, CancellationToken ct)
    {
        var endpoint = access.Find(registry);
        if (endpoint.IsSuccess)
        {
            var index = new IndexWriter(contexts, clock, registry.Id, registry.Revision);
            return await new RegistryRefresh(registry, endpoint.Value, access, index, Events, clock).RunAsync(ct).ConfigureAwait(false);
        }

        var (code, args) = IndexWriter.TextsOf(endpoint.Error);
        var now = clock.GetUtcNow();
        return (endpoint.Error, registry.Refresh with { StartedAt = now, EndedAt = now, ErrorCode = code, ErrorArgs = args });
    }

    /// <summary>A little later than it should be, so that registries of one console, or consoles of one registry, do not come all at once.</summary>
    private DateTimeOffset NextAfter(ImageRegistry registry, Error? stopped)
    {
        var pause = stopped is BusyError busy ? Max(TimeSpan.FromSeconds(busy.RetryAfterSeconds), s_leastPause) : TimeSpan.FromMinutes(registry.RefreshMinutes);
        return clock.GetUtcNow() + pause + pause * 0.1 * Random.Shared.NextDouble();
    }

    private async Task EndAsync(AvaDbContext db, ImageRegistry registry, RefreshReport report, DateTimeOffset next, CancellationToken ct)
    {
        // An edit in between has set its own time, and under another address begun another report.
        await db.ImageRegistries.Where(known => known.Id == registry.Id && known.Address == registry.Address)
            .ExecuteUpdateAsync(set => set.SetProperty(known => known.Refresh, report), ct).ConfigureAwait(false);
        await db.ImageRegistries.Where(known => known.Id == registry.Id && known.Revision == registry.Revision)
            .ExecuteUpdateAsync(set => set.SetProperty(known => known.NextRefreshAt, next), ct).ConfigureAwait(false);
        await IndexWriter.RemoveUnusedImagesAsync(db, ct).ConfigureAwait(false);
        Events.Publish(RegistryService.Topic, registry.Id);
    }

    /// <summary>What broke off once would break off again at once.</summary>
    private async Task PutOffAsync(Guid id)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync().ConfigureAwait(false);
            var (now, next) = (clock.GetUtcNow(), clock.GetUtcNow() + TimeSpan.FromMinutes(RegistryRules.MinMinutes));
            if (await db.ImageRegistries.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id).ConfigureAwait(false) is not { } registry) return;
            var report = registry.Refresh with { EndedAt = now, Current = "", ErrorCode = "registry.refresh_broke_off", ErrorArgs = [] };
            await db.ImageRegistries.Where(known => known.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(known => known.Refresh, report).SetProperty(known => known.NextRefreshAt, next)).ConfigureAwait(false);
            Events.Publish(RegistryService.Topic, id);
        }
        catch (Exception exception)
        {
            Logger.LogWarning(exception, "The refresh of registry {RegistryId} could not be put off", id);
        }
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
