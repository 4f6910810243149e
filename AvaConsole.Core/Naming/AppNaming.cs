using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Core.Naming;

/// <summary>Names for apps, beside every name that exists, is live, or is about to be one of both.</summary>
public sealed class AppNaming(
    IDbContextFactory<AvaDbContext> contexts, IConfigStore store, NameReservations reservations, IConsoleAddress address, TimeProvider clock, ILogger<AppNaming> logger)
{
    // While somebody types, the whole configuration is not read again with every letter.
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(3);

    private (DateTimeOffset Until, IReadOnlySet<string> Commands)? _live;

    /// <summary>What is to be said of an app's names; the page that asks holds both from then on, if they are free.</summary>
    /// <param name="holder">Null only to look.</param>
    internal Task<AppNameVerdict> CheckAsync(AppNameQuery query, NameHolder? holder, CancellationToken ct) => HoldAsync(query, holder, AppNameRules.Judge, ct);

    /// <summary>The same with another command where this one is not free, so that the page holds one in any case where there is one.</summary>
    internal Task<AppNameVerdict> TakeFreeAsync(AppNameQuery query, NameHolder holder, CancellationToken ct) => HoldAsync(query, holder, AppNameRules.JudgeFree, ct);

    /// <summary>Commands that have keys in the live configuration.</summary>
    /// <exception cref="ConfigStoreUnavailableException"/>
    internal async Task<IReadOnlySet<string>> ReadLiveAsync(CancellationToken ct)
    {
        var commands = new HashSet<string>(StringComparer.Ordinal);
        foreach (var prefix in (string[])[ConfigKey.AppMetadataPrefix, ConfigKey.AppReleasePrefix, ConfigKey.WorkerPrefix])
        {
            var range = await store.RangeAsync(prefix, ct).ConfigureAwait(false);
            commands.UnionWith(range.Entries.Select(entry => ConfigKey.AppOf(entry.Key)));
        }

        commands.Remove("");
        _live = (clock.GetUtcNow() + s_fresh, commands);
        return commands;
    }

    /// <summary>Within the transaction that creates the app, which holds the lock of apps.</summary>
    /// <param name="page">The page that may hold the names; empty for none.</param>
    internal async Task<AppNameVerdict> CheckAsync(AvaDbContext db, AppNameQuery query, IReadOnlySet<string> live, Guid page, CancellationToken ct) =>
        AppNameRules.Judge(query, await ReadTakenAsync(db, live, page, ct).ConfigureAwait(false));

    private async Task<AppNameVerdict> HoldAsync(AppNameQuery query, NameHolder? holder, Func<AppNameQuery, TakenAppNames, AppNameVerdict> judge, CancellationToken ct)
    {
        var live = await TryReadLiveAsync(ct).ConfigureAwait(false);
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await using var transaction = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);

        // Names that begin alike are not equal, so that no unique index keeps two pages from holding them.
        await db.LockAsync(DatabaseLocks.Apps, ct).ConfigureAwait(false);
        var verdict = judge(query, await ReadTakenAsync(db, live ?? new HashSet<string>(), holder?.Page ?? Guid.Empty, ct).ConfigureAwait(false));
        if (holder is not null)
        {
            var isFree = verdict.Problems.Count == 0;
            await reservations.HoldAsync(db, NameReservations.Apps, isFree ? verdict.Name : null, holder, ct).ConfigureAwait(false);
            await reservations.HoldAsync(db, NameReservations.Instances, isFree ? verdict.Instance : null, holder, ct).ConfigureAwait(false);
        }

        await transaction.CommitAsync(ct).ConfigureAwait(false);
        verdict = live is null ? verdict with { Warnings = [.. verdict.Warnings, new Problem("", "app.names_live_unknown")] } : verdict;
        return AppName.CheckAlone(verdict.Name) is null ? NameUses.OfApp(verdict, address.PublicUrl) : verdict;
    }

    private async Task<IReadOnlySet<string>?> TryReadLiveAsync(CancellationToken ct)
    {
        if (_live is { } known && known.Until > clock.GetUtcNow())
        {
            return known.Commands;
        }

        try
        {
            return await ReadLiveAsync(ct).ConfigureAwait(false);
        }
        catch (ConfigStoreUnavailableException exception)
        {
            logger.LogWarning(exception, "The configuration store does not answer; names are not held against what is live");
            return null;
        }
    }

    private async Task<TakenAppNames> ReadTakenAsync(AvaDbContext db, IReadOnlySet<string> live, Guid page, CancellationToken ct)
    {
        var apps = await db.Apps.AsNoTracking().OrderBy(app => app.Command).Select(app => new { app.Command, app.InstanceName, app.OwnerName }).ToListAsync(ct).ConfigureAwait(false);
        var known = apps.Select(app => app.Command).ToHashSet(StringComparer.Ordinal);
        var plans = await db.Plans
            .AsNoTracking()
            .Where(plan => plan.State == ChangeState.AwaitingApproval || plan.State == ChangeState.Approved || plan.State == ChangeState.Applying)
            .Select(plan => new { plan.Number, plan.ProposedBy, plan.Operations })
            .ToListAsync(ct)
            .ConfigureAwait(false);
        var planned = plans
            .SelectMany(plan => plan.Operations.Select(operation => new TakenName(ConfigKey.AppOf(operation.Key), TakenBy.Plan, $"#{plan.Number}, {plan.ProposedBy}")))
            .Where(taken => taken.Name.Length > 0 && !known.Contains(taken.Name) && !live.Contains(taken.Name));
        var commands = await reservations.OfOthersAsync(db, NameReservations.Apps, page, ct).ConfigureAwait(false);
        var instances = await reservations.OfOthersAsync(db, NameReservations.Instances, page, ct).ConfigureAwait(false);
        return new TakenAppNames(
            [
                .. apps.Select(app => new TakenName(app.Command, TakenBy.App, app.OwnerName)),
                .. live.Where(command => !known.Contains(command)).Order(StringComparer.Ordinal).Select(command => new TakenName(command, TakenBy.Live, "")),
                .. planned,
                .. commands.Select(held => new TakenName(held.Name, TakenBy.Reserved, held.HolderName)),
            ],
            [
                .. apps.Select(app => new TakenName(app.InstanceName, TakenBy.App, app.Command)),
                .. instances.Select(held => new TakenName(held.Name, TakenBy.Reserved, held.HolderName)),
            ]);
    }
}
