using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>The beginnings of references that hosts may pull, for example <c>reg.example/vision</c>; none means any.</summary>
public sealed class CatalogueRoots(IDbContextFactory<AvaDbContext> contexts, AuditLog audit, AccessGuard guard, ConsoleEvents events)
{
    /// <summary>Published when they change.</summary>
    public const string Topic = "settings";

    private const string Action = "settings.pullable_roots_set";
    private const int MaxRoots = 50;

    public async Task<IReadOnlyList<string>> GetAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.Settings.AsNoTracking().Select(settings => settings.PullableRoots).SingleOrDefaultAsync(ct).ConfigureAwait(false) ?? [];
    }

    /// <param name="roots">Blank ones are left out; a slash at the end counts for nothing.</param>
    public async Task<Result<IReadOnlyList<string>>> SetAsync(IEnumerable<string> roots, Actor actor, CancellationToken ct)
    {
        if (await guard.CheckAsync(actor, Permission.Administer, Action, AuditSubjects.Settings, null, "", ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        string[] wanted = [.. roots.Select(root => root.Trim().TrimEnd('/')).Where(root => root.Length > 0).Distinct(StringComparer.Ordinal)];
        List<Problem> problems = [.. wanted.Where(root => !IsRoot(root)).Select(root => new Problem("PullableRoots", "settings.pullable_root_invalid", root))];
        if (wanted.Length > MaxRoots) problems.Add(new Problem("PullableRoots", "settings.pullable_roots_too_many", MaxRoots));
        if (problems.Count > 0)
        {
            return new InvalidError(problems);
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.Settings.SingleOrDefaultAsync(ct).ConfigureAwait(false) is not { } settings)
        {
            return new ConflictError("account.not_initialized");
        }

        if (!settings.PullableRoots.SequenceEqual(wanted))
        {
            audit.Add(db, actor, Action, AuditSubjects.Settings, null, "", new { pullableRoots = settings.PullableRoots }, new { pullableRoots = wanted });
            settings.PullableRoots = wanted;
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
            events.Publish(Topic);
        }

        return wanted;
    }

    // A registry, or a namespace in one: what an image's name could follow.
    private static bool IsRoot(string root) => ImageReference.TryParse(root + "/name", out var image) && image.Registry.Length > 0 && image.Name == "name";
}
