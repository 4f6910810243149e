using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Deployments;

/// <summary>Stores and reads what hosts did. They are history, so they are in Postgres and not in the configuration store.</summary>
public sealed class HostFiguresService(IDbContextFactory<AvaDbContext> contexts, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private const int Steps = 120;

    /// <summary>Every host that reported within the window, by name; at most 120 points each.</summary>
    /// <param name="app">Counts this app's models only; null for all.</param>
    public async Task<IReadOnlyList<HostSeries>> ReadAsync(TimeSpan window, string? app, CancellationToken ct)
    {
        var from = clock.GetUtcNow() - window;
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var rows = await db.HostFigures.AsNoTracking().Where(row => row.At > from).OrderBy(row => row.At).ToListAsync(ct).ConfigureAwait(false);
        var step = TimeSpan.FromTicks(Math.Max(HostFiguresRecorder.Interval.Ticks, window.Ticks / Steps));
        return [.. rows.GroupBy(row => row.Host, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => HostSeries.From(group.Key, group, step, app))];
    }

    internal async Task AddAsync(HostFigures figures, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        db.HostFigures.Add(figures);
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
    }

    internal async Task PruneAsync(CancellationToken ct)
    {
        var oldest = clock.GetUtcNow() - Kept;
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await db.HostFigures.Where(row => row.At < oldest).ExecuteDeleteAsync(ct).ConfigureAwait(false);
    }
}
