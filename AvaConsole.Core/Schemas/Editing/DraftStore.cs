using System.Collections.Concurrent;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Data.Configurations;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AvaConsole.Core.Schemas.Editing;

/// <summary>A draft as it is stored, with everything that was done to it.</summary>
public sealed record OpenDraft(Api Api, DraftHistory History);

/// <summary>What a page wants stored.</summary>
/// <param name="Saved">The history as it is stored under <paramref name="BaseRevision"/>: steps that both have are not written again.</param>
/// <param name="Page">The page that saves; null for none.</param>
public sealed record DraftSave(ApiSchema Draft, DraftHistory History, DraftHistory Saved, int BaseRevision, Guid? Page = null);

/// <summary>Keeps drafts and their histories together: a save stores the draft and its new steps in one transaction, or nothing.</summary>
public sealed class DraftStore(IDbContextFactory<AvaDbContext> contexts, AuditLog audit, AccessGuard guard, ConsoleEvents events, TimeProvider clock)
{
    // Whoever types saves twice a second, and the audit log is never shortened.
    private static readonly TimeSpan s_auditEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(Guid Api, Guid Account), DateTimeOffset> _audited = new();

    /// <summary>With its versions, newest first.</summary>
    public async Task<Result<OpenDraft>> OpenAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        // Draft and steps of one moment, though somebody saves meanwhile.
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct).ConfigureAwait(false);
        var api = await db.Apis
            .AsNoTracking()
            .Include(known => known.Versions.OrderByDescending(version => version.CreatedAt))
            .SingleOrDefaultAsync(known => known.Id == id, ct)
            .ConfigureAwait(false);
        if (api is null)
        {
            return new NotFoundError("api.not_found");
        }

        var steps = await db.DraftSteps.AsNoTracking().Where(step => step.ApiId == id).OrderBy(step => step.Number).ToListAsync(ct).ConfigureAwait(false);
        var first = steps.Count > 0 ? steps[0].Number : api.DraftPosition + 1;
        return new OpenDraft(api, DraftHistory.Restore(api.Draft, first, api.DraftPosition, steps.Select(step => step.ToStep())));
    }

    /// <summary>
    /// Saves a draft, valid or not: nothing typed is lost. Returns the new revision, or <c>api.draft_moved</c> (who, when) where
    /// somebody else saved since the base revision.
    /// </summary>
    public async Task<Result<int>> SaveAsync(Guid id, DraftSave save, Actor actor, CancellationToken ct)
    {
        if (await guard.CheckAsync(actor, Permission.DesignApi, "api.draft_saved", AuditSubjects.Api, id, save.Draft.Service, ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        if (HasNul(save.History.Text))
        {
            return new InvalidError("", "text.control_character");
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await using var transaction = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        try
        {
            if (!await UpdateAsync(db, id, save, actor, ct).ConfigureAwait(false))
            {
                return await WhyAsync(db, id, ct).ConfigureAwait(false);
            }

            await WriteStepsAsync(db, id, save, ct).ConfigureAwait(false);
            Audit(db, id, save, actor);
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
            await transaction.CommitAsync(ct).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return new ConflictError("api.name_taken", save.Draft.Service.Trim());
        }

        events.Publish("api", id, save.Page);
        return save.BaseRevision + 1;
    }

    /// <summary>Puts a whole draft in the place of the stored one, as one step that can be undone.</summary>
    public async Task<Result<int>> ReplaceAsync(Guid id, ApiSchema draft, int baseRevision, Actor actor, CancellationToken ct)
    {
        var open = await OpenAsync(id, ct).ConfigureAwait(false);
        if (!open.IsSuccess)
        {
            return open.Error;
        }

        var (api, saved) = open.Value;
        if (api.DraftRevision != baseRevision)
        {
            return Moved(api.UpdatedBy, api.UpdatedAt);
        }

        var history = saved.Record(draft, new EditLabel("Replaced"), actor.Name, clock.GetUtcNow());
        return ReferenceEquals(history, saved) ? baseRevision : await SaveAsync(id, new DraftSave(draft, history, saved, baseRevision), actor, ct).ConfigureAwait(false);
    }

    private async Task<bool> UpdateAsync(AvaDbContext db, Guid id, DraftSave save, Actor actor, CancellationToken ct)
    {
        // The history has written the draft already, without what has its usual value: a quarter of what the column's own writer would send.
        var (draft, name, now, position) = (save.History.Text, save.Draft.Service.Trim(), clock.GetUtcNow(), save.History.Position);
        var rows = await db.Database.ExecuteSqlAsync(
            $"""
             UPDATE apis SET draft = {draft}::jsonb, draft_revision = draft_revision + 1, draft_position = {position},
                 name = CASE WHEN {name} = '' THEN name ELSE {name} END, updated_by = {actor.Name}, updated_at = {now}
             WHERE id = {id} AND draft_revision = {save.BaseRevision}
             """,
            ct).ConfigureAwait(false);
        return rows == 1;
    }

    private static async Task WriteStepsAsync(AvaDbContext db, Guid id, DraftSave save, CancellationToken ct)
    {
        var (saved, history) = (save.Saved, save.History);
        var common = Math.Max(saved.First, history.First) - 1;
        while (common < Math.Min(saved.Last, history.Last) && saved[common + 1] == history[common + 1])
        {
            common++;
        }

        await db.DraftSteps.Where(step => step.ApiId == id && (step.Number > common || step.Number < history.First)).ExecuteDeleteAsync(ct).ConfigureAwait(false);
        for (var number = common + 1; number <= history.Last; number++)
        {
            db.DraftSteps.Add(StoredStep.From(id, number, history[number]));
        }
    }

    private void Audit(AvaDbContext db, Guid id, DraftSave save, Actor actor)
    {
        var now = clock.GetUtcNow();
        if (_audited.TryGetValue((id, actor.AccountId), out var last) && now - last < s_auditEvery)
        {
            return;
        }

        _audited[(id, actor.AccountId)] = now;
        audit.Add(db, actor, "api.draft_saved", AuditSubjects.Api, id, save.Draft.Service.Trim(), new { revision = save.BaseRevision }, new { revision = save.BaseRevision + 1 });
    }

    private static async Task<Error> WhyAsync(AvaDbContext db, Guid id, CancellationToken ct)
    {
        var now = await db.Apis.Where(api => api.Id == id).Select(api => new { api.UpdatedBy, api.UpdatedAt }).SingleOrDefaultAsync(ct).ConfigureAwait(false);
        return now is null ? new NotFoundError("api.not_found") : Moved(now.UpdatedBy, now.UpdatedAt);
    }

    private static ConflictError Moved(string by, DateTimeOffset at) => new("api.draft_moved", by, at);

    // What PostgreSQL cannot keep in a text. A pattern may say \u0000; written as JSON that is an escaped backslash and four digits.
    private static bool HasNul(string text)
    {
        for (var at = text.IndexOf("\\u0000", StringComparison.Ordinal); at >= 0; at = text.IndexOf("\\u0000", at + 1, StringComparison.Ordinal))
        {
            var slashes = 0;
            while (at - slashes > 0 && text[at - slashes - 1] == '\\')
            {
                slashes++;
            }

            if (slashes % 2 == 0)
            {
                return true;
            }
        }

        return false;
    }
}
