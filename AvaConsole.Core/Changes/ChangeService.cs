using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Releases;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Changes;

/// <summary>Shows, decides, applies and records change plans. Nothing else leads to a write of the live configuration.</summary>
public sealed class ChangeService(
    IDbContextFactory<AvaDbContext> contexts, ChangeOutbox outbox, AuditLog audit, AccessGuard guard, ConsoleEvents events, TimeProvider clock)
{
    /// <param name="state">Null for all.</param>
    public async Task<IReadOnlyList<ChangePlan>> ListAsync(ChangeState? state, Guid? appId, int limit, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await WithEverything(db.Plans.AsNoTracking())
            .Where(plan => (state == null || plan.State == state) && (appId == null || plan.AppId == appId))
            .OrderByDescending(plan => plan.Number)
            .Take(Math.Clamp(limit, 0, 1000))
            .ToListAsync(ct)
            .ConfigureAwait(false);
    }

    /// <summary>With app, release, API version and approvals.</summary>
    public async Task<Result<ChangePlan>> GetAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var plan = await WithEverything(db.Plans.AsNoTracking()).Include(known => known.ApiVersion).SingleOrDefaultAsync(known => known.Id == id, ct).ConfigureAwait(false);
        return plan is null ? NotFound : plan;
    }

    /// <summary>Whether this actor may decide on the plan now; the error says why not.</summary>
    public async Task<Result> CanDecideAsync(Guid id, Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var plan = await db.Plans.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, ct).ConfigureAwait(false);
        var mode = await db.GetApprovalModeAsync(ct).ConfigureAwait(false);
        return new Result(plan is null ? NotFound : ApprovalRules.CheckDecision(plan, mode, actor));
    }

    /// <summary>Approves exactly <paramref name="contentHash"/>.</summary>
    public Task<Result<ChangePlan>> ApproveAsync(Guid id, string contentHash, string comment, Actor actor, CancellationToken ct) =>
        DecideAsync(id, contentHash, comment, approved: true, actor, ct);

    /// <summary>Ends the plan; a comment is required.</summary>
    public Task<Result<ChangePlan>> RejectAsync(Guid id, string contentHash, string comment, Actor actor, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(comment)
            ? Task.FromResult<Result<ChangePlan>>(new InvalidError("Comment", "change.comment_required"))
            : DecideAsync(id, contentHash, comment, approved: false, actor, ct);

    /// <summary>The proposer takes the plan back.</summary>
    public Task<Result<ChangePlan>> WithdrawAsync(Guid id, Actor actor, CancellationToken ct) =>
        // A designer proposes publications; whoever may propose may take back what they proposed.
        ChangeAsync(id, actor.Can(Permission.Release) ? Permission.Release : Permission.DesignApi, "change.withdrawn", actor, (db, plan) =>
        {
            if (plan.ProposedById != actor.AccountId)
            {
                return Task.FromResult<Error?>(new ForbiddenError("change.not_proposer", plan.ProposedBy));
            }

            if (plan.State is not (ChangeState.AwaitingApproval or ChangeState.Approved))
            {
                return Task.FromResult<Error?>(new ConflictError("change.not_open", plan.Number));
            }

            End(plan, ChangeState.Withdrawn);
            audit.Add(db, actor, "change.withdrawn", AuditSubjects.Change, plan.Id, ChangeNames.Of(plan));
            return Task.FromResult<Error?>(null);
        }, ct);

    /// <summary>Puts an approved plan into the outbox; the applier writes it. Returns at once with state <see cref="ChangeState.Applying"/>.</summary>
    public async Task<Result<ChangePlan>> ApplyAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var lapsed = false;
        var result = await ChangeAsync(id, Permission.Release, "change.apply_requested", actor, async (db, plan) =>
        {
            if (plan.State != ChangeState.Approved)
            {
                return new ConflictError("change.not_approved", plan.Number);
            }

            var mode = await db.GetApprovalModeAsync(ct).ConfigureAwait(false);
            lapsed = !await ApprovalRules.HoldsAsync(db, plan, mode, ct).ConfigureAwait(false);
            if (lapsed)
            {
                plan.State = ChangeState.AwaitingApproval;
                audit.Add(db, actor, "change.approval_lapsed", AuditSubjects.Change, plan.Id, ChangeNames.Of(plan));
                return null;
            }

            plan.State = ChangeState.Applying;
            (plan.AppliedById, plan.AppliedBy, plan.FailureCode, plan.FailureArgs) = (actor.AccountId, actor.Name, "", []);
            outbox.Add(db, plan);
            audit.Add(db, actor, "change.apply_requested", AuditSubjects.Change, plan.Id, ChangeNames.Of(plan), after: new { contentHash = plan.ContentHash });
            outbox.Reach(ChangeStep.DecisionSaving);
            return null;
        }, ct).ConfigureAwait(false);
        if (!result.IsSuccess)
        {
            return result;
        }

        outbox.Reach(ChangeStep.DecisionSaved);
        outbox.Wake();
        return lapsed ? new ConflictError("change.approval_lapsed", result.Value.Number) : result;
    }

    private Task<Result<ChangePlan>> DecideAsync(Guid id, string contentHash, string comment, bool approved, Actor actor, CancellationToken ct)
    {
        var action = approved ? "change.approved" : "change.rejected";
        return ChangeAsync(id, Permission.Approve, action, actor, async (db, plan) =>
        {
            var mode = await db.GetApprovalModeAsync(ct).ConfigureAwait(false);
            if (ApprovalRules.CheckDecision(plan, mode, actor) is { } refused)
            {
                return refused;
            }

            if (contentHash != plan.ContentHash || contentHash != ChangeContent.Hash(plan.Operations))
            {
                return new ConflictError("change.content_moved", plan.Number);
            }

            if (Text.Refuse("Comment", comment) is { } unfit)
            {
                return unfit;
            }

            var approval = Decide(plan, comment, approved, actor);
            db.Approvals.Add(approval);
            audit.Add(
                db, actor, action, AuditSubjects.Change, plan.Id, ChangeNames.Of(plan), after: new { contentHash, comment = approval.Comment, selfApproval = approval.SelfApproval });
            return null;
        }, ct);
    }

    private Approval Decide(ChangePlan plan, string comment, bool approved, Actor actor)
    {
        if (approved)
        {
            plan.State = ChangeState.Approved;
        }
        else
        {
            End(plan, ChangeState.Rejected);
        }

        return new Approval
        {
            Id = Guid.CreateVersion7(),
            PlanId = plan.Id,
            AccountId = actor.AccountId,
            AccountName = actor.Name,
            Approved = approved,
            Comment = comment.Trim(),
            ContentHash = plan.ContentHash,
            SelfApproval = actor.AccountId == plan.ProposedById,
            At = clock.GetUtcNow(),
        };
    }

    private async Task<Result<ChangePlan>> ChangeAsync(
        Guid id, Permission permission, string action, Actor actor, Func<AvaDbContext, ChangePlan, Task<Error?>> change, CancellationToken ct)
    {
        if (await guard.CheckAsync(actor, permission, action, AuditSubjects.Change, id, "", ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await WithEverything(db.Plans).SingleOrDefaultAsync(known => known.Id == id, ct).ConfigureAwait(false) is not { } plan)
        {
            return NotFound;
        }

        if (await change(db, plan).ConfigureAwait(false) is { } error)
        {
            return error;
        }

        try
        {
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || exception.IsUniqueViolation())
        {
            // Whoever came second finds the row's version moved, or the outbox entry there already.
            return new ConflictError("change.moved", plan.Number);
        }

        events.Publish("change", plan.Id);
        if (plan.ReleaseId is { } release)
        {
            events.Publish("release", release);
        }

        return plan;
    }

    private static void End(ChangePlan plan, ChangeState state)
    {
        plan.State = state;
        if (plan is { Kind: ChangeKind.Release, Release.State: ReleaseState.Submitted })
        {
            plan.Release.State = ReleaseState.Rejected;
        }
    }

    private static IQueryable<ChangePlan> WithEverything(IQueryable<ChangePlan> plans) => plans
        .Include(plan => plan.App)
        .Include(plan => plan.Release)
        .Include(plan => plan.Approvals.OrderBy(approval => approval.At));

    private static NotFoundError NotFound => new("change.not_found");
}
