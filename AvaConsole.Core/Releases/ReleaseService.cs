using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Images;
using AvaConsole.Core.Naming;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Releases;

/// <summary>Drafts of releases, and the plans that make them live. Never writes to the configuration store itself.</summary>
public sealed class ReleaseService(
    IDbContextFactory<AvaDbContext> contexts,
    ReleaseDrafts drafts,
    NameReservations reservations,
    ReleasePlanner releasePlanner,
    ChangePlanner changePlanner,
    LiveReleases live,
    AuditLog audit,
    AccessGuard guard,
    ConsoleEvents events,
    ConsoleClock clock)
{
    /// <summary>Newest first, with the phase each has in the live configuration.</summary>
    public async Task<IReadOnlyList<ReleaseSummary>> ListAsync(Guid appId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var rows = await db.Releases
            .AsNoTracking()
            .Where(release => release.AppId == appId)
            .OrderByDescending(release => release.CreatedAt)
            .Select(release => new
            {
                release.Id,
                release.App.Command,
                release.Version,
                release.State,
                release.Image,
                release.CreatedBy,
                release.CreatedAt,
                Verification = release.Verifications
                    .Where(run => run.ContentHash == release.ContentHash)
                    .OrderByDescending(run => run.CreatedAt)
                    .Select(run => (VerificationState?)run.State)
                    .FirstOrDefault(),
            })
            .ToListAsync(ct)
            .ConfigureAwait(false);
        if (rows.Count == 0)
        {
            return [];
        }

        var phases = (await live.TryReadAsync(rows[0].Command, ct).ConfigureAwait(false)).ToDictionary(release => release.Version, release => release.Document.Phase);
        return rows.ConvertAll(row => new ReleaseSummary(
            row.Id, row.Version, row.State, phases.GetValueOrDefault(row.Version), row.CreatedBy, row.CreatedAt, row.Verification)
        {
            Image = row.Image,
        });
    }

    /// <summary>With app, API version, package, verifications (newest first) and plans (newest first, with approvals).</summary>
    public async Task<Result<Release>> GetAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var release = await db.Releases
            .AsNoTracking()
            .AsSplitQuery()
            .WithParts()
            .Include(known => known.Verifications.OrderByDescending(run => run.CreatedAt))
            .Include(known => known.Plans.OrderByDescending(plan => plan.Number))
            .ThenInclude(plan => plan.Approvals.OrderBy(approval => approval.At))
            .SingleOrDefaultAsync(known => known.Id == id, ct)
            .ConfigureAwait(false);
        return release is null ? NotFound : release;
    }

    /// <summary>The release's phase in the live configuration; null where that does not hold it, or does not answer.</summary>
    public async Task<string?> GetPhaseAsync(string command, string version, CancellationToken ct)
    {
        var releases = await live.TryReadAsync(command, ct).ConfigureAwait(false);
        return releases.FirstOrDefault(release => release.Version == version)?.Document.Phase;
    }

    /// <summary>The next free version name of the app for an image today, reserved for the page that asks.</summary>
    public async Task<Result<VersionProposal>> ReserveVersionAsync(Guid appId, string image, NameHolder holder, CancellationToken ct)
    {
        if (!ImageReference.TryParse(image.Trim(), out var reference))
        {
            return new InvalidError(nameof(ReleaseRequest.Image), "release.image_invalid");
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.Apps.Where(app => app.Id == appId).Select(app => app.Command).SingleOrDefaultAsync(ct).ConfigureAwait(false) is not { } command)
        {
            return new NotFoundError("app.not_found");
        }

        var today = await clock.TodayAsync(ct).ConfigureAwait(false);
        var version = new AppVersion(today.Date, VersionNames.ImageVersionOf(reference), 0);
        var isLive = (await live.TryReadAsync(command, ct).ConfigureAwait(false)).Select(release => release.Version).ToHashSet(StringComparer.Ordinal);
        await reservations.ReserveAsync(NameReservations.ReleasesOf(appId), holder, ChooseAsync, ct).ConfigureAwait(false);
        return new VersionProposal(version.ToString(), version.Date, version.ImageVersion, version.Sequence);

        async Task<string> ChooseAsync(IReadOnlySet<string> reserved, CancellationToken stop)
        {
            var taken = await db.Releases.Where(release => release.AppId == appId).Select(release => release.Version).ToListAsync(stop).ConfigureAwait(false);
            version = (version with { Sequence = 0 }).NextFree(name => reserved.Contains(name) || isLive.Contains(name) || taken.Contains(name));
            return version.ToString();
        }
    }

    public Task<Result<Release>> CreateAsync(Guid appId, ReleaseRequest request, Actor actor, CancellationToken ct) =>
        drafts.CreateAsync(appId, request, actor, ct);

    /// <summary>Drafts only (<c>release.immutable</c> otherwise); <c>release.draft_moved</c> where somebody else saved since.</summary>
    public Task<Result<Release>> UpdateAsync(Guid id, ReleaseRequest request, int baseRevision, Actor actor, CancellationToken ct) =>
        drafts.UpdateAsync(id, request, baseRevision, actor, ct);

    /// <summary>What submitting would write now.</summary>
    public Task<Result<PlanPreview>> PreviewSubmitAsync(Guid id, Actor actor, CancellationToken ct) => PreviewAsync(id, PlanSubmitAsync, actor, ct);

    /// <summary>
    /// Fixes the release and proposes its plan. Refused without passed evidence for exactly this content (<c>release.not_verified</c>), or
    /// where the plan differs from the previewed one (<c>change.preview_outdated</c>).
    /// </summary>
    public Task<Result<ChangePlan>> SubmitAsync(Guid id, string reason, string previewedHash, Actor actor, CancellationToken ct) =>
        ProposeAsync(id, PlanSubmitAsync, "release.submitted", reason, previewedHash, actor, ct);

    /// <summary>Staging → grey → production. The release that holds the phase now is retired in the same transaction.</summary>
    public Task<Result<PlanPreview>> PreviewPromoteAsync(Guid id, string toPhase, Actor actor, CancellationToken ct) =>
        PreviewAsync(id, PlanPromoteAsync(toPhase), actor, ct);

    public Task<Result<ChangePlan>> PromoteAsync(Guid id, string toPhase, string reason, string previewedHash, Actor actor, CancellationToken ct) =>
        ProposeAsync(id, PlanPromoteAsync(toPhase), "release.promotion_proposed", reason, previewedHash, actor, ct);

    /// <summary>Makes an earlier, retired release live in production again. Deletes nothing.</summary>
    public Task<Result<PlanPreview>> PreviewRollbackAsync(Guid toReleaseId, Actor actor, CancellationToken ct) => PreviewAsync(toReleaseId, PlanRollbackAsync, actor, ct);

    public Task<Result<ChangePlan>> RollbackAsync(Guid toReleaseId, string reason, string previewedHash, Actor actor, CancellationToken ct) =>
        ProposeAsync(toReleaseId, PlanRollbackAsync, "release.rollback_proposed", reason, previewedHash, actor, ct);

    private async Task<Result<PlanPreview>> PlanSubmitAsync(AvaDbContext db, Release release, CancellationToken ct)
    {
        // Submitted without an open plan: its plan conflicted, and is proposed anew with the same content.
        if (release.State is not (ReleaseState.Draft or ReleaseState.Submitted))
        {
            return new ConflictError("release.immutable", release.Version);
        }

        if (release.ApiVersion is { } version && await ApiVersionGate.CheckAsync(db, version, ct).ConfigureAwait(false) is { } refused)
        {
            return refused;
        }

        return await db.IsVerifiedAsync(release, ct).ConfigureAwait(false)
            ? await releasePlanner.SubmitAsync(release, await db.WarmUpCasesAsync(release.AppId, ct).ConfigureAwait(false), ct).ConfigureAwait(false)
            : new ConflictError("release.not_verified", release.Version);
    }

    private Func<AvaDbContext, Release, CancellationToken, Task<Result<PlanPreview>>> PlanPromoteAsync(string toPhase) =>
        (_, release, ct) => releasePlanner.PromoteAsync(release.App.Command, release.Version, toPhase, ct);

    private async Task<Result<PlanPreview>> PlanRollbackAsync(AvaDbContext db, Release release, CancellationToken ct)
    {
        var preview = await releasePlanner.RollbackAsync(release.App.Command, release.Version, ct).ConfigureAwait(false);
        return preview.IsSuccess && !await db.WasInProductionAsync(release, ct).ConfigureAwait(false)
            ? new ConflictError("release.never_in_production", release.Version)
            : preview;
    }

    private async Task<Result<PlanPreview>> PreviewAsync(
        Guid id, Func<AvaDbContext, Release, CancellationToken, Task<Result<PlanPreview>>> plan, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.Release))
        {
            return new ForbiddenError("permission.denied", nameof(Permission.Release));
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var release = await db.Releases.AsNoTracking().WithParts().SingleOrDefaultAsync(known => known.Id == id, ct).ConfigureAwait(false);
        return release is null ? NotFound : await CheckAsync(db, release, plan, ct).ConfigureAwait(false);
    }

    private async Task<Result<ChangePlan>> ProposeAsync(
        Guid id,
        Func<AvaDbContext, Release, CancellationToken, Task<Result<PlanPreview>>> makePlan,
        string action,
        string reason,
        string previewedHash,
        Actor actor,
        CancellationToken ct)
    {
        if (await guard.CheckAsync(actor, Permission.Release, action, AuditSubjects.Release, id, "", ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        if (Text.Refuse("Reason", reason) is { } unfit)
        {
            return unfit;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await using var transaction = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);

        // A release and the withdrawal of its API version look for each other; one at a time, or neither finds the other.
        await db.LockAsync(DatabaseLocks.Publications, ct).ConfigureAwait(false);
        if (await db.Releases.WithParts().SingleOrDefaultAsync(known => known.Id == id, ct).ConfigureAwait(false) is not { } release)
        {
            return NotFound;
        }

        var preview = await CheckAsync(db, release, makePlan, ct).ConfigureAwait(false);
        if (!preview.IsSuccess)
        {
            return preview.Error;
        }

        if (preview.Value.ContentHash != previewedHash)
        {
            return new ConflictError("change.preview_outdated");
        }

        var plan = changePlanner.Propose(preview.Value, release.AppId, release.Id, reason, actor);
        if (await SaveAsync(db, release, plan, action, actor, ct).ConfigureAwait(false) is { } moved)
        {
            return moved;
        }

        await transaction.CommitAsync(ct).ConfigureAwait(false);
        events.Publish("change", plan.Id);
        events.Publish("release", release.Id);
        return plan;
    }

    private static async Task<Result<PlanPreview>> CheckAsync(
        AvaDbContext db, Release release, Func<AvaDbContext, Release, CancellationToken, Task<Result<PlanPreview>>> plan, CancellationToken ct) =>
        await db.OpenPlanAsync(release.Id, ct).ConfigureAwait(false) is { } number
            ? new ConflictError("release.plan_pending", number)
            : await plan(db, release, ct).ConfigureAwait(false);

    private async Task<Error?> SaveAsync(AvaDbContext db, Release release, ChangePlan plan, string action, Actor actor, CancellationToken ct)
    {
        if (plan.Kind == ChangeKind.Release)
        {
            release.State = ReleaseState.Submitted;
        }

        // Two proposals about one release at the same moment both want this revision; the second gets none.
        release.Revision++;
        db.Plans.Add(plan);
        try
        {
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ConflictError("release.draft_moved", release.UpdatedAt);
        }

        // Only now the plan has its number.
        var name = $"{release.App.Command} {release.Version}";
        audit.Add(db, actor, action, AuditSubjects.Release, release.Id, name, after: new { plan = plan.Number, reason = plan.Reason, contentHash = release.ContentHash });
        audit.Add(db, actor, "change.proposed", AuditSubjects.Change, plan.Id, ChangeNames.Of(plan), after: ChangeContent.Describe(plan));
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        return null;
    }

    private static NotFoundError NotFound => new("release.not_found");
}
