using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Naming;

/// <summary>An open page.</summary>
/// <param name="Person">Who has it open.</param>
public sealed record NameHolder(Guid Page, string Person);

/// <summary>
/// Reserves names for pages that are open: a page holds one name of a scope, renews it while it is open, and gives it back when it closes; one that
/// vanished loses it after <see cref="Lifetime"/>.
/// </summary>
public sealed class NameReservations(IDbContextFactory<AvaDbContext> contexts, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>How often an open page renews: it may miss it twice.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(35);

    /// <summary>Commands of apps.</summary>
    public const string Apps = "apps";

    /// <summary>Names under which apps are deployed.</summary>
    public const string Instances = "instances";

    public const string Images = "images";

    public static string ReleasesOf(Guid appId) => $"releases/{appId:n}";

    /// <summary>Reserves the name that <paramref name="choose"/> picks beside those that others hold.</summary>
    /// <param name="choose">
    /// Gets the names that are held by others, and must look for those that exist only then: whoever creates the thing gives the reservation up
    /// afterwards, so that in this order a name is seen in one place or the other.
    /// </param>
    public async Task<string> ReserveAsync(string scope, NameHolder holder, Func<IReadOnlySet<string>, CancellationToken, Task<string>> choose, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        while (true)
        {
            var now = clock.GetUtcNow();
            await db.NameReservations.Where(one => one.ExpiresAt <= now).ExecuteDeleteAsync(ct).ConfigureAwait(false);
            var held = await db.NameReservations.AsNoTracking().Where(one => one.Scope == scope).ToListAsync(ct).ConfigureAwait(false);
            var mine = held.Where(one => one.Page == holder.Page).Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
            var name = await choose(held.Select(one => one.Name).Where(one => !mine.Contains(one)).ToHashSet(StringComparer.Ordinal), ct).ConfigureAwait(false);
            if (await TryTakeAsync(db, scope, name, holder, now + Lifetime, ct).ConfigureAwait(false))
            {
                await db.NameReservations.Where(one => one.Scope == scope && one.Page == holder.Page && one.Name != name).ExecuteDeleteAsync(ct).ConfigureAwait(false);
                return name;
            }
        }
    }

    /// <summary>
    /// Holds exactly this name of the scope for the page, instead of any other; null for none. False where somebody else holds it. Part of the caller's
    /// transaction, whose lock orders it against names that clash without being equal.
    /// </summary>
    internal async Task<bool> HoldAsync(AvaDbContext db, string scope, string? name, NameHolder holder, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.NameReservations.Where(one => one.ExpiresAt <= now).ExecuteDeleteAsync(ct).ConfigureAwait(false);
        await db.NameReservations.Where(one => one.Scope == scope && one.Page == holder.Page && one.Name != name).ExecuteDeleteAsync(ct).ConfigureAwait(false);
        return name is null || await TryTakeAsync(db, scope, name, holder, now + Lifetime, ct).ConfigureAwait(false);
    }

    /// <summary>What others than this page hold of a scope now.</summary>
    internal async Task<IReadOnlyList<NameReservation>> OfOthersAsync(AvaDbContext db, string scope, Guid page, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.NameReservations
            .AsNoTracking()
            .Where(one => one.Scope == scope && one.Page != page && one.ExpiresAt > now)
            .ToListAsync(ct)
            .ConfigureAwait(false);
    }

    /// <summary>Keeps a page's names for another <see cref="Lifetime"/>; false where it holds none any more.</summary>
    public async Task<bool> RenewAsync(Guid page, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.NameReservations
            .Where(one => one.Page == page && one.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.ExpiresAt, now + Lifetime), ct)
            .ConfigureAwait(false) > 0;
    }

    /// <summary>Gives a page's names back.</summary>
    public async Task ReleaseAsync(Guid page, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await db.NameReservations.Where(one => one.Page == page).ExecuteDeleteAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Who else holds the name now; null for nobody.</summary>
    internal async Task<NameReservation?> FindOtherAsync(AvaDbContext db, string scope, string name, Guid page, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.NameReservations
            .AsNoTracking()
            .SingleOrDefaultAsync(one => one.Scope == scope && one.Name == name && one.Page != page && one.ExpiresAt > now, ct)
            .ConfigureAwait(false);
    }

    /// <summary>False where somebody else was quicker.</summary>
    private static async Task<bool> TryTakeAsync(AvaDbContext db, string scope, string name, NameHolder holder, DateTimeOffset until, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO name_reservations (scope, name, page, holder_name, expires_at) VALUES ({scope}, {name}, {holder.Page}, {holder.Person}, {until})
             ON CONFLICT (scope, name) DO UPDATE SET expires_at = excluded.expires_at WHERE name_reservations.page = excluded.page
             """,
            ct).ConfigureAwait(false) > 0;
}
