using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Audit;

/// <summary>Filter of the audit log; nulls match everything.</summary>
/// <param name="Search">Part of the subject's name, the actor's name or the action.</param>
/// <param name="Action">Whole action (<c>release.submitted</c>) or its area (<c>release</c>).</param>
public sealed record AuditFilter(string? Search = null, string? Action = null, string? ActorName = null, Guid? SubjectId = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>Reads the audit log.</summary>
public sealed class AuditService(IDbContextFactory<AvaDbContext> contexts)
{
    private const int MaxTake = 1000;

    /// <summary>Newest first. Needs <see cref="Permission.ViewAudit"/>.</summary>
    public async Task<Result<Page<AuditEntry>>> ListAsync(AuditFilter filter, int skip, int take, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewAudit))
        {
            return new ForbiddenError("permission.denied", nameof(Permission.ViewAudit));
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var entries = Apply(filter, db.AuditEntries.AsNoTracking());
        var total = await entries.CountAsync(ct).ConfigureAwait(false);
        var items = await entries
            .OrderByDescending(entry => entry.Id)
            .Skip(Math.Max(skip, 0))
            .Take(Math.Clamp(take, 0, MaxTake))
            .ToListAsync(ct)
            .ConfigureAwait(false);
        return new Page<AuditEntry>(items, total);
    }

    private static IQueryable<AuditEntry> Apply(AuditFilter filter, IQueryable<AuditEntry> entries)
    {
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var pattern = SearchPattern.Contains(filter.Search);
            entries = entries.Where(entry => EF.Functions.ILike(entry.SubjectName, pattern, SearchPattern.Escape)
                || EF.Functions.ILike(entry.ActorName, pattern, SearchPattern.Escape)
                || EF.Functions.ILike(entry.Action, pattern, SearchPattern.Escape));
        }

        if (!string.IsNullOrWhiteSpace(filter.Action))
        {
            var area = filter.Action + ".";
            entries = entries.Where(entry => entry.Action == filter.Action || entry.Action.StartsWith(area));
        }

        if (!string.IsNullOrWhiteSpace(filter.ActorName))
        {
            entries = entries.Where(entry => entry.ActorName == filter.ActorName);
        }

        if (filter.SubjectId is { } subject)
        {
            entries = entries.Where(entry => entry.SubjectId == subject);
        }

        // The database takes moments in UTC only.
        if (filter.From?.ToUniversalTime() is { } from)
        {
            entries = entries.Where(entry => entry.At >= from);
        }

        return filter.To?.ToUniversalTime() is { } to ? entries.Where(entry => entry.At <= to) : entries;
    }
}
