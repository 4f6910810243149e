using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Naming;

/// <summary>A day, and the zone in which it is that day.</summary>
/// <param name="Zone">IANA name, for example <c>Asia/Shanghai</c>.</param>
public sealed record ConsoleDay(DateOnly Date, string Zone);

/// <summary>
/// The day that names get: by the server's clock, in the one zone that is set for the whole console. A team in two zones would else give one morning's
/// releases two dates, and a browser's clock may be wrong.
/// </summary>
public sealed class ConsoleClock(IDbContextFactory<AvaDbContext> contexts, AuditLog audit, AccessGuard guard, TimeProvider clock)
{
    private const string Action = "settings.time_zone_set";

    /// <summary>All names that <see cref="SetZoneAsync"/> takes, in order.</summary>
    public static IReadOnlyList<string> Zones { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId).Select(zone => zone.Id).Append("UTC").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public async Task<ConsoleDay> TodayAsync(CancellationToken ct)
    {
        var name = await GetZoneAsync(ct).ConfigureAwait(false);
        var zone = name.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var known) ? known : clock.LocalTimeZone;
        return new ConsoleDay(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime), zone.Id);
    }

    /// <summary>As it was set; empty for the server's.</summary>
    public async Task<string> GetZoneAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.Settings.Select(settings => settings.TimeZone).SingleOrDefaultAsync(ct).ConfigureAwait(false) ?? "";
    }

    /// <param name="zone">IANA name; empty for the server's.</param>
    public async Task<Result> SetZoneAsync(string zone, Actor actor, CancellationToken ct)
    {
        if (await guard.CheckAsync(actor, Permission.Administer, Action, AuditSubjects.Settings, null, "", ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        if (zone.Length > 0 && !(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) && known.HasIanaId))
        {
            return new InvalidError(nameof(ConsoleSettings.TimeZone), "settings.time_zone_unknown", zone);
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.Settings.SingleOrDefaultAsync(ct).ConfigureAwait(false) is not { } settings)
        {
            return new ConflictError("account.not_initialized");
        }

        if (settings.TimeZone != zone)
        {
            audit.Add(db, actor, Action, AuditSubjects.Settings, null, "", new { timeZone = settings.TimeZone }, new { timeZone = zone });
            settings.TimeZone = zone;
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
        }

        return Result.Success;
    }
}
