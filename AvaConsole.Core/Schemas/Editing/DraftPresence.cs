using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Schemas.Editing;

/// <summary>Somebody who has the same draft open.</summary>
/// <param name="Id">Their page's.</param>
/// <param name="Field">Path of the field that they are in; empty for none.</param>
public sealed record PresentPerson(Guid Id, string Name, string Field);

/// <param name="Revision">The stored revision; 0 where the API is gone.</param>
/// <param name="Versions">How many versions are published.</param>
public sealed record DraftPulse(int Revision, int Versions, IReadOnlyList<PresentPerson> Others);

/// <summary>
/// Who has which draft open. Kept in the database, so that people on different consoles see each other; pages of one console hear of each
/// other at once through <see cref="ConsoleEvents"/> (topic <c>presence</c>).
/// </summary>
public sealed class DraftPresence(IDbContextFactory<AvaDbContext> contexts, ConsoleEvents events, TimeProvider clock)
{
    /// <summary>How long somebody counts as present after the last sign of them.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Says that a page is open and where its reader is, and asks who else is there.</summary>
    public async Task<DraftPulse> BeatAsync(Guid apiId, Guid pageId, string name, string field, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (seen, forgotten) = (now - Patience, now - 4 * Patience);
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await db.Database.ExecuteSqlAsync(
            $"""
             DELETE FROM draft_presences WHERE seen_at < {forgotten};
             INSERT INTO draft_presences (id, api_id, name, field, seen_at)
             SELECT {pageId}, id, {name}, {field}, {now} FROM apis WHERE id = {apiId}
             ON CONFLICT (id) DO UPDATE SET field = excluded.field, seen_at = excluded.seen_at
             """,
            ct).ConfigureAwait(false);
        var stored = await db.Apis.Where(api => api.Id == apiId).Select(api => new { api.DraftRevision, api.Versions.Count }).SingleOrDefaultAsync(ct).ConfigureAwait(false);
        var others = await db.Presences
            .Where(known => known.ApiId == apiId && known.Id != pageId && known.SeenAt > seen)
            .OrderBy(known => known.Name)
            .ThenBy(known => known.Id)
            .Select(known => new PresentPerson(known.Id, known.Name, known.Field))
            .ToListAsync(ct)
            .ConfigureAwait(false);
        return new DraftPulse(stored?.DraftRevision ?? 0, stored?.Count ?? 0, others);
    }

    /// <summary>Tells the other pages of this console to look again.</summary>
    public void Announce(Guid apiId) => events.Publish("presence", apiId);

    /// <summary>The page was closed.</summary>
    public async Task LeaveAsync(Guid apiId, Guid pageId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await db.Presences.Where(known => known.Id == pageId).ExecuteDeleteAsync(ct).ConfigureAwait(false);
        Announce(apiId);
    }
}
