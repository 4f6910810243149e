using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Releases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Core.Changes;

/// <summary>
/// Works through the outbox: writes the plan to the store, then records what became of it. Dying anywhere leaves an entry that the
/// next worker, here or in another console, carries on with.
/// </summary>
public sealed class ChangeApplier(
    IDbContextFactory<AvaDbContext> contexts,
    ChangeOutbox outbox,
    ChangeWriter writer,
    AuditLog audit,
    ConsoleEvents events,
    TimeProvider clock,
    ILogger<ChangeApplier> logger) : BackgroundService
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await RunOnceAsync(stoppingToken).ConfigureAwait(false))
                {
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // The database is away, or one plan is beyond us: its entry comes due again, the others go on.
                logger.LogError(exception, "Applying changes failed; trying again");
            }

            await outbox.WaitAsync(s_poll, stoppingToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes and handles one entry. False where nothing is due.</summary>
    internal async Task<bool> RunOnceAsync(CancellationToken ct)
    {
        if (await outbox.TakeAsync(ct).ConfigureAwait(false) is not { } entry)
        {
            return false;
        }

        outbox.Reach(ChangeStep.EntryTaken);
        var plan = await ReadAsync(entry.PlanId, ct).ConfigureAwait(false);
        var outcome = await writer.WriteAsync(plan, ct).ConfigureAwait(false);
        if (outcome.State == ChangeState.Applying)
        {
            await WaitAsync(entry, outcome, ct).ConfigureAwait(false);
        }
        else
        {
            await RecordAsync(entry, outcome, ct).ConfigureAwait(false);
        }

        events.Publish("change", plan.Id);
        if (plan.ReleaseId is { } release)
        {
            events.Publish("release", release);
        }

        return true;
    }

    private async Task<ChangePlan> ReadAsync(Guid planId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.Plans.AsNoTracking().SingleAsync(plan => plan.Id == planId, ct).ConfigureAwait(false);
    }

    private async Task WaitAsync(OutboxEntry entry, ChangeOutcome outcome, CancellationToken ct)
    {
        await outbox.DeferAsync(entry, ct).ConfigureAwait(false);
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await db.Plans
            .Where(plan => plan.Id == entry.PlanId && plan.State == ChangeState.Applying && plan.FailureCode != outcome.FailureCode)
            .ExecuteUpdateAsync(set => set.SetProperty(plan => plan.FailureCode, outcome.FailureCode), ct)
            .ConfigureAwait(false);
    }

    private async Task RecordAsync(OutboxEntry entry, ChangeOutcome outcome, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await using var transaction = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        if (!await outbox.CompleteAsync(db, entry, ct).ConfigureAwait(false))
        {
            logger.LogInformation("Another console has taken over change {PlanId}", entry.PlanId);
            return;
        }

        var plan = await db.Plans.Include(known => known.Release).SingleAsync(known => known.Id == entry.PlanId, ct).ConfigureAwait(false);
        plan.State = outcome.State;
        (plan.FailureCode, plan.FailureArgs) = (outcome.FailureCode, outcome.FailureArgs);
        if (outcome.State == ChangeState.Applied)
        {
            (plan.AppliedAt, plan.AppliedRevision) = (clock.GetUtcNow(), outcome.Revision);
            if (plan is { Kind: ChangeKind.Release, Release: { } release })
            {
                release.State = ReleaseState.Live;
            }
        }

        Audit(db, plan);
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        outbox.Reach(ChangeStep.ResultRecording);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        outbox.Reach(ChangeStep.ResultRecorded);
        logger.LogInformation("Change {Number} is {State} at revision {Revision}", plan.Number, plan.State, outcome.Revision);
    }

    private void Audit(AvaDbContext db, ChangePlan plan)
    {
        var actor = new Actor(plan.AppliedById ?? Guid.Empty, plan.AppliedBy, [], null);
        if (plan.State == ChangeState.Applied)
        {
            var before = plan.Operations.Where(operation => operation.OldDisplay is not null).ToDictionary(operation => operation.Key, operation => operation.OldDisplay);
            var after = plan.Operations.ToDictionary(operation => operation.Key, operation => operation.NewDisplay);
            audit.Add(db, actor, "change.applied", AuditSubjects.Change, plan.Id, ChangeNames.Of(plan), before, new { revision = plan.AppliedRevision, keys = after });
        }
        else
        {
            audit.Add(
                db, actor, "change.conflicted", AuditSubjects.Change, plan.Id, ChangeNames.Of(plan), after: new { reason = plan.FailureCode, args = plan.FailureArgs });
        }
    }
}
