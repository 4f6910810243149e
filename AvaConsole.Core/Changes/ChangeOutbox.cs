using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Changes;

/// <summary>Points between which a process may die; tests kill it there.</summary>
internal enum ChangeStep
{
    DecisionSaving,
    DecisionSaved,
    EntryTaken,
    NonceRead,
    StoreWritten,
    StoreVoided,
    ResultRecording,
    ResultRecorded,
}

/// <summary>
/// The plans that must reach the store. A worker takes an entry for a while and gets a token with it; when the time is over, another
/// may take the entry with a higher token, and the first can no longer record anything.
/// </summary>
public sealed class ChangeOutbox(IDbContextFactory<AvaDbContext> contexts, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _wake = new(0, 1);

    /// <summary>How long a worker may keep an entry. Longer than any single request to the store.</summary>
    internal TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Test hook; does nothing in production.</summary>
    internal Action<ChangeStep>? StepReached { get; set; }

    internal void Reach(ChangeStep step) => StepReached?.Invoke(step);

    internal void Add(AvaDbContext db, ChangePlan plan) => db.Outbox.Add(new OutboxEntry { PlanId = plan.Id, CreatedAt = clock.GetUtcNow() });

    /// <summary>Tells this process's worker to look at once; other consoles find the entry by polling.</summary>
    internal void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been told already.
        }
    }

    internal Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _wake.WaitAsync(atMost, ct);

    /// <summary>Null where nothing is due. The database's clock decides: the consoles' own may differ.</summary>
    internal async Task<OutboxEntry?> TakeAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var taken = await db.Outbox.FromSql(
            $"""
            UPDATE outbox_entries
            SET fence_token = fence_token + 1, attempts = attempts + 1, locked_until = clock_timestamp() + {Lease}
            WHERE plan_id = (
                SELECT plan_id FROM outbox_entries
                WHERE done_at IS NULL AND (locked_until IS NULL OR locked_until <= clock_timestamp())
                ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING plan_id, created_at, fence_token, locked_until, attempts, done_at
            """).AsNoTracking().ToListAsync(ct).ConfigureAwait(false);
        return taken.SingleOrDefault();
    }

    /// <summary>Ends the entry within the caller's transaction. False: another worker has it by now.</summary>
    internal async Task<bool> CompleteAsync(AvaDbContext db, OutboxEntry entry, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await Mine(db, entry).ExecuteUpdateAsync(set => set.SetProperty(row => row.DoneAt, now), ct).ConfigureAwait(false) == 1;
    }

    /// <summary>Leaves the entry for later.</summary>
    internal async Task DeferAsync(OutboxEntry entry, CancellationToken ct)
    {
        var delay = TimeSpan.FromSeconds(Math.Min(10, 0.5 * Math.Pow(2, Math.Min(entry.Attempts, 6))));
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE outbox_entries SET locked_until = clock_timestamp() + {delay} WHERE plan_id = {entry.PlanId} AND fence_token = {entry.FenceToken} AND done_at IS NULL",
            ct).ConfigureAwait(false);
    }

    public void Dispose() => _wake.Dispose();

    private static IQueryable<OutboxEntry> Mine(AvaDbContext db, OutboxEntry entry) =>
        db.Outbox.Where(row => row.PlanId == entry.PlanId && row.FenceToken == entry.FenceToken && row.DoneAt == null);
}
