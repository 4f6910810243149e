using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Schemas.Lint;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Schemas.Publication;

/// <summary>The plans that publish versions into the live configuration and withdraw them. Never writes to the configuration store itself.</summary>
public sealed class PublicationService(
    IDbContextFactory<AvaDbContext> contexts, PublicationPlanner publications, ChangePlanner planner, AuditLog audit, AccessGuard guard, ConsoleEvents events)
{
    private const string Proposed = "change.proposed";

    /// <summary>What proposing would write now.</summary>
    public async Task<Result<PublicationPreview>> PreviewAsync(Guid versionId, PublicationStep step, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.DesignApi))
        {
            return new ForbiddenError("permission.denied", nameof(Permission.DesignApi));
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await FindAsync(db, versionId, ct).ConfigureAwait(false) is { } version
            ? await PlanAsync(db, version, step, ct).ConfigureAwait(false)
            : new NotFoundError("api.version_not_found");
    }

    /// <summary>
    /// Proposes what was previewed; <c>change.preview_outdated</c> where that would be another plan now. A version with a smaller number
    /// than its changes call for is proposed with the reason it was made with, unless another is given; without any it is refused.
    /// </summary>
    public async Task<Result<ChangePlan>> ProposeAsync(Guid versionId, PublicationStep step, string reason, string previewedHash, Actor actor, CancellationToken ct)
    {
        if (await guard.CheckAsync(actor, Permission.DesignApi, Proposed, AuditSubjects.Change, null, "", ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        if (Text.Refuse("Reason", reason) is { } unfit)
        {
            return unfit;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await using var transaction = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);

        // One proposal about published versions at a time: the rules below look at other plans.
        await db.LockAsync(DatabaseLocks.Publications, ct).ConfigureAwait(false);
        if (await FindAsync(db, versionId, ct).ConfigureAwait(false) is not { } version)
        {
            return new NotFoundError("api.version_not_found");
        }

        var preview = await PlanAsync(db, version, step, ct).ConfigureAwait(false);
        if (!preview.IsSuccess)
        {
            return preview.Error;
        }

        if (preview.Value.Plan.ContentHash != previewedHash)
        {
            return new ConflictError("change.preview_outdated");
        }

        var why = string.IsNullOrWhiteSpace(reason) ? version.SmallerReason : reason;
        var plan = planner.Propose(preview.Value.Plan, null, null, why, actor);
        (plan.ApiVersionId, plan.Subject) = (version.Id, $"{version.Api.Name} {version.Version}");
        (plan.NoticeCode, plan.NoticeArgs) = (preview.Value.NoticeCode, [.. preview.Value.NoticeArgs]);
        db.Plans.Add(plan);
        await db.SaveChangesAsync(ct).ConfigureAwait(false);

        // Only now the plan has its number.
        audit.Add(db, actor, Proposed, AuditSubjects.Change, plan.Id, ChangeNames.Of(plan), after: ChangeContent.Describe(plan));
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        events.Publish("change", plan.Id);
        events.Publish("api", version.ApiId);
        return plan;
    }

    private async Task<Result<PublicationPreview>> PlanAsync(AvaDbContext db, ApiVersion version, PublicationStep step, CancellationToken ct)
    {
        if (await db.OpenPublicationAsync(version.Id, ct).ConfigureAwait(false) is { } open)
        {
            return new ConflictError("publication.plan_pending", open);
        }

        if (step == PublicationStep.Withdraw)
        {
            return await db.OpenReleaseOfAsync(version.Id, ct).ConfigureAwait(false) is { } release
                ? new ConflictError("publication.release_pending", version.Version, release)
                : await publications.WithdrawAsync(version, ct).ConfigureAwait(false);
        }

        var settings = await db.GetLintSettingsAsync(version.Schema.Group, version.Schema.Project, ct).ConfigureAwait(false);
        return SchemaLint.Errors(SchemaLint.Check(version.Schema, settings)) is { Count: > 0 } problems
            ? new InvalidError(problems)
            : await publications.PublishAsync(version, ct).ConfigureAwait(false);
    }

    private static Task<ApiVersion?> FindAsync(AvaDbContext db, Guid id, CancellationToken ct) =>
        db.ApiVersions.AsNoTracking().Include(version => version.Api).SingleOrDefaultAsync(version => version.Id == id, ct);
}
