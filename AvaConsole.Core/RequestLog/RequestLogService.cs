using System.Runtime.CompilerServices;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Releases;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.RequestLog;

/// <summary>Filter of an app's samples; nulls match everything.</summary>
/// <param name="Search">Part of the request id, the caller, the request or the answer.</param>
/// <param name="Failed">Only those with an error, or only those without.</param>
public sealed record RequestFilter(string? Search = null, string? Version = null, bool? Failed = null);

/// <summary>What was kept of an app's calls, and how much is to be kept. Calls hold what their callers sent: <see cref="Permission.ManageApps"/> for all of it.</summary>
public sealed class RequestLogService(IDbContextFactory<AvaDbContext> contexts, AuditLog audit, AccessGuard guard, ConsoleEvents events, TimeProvider clock)
{
    private const int MaxTake = 200;

    /// <summary>Null where nothing was ever asked for.</summary>
    public async Task<RequestSampling?> GetSamplingAsync(Guid appId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.RequestSampling.AsNoTracking().SingleOrDefaultAsync(known => known.AppId == appId, ct).ConfigureAwait(false);
    }

    /// <param name="share">Per cent, 0–100; 0 ends it and keeps what there is until it is old enough.</param>
    public async Task<Result<RequestSampling>> SetShareAsync(App app, decimal share, Actor actor, CancellationToken ct)
    {
        if (await DeniedAsync(app, "app.sampling_changed", actor, ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        if (share is < 0 or > 100)
        {
            return new InvalidError("Share", "requests.share_range", share);
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var sampling = await db.RequestSampling.SingleOrDefaultAsync(known => known.AppId == app.Id, ct).ConfigureAwait(false);
        var before = sampling?.Share ?? 0;
        if (sampling is null)
        {
            sampling = new RequestSampling { AppId = app.Id };
            db.RequestSampling.Add(sampling);
        }

        (sampling.Share, sampling.UpdatedBy, sampling.UpdatedAt) = (share, actor.Name, clock.GetUtcNow());
        audit.Add(db, actor, "app.sampling_changed", AuditSubjects.App, app.Id, app.Command, new { share = before }, new { share });
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        events.Publish("sampling", app.Id);
        return sampling;
    }

    /// <summary>Newest first.</summary>
    public async Task<Result<Page<RequestSample>>> ListAsync(Guid appId, RequestFilter filter, int skip, int take, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ManageApps))
        {
            return new ForbiddenError("permission.denied", nameof(Permission.ManageApps));
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var samples = Apply(filter, db.RequestSamples.AsNoTracking().Where(sample => sample.AppId == appId));
        var total = await samples.CountAsync(ct).ConfigureAwait(false);
        var items = await samples
            .OrderByDescending(sample => sample.At)
            .ThenByDescending(sample => sample.Id)
            .Skip(Math.Max(skip, 0))
            .Take(Math.Clamp(take, 0, MaxTake))
            .ToListAsync(ct)
            .ConfigureAwait(false);
        return new Page<RequestSample>(items, total);
    }

    /// <summary>All of them, oldest first, as they are read.</summary>
    public async IAsyncEnumerable<RequestSample> ReadAsync(Guid appId, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var samples = db.RequestSamples.AsNoTracking().Where(sample => sample.AppId == appId).OrderBy(sample => sample.At).ThenBy(sample => sample.Id);
        await foreach (var sample in samples.AsAsyncEnumerable().WithCancellation(ct).ConfigureAwait(false))
        {
            yield return sample;
        }
    }

    /// <returns>How many there were.</returns>
    public async Task<Result<int>> ClearAsync(App app, Actor actor, CancellationToken ct)
    {
        if (await DeniedAsync(app, "app.samples_deleted", actor, ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await using var transaction = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        var deleted = await db.RequestSamples.Where(sample => sample.AppId == app.Id).ExecuteDeleteAsync(ct).ConfigureAwait(false);
        audit.Add(db, actor, "app.samples_deleted", AuditSubjects.App, app.Id, app.Command, new { samples = deleted });
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        return deleted;
    }

    private Task<Error?> DeniedAsync(App app, string action, Actor actor, CancellationToken ct) =>
        guard.CheckAsync(actor, Permission.ManageApps, action, AuditSubjects.App, app.Id, app.Command, ct);

    private static IQueryable<RequestSample> Apply(RequestFilter filter, IQueryable<RequestSample> samples)
    {
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var pattern = SearchPattern.Contains(filter.Search);
            samples = samples.Where(sample => EF.Functions.ILike(sample.RequestId, pattern, SearchPattern.Escape)
                || EF.Functions.ILike(sample.Caller, pattern, SearchPattern.Escape)
                || EF.Functions.ILike(sample.Request, pattern, SearchPattern.Escape)
                || EF.Functions.ILike(sample.Answer, pattern, SearchPattern.Escape));
        }

        if (!string.IsNullOrWhiteSpace(filter.Version))
        {
            samples = samples.Where(sample => sample.Version == filter.Version);
        }

        return filter.Failed is { } failed ? samples.Where(sample => (sample.Error != "") == failed) : samples;
    }
}
