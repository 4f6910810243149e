using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>Which rules a project takes how seriously. The page, the release gate and the command line judge by the same.</summary>
public sealed class LintSettingsService(IDbContextFactory<AvaDbContext> contexts, AuditLog audit, AccessGuard guard, ConsoleEvents events, TimeProvider clock)
{
    /// <summary>Projects that changed a rule, and those that have an API.</summary>
    public async Task<IReadOnlyList<(string Group, string Project)>> ListProjectsAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var stored = await db.LintSettings.Select(lint => new { lint.Group, lint.Project }).ToListAsync(ct).ConfigureAwait(false);
        var drafts = await db.Apis.AsNoTracking().Select(api => api.Draft).ToListAsync(ct).ConfigureAwait(false);
        return [.. stored.Select(lint => (lint.Group, lint.Project)).Concat(drafts.Select(draft => (draft.Group, draft.Project))).Distinct().Order()];
    }

    public async Task<LintSettings> GetAsync(string group, string project, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.GetLintSettingsAsync(group, project, ct).ConfigureAwait(false);
    }

    /// <summary>Replaces all rules of the project by those of a file (see <see cref="LintSettings.Parse"/>).</summary>
    public Task<Result<LintSettings>> ReplaceAsync(string group, string project, LintSettings settings, Actor actor, CancellationToken ct) =>
        ChangeAsync(group, project, _ => settings, actor, ct);

    /// <summary>Changes one rule and leaves what others changed meanwhile.</summary>
    public Task<Result<LintSettings>> SetAsync(string group, string project, string rule, LintSeverity severity, Actor actor, CancellationToken ct) =>
        ChangeAsync(group, project, settings => settings.With(rule, severity), actor, ct);

    private async Task<Result<LintSettings>> ChangeAsync(string group, string project, Func<LintSettings, LintSettings> change, Actor actor, CancellationToken ct)
    {
        var name = $"{group}/{project}";
        if (await guard.CheckAsync(actor, Permission.Administer, "settings.lint_changed", AuditSubjects.Settings, null, name, ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        if (!SchemaNames.IsSegment(group) || !SchemaNames.IsSegment(project))
        {
            return new InvalidError("Project", "schema.segment_invalid", name);
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var stored = await db.LintSettings.SingleOrDefaultAsync(lint => lint.Group == group && lint.Project == project, ct).ConfigureAwait(false);
        var before = stored?.Settings ?? LintSettings.Default;
        var after = change(before);
        if (after.Check().ToList() is { Count: > 0 } problems)
        {
            return new InvalidError(problems);
        }

        if (stored is null)
        {
            stored = new ProjectLint { Group = group, Project = project };
            db.LintSettings.Add(stored);
        }

        (stored.Settings, stored.UpdatedBy, stored.UpdatedAt) = (after, actor.Name, clock.GetUtcNow());
        audit.Add(db, actor, "settings.lint_changed", AuditSubjects.Settings, null, name, Describe(before), Describe(after));
        return await SaveAsync(db, after, ct).ConfigureAwait(false);
    }

    private async Task<Result<LintSettings>> SaveAsync(AvaDbContext db, LintSettings after, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || exception.IsUniqueViolation())
        {
            return new ConflictError("lint.settings_moved");
        }

        events.Publish("lint", null);
        return after;
    }

    private static Dictionary<string, string> Describe(LintSettings settings) => settings.Rules.ToDictionary(rule => rule.Key, rule => LintSettings.NameOf(rule.Value));
}

internal static class LintSettingsQueries
{
    public static async Task<LintSettings> GetLintSettingsAsync(this AvaDbContext db, string group, string project, CancellationToken ct) =>
        await db.LintSettings
            .AsNoTracking()
            .Where(lint => lint.Group == group && lint.Project == project)
            .Select(lint => lint.Settings)
            .SingleOrDefaultAsync(ct)
            .ConfigureAwait(false) ?? LintSettings.Default;
}
