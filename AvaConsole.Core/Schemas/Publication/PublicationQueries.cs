using AvaConsole.Core.Changes;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Schemas.Publication;

internal static class PublicationQueries
{
    /// <summary>Number of the plan that publishes or withdraws the version and is still under way, or null.</summary>
    public static Task<int?> OpenPublicationAsync(this AvaDbContext db, Guid versionId, CancellationToken ct) => Open(db, versionId)
        .Where(plan => plan.Kind == ChangeKind.Publication)
        .Select(plan => (int?)plan.Number)
        .FirstOrDefaultAsync(ct);

    /// <summary>Number of a release's first plan that is under way and brings the version with it, or null.</summary>
    public static Task<int?> OpenReleaseOfAsync(this AvaDbContext db, Guid versionId, CancellationToken ct) => db.Plans
        .Where(plan => plan.Kind == ChangeKind.Release && plan.Release!.ApiVersionId == versionId
            && (plan.State == ChangeState.AwaitingApproval || plan.State == ChangeState.Approved || plan.State == ChangeState.Applying))
        .Select(plan => (int?)plan.Number)
        .FirstOrDefaultAsync(ct);

    /// <summary>A withdrawal of the version that is under way, or null.</summary>
    public static async Task<int?> OpenWithdrawalAsync(this AvaDbContext db, Guid versionId, CancellationToken ct)
    {
        var plans = await Open(db, versionId).AsNoTracking().Where(plan => plan.Kind == ChangeKind.Publication).ToListAsync(ct).ConfigureAwait(false);
        return plans.Find(plan => StepOf(plan) == PublicationStep.Withdraw)?.Number;
    }

    /// <summary>Somebody approved this version's publication, and it was applied.</summary>
    public static async Task<bool> WasPublishedAsync(this AvaDbContext db, Guid versionId, CancellationToken ct)
    {
        var plans = await db.Plans
            .AsNoTracking()
            .Where(plan => plan.ApiVersionId == versionId && plan.Kind == ChangeKind.Publication && plan.State == ChangeState.Applied)
            .ToListAsync(ct)
            .ConfigureAwait(false);
        return plans.Exists(plan => StepOf(plan) == PublicationStep.Publish);
    }

    /// <summary>A withdrawal deletes keys; a publication never does.</summary>
    public static PublicationStep StepOf(ChangePlan plan) =>
        plan.Operations.TrueForAll(operation => operation.SealedValue is null) ? PublicationStep.Withdraw : PublicationStep.Publish;

    private static IQueryable<ChangePlan> Open(AvaDbContext db, Guid versionId) => db.Plans.Where(plan =>
        plan.ApiVersionId == versionId
        && (plan.State == ChangeState.AwaitingApproval || plan.State == ChangeState.Approved || plan.State == ChangeState.Applying));
}
