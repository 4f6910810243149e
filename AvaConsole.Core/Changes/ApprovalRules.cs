using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Changes;

/// <summary>Who may decide on a plan, and which decisions count.</summary>
internal static class ApprovalRules
{
    /// <summary>Null where the actor may decide now.</summary>
    public static Error? CheckDecision(ChangePlan plan, ApprovalMode mode, Actor actor)
    {
        if (!actor.Can(Permission.Approve))
        {
            return new ForbiddenError("permission.denied", nameof(Permission.Approve));
        }

        if (plan.State is not ChangeState.AwaitingApproval)
        {
            return new ConflictError("change.not_awaiting_approval", plan.Number);
        }

        return mode == ApprovalMode.Team && plan.ProposedById == actor.AccountId ? new ForbiddenError("change.own_plan", plan.Number) : null;
    }

    /// <summary>
    /// Whether an approval of exactly this content holds now. Asked again when the plan is applied: since then the approver may have been
    /// disabled or lost the role, or four eyes may have become the rule.
    /// </summary>
    public static async Task<bool> HoldsAsync(AvaDbContext db, ChangePlan plan, ApprovalMode mode, CancellationToken ct)
    {
        var content = ChangeContent.Hash(plan.Operations);
        var approvers = plan.Approvals
            .Where(approval => approval.Approved && approval.ContentHash == content && (mode == ApprovalMode.Solo || approval.AccountId != plan.ProposedById))
            .Select(approval => approval.AccountId)
            .ToList();
        var roles = await db.Accounts
            .Where(account => approvers.Contains(account.Id) && !account.Disabled)
            .Select(account => account.Roles)
            .ToListAsync(ct)
            .ConfigureAwait(false);
        return roles.Exists(held => Roles.Permit(held, Permission.Approve));
    }
}
