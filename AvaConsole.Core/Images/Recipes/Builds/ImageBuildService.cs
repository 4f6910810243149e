using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Images.Recipes.Builds;

/// <summary>A registry to which images are brought.</summary>
/// <param name="Host">As in image references.</param>
/// <param name="Namespace">Into which the team pushes; empty for none.</param>
/// <param name="HasPassword">The console can log in by itself.</param>
public sealed record PushRegistry(string Name, string Host, string Namespace, string UserName, bool HasPassword);

/// <summary>Builds of recipes' versions: asked for by people, executed by <see cref="ImageBuildRunner"/>.</summary>
public sealed class ImageBuildService(
    IDbContextFactory<AvaDbContext> contexts, ImageBuildRunner runner, AuditLog audit, AccessGuard guard, ConsoleEvents events, TimeProvider clock)
{
    /// <summary>Of <see cref="ConsoleEvent"/>s; their id is the recipe's.</summary>
    public const string Topic = "image-build";

    /// <summary>Builds that a list shows at most.</summary>
    public const int Listed = 50;

    /// <summary>The engine's name, for example <c>podman</c>; null where this console builds nothing.</summary>
    public string? Engine => runner.Engine;

    /// <summary>Registries to which images may go, by name.</summary>
    public async Task<IReadOnlyList<PushRegistry>> ListRegistriesAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var registries = await db.ImageRegistries.AsNoTracking().OrderBy(registry => registry.Name).ToListAsync(ct).ConfigureAwait(false);
        return registries.ConvertAll(registry =>
            new PushRegistry(registry.Name, registry.Host, registry.Namespace, registry.UserName, registry is { UserName.Length: > 0, SealedSecret.Length: > 0 }));
    }

    /// <summary>Queues a build of a version; one at a time for each recipe (<c>image_build.running</c>).</summary>
    /// <param name="target">Reference with a tag; with a registry where it is to be pushed.</param>
    public async Task<Result<ImageBuild>> StartAsync(Guid recipeId, int number, string target, bool push, Actor actor, CancellationToken ct)
    {
        if (await guard.CheckAsync(actor, Permission.ManageApps, "image_build.started", AuditSubjects.Recipe, recipeId, "", ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        if (Engine is null)
        {
            return new ConflictError("image_build.no_engine");
        }

        if (CheckTarget(target, push) is { } invalid)
        {
            return invalid;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await using var transaction = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        await db.LockAsync(DatabaseLocks.ImageBuilds, ct).ConfigureAwait(false);
        var version = await db.RecipeVersions.Include(known => known.Recipe).SingleOrDefaultAsync(known => known.RecipeId == recipeId && known.Number == number, ct).ConfigureAwait(false);
        if (version is null)
        {
            return new NotFoundError("recipe.version_not_found", number);
        }

        if (await db.ImageBuilds.Where(build => build.Version.RecipeId == recipeId).AnyAsync(ImageBuildQueries.IsActive, ct).ConfigureAwait(false))
        {
            return new ConflictError("image_build.running", version.Recipe.Name);
        }

        if (BuildFolder.FindMissing(RecipeDocument.Read(version.Document).Value!) is { } missing)
        {
            return new ConflictError("image_build.needs_file", missing);
        }

        var build = new ImageBuild { Id = Guid.CreateVersion7(), VersionId = version.Id, Version = version, Target = target, Push = push, StartedBy = actor.Name, CreatedAt = clock.GetUtcNow() };
        db.ImageBuilds.Add(build);
        audit.Add(db, actor, "image_build.started", AuditSubjects.Recipe, recipeId, version.Recipe.Name, after: new { build = build.Id, version = number, target, push });
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        events.Publish(Topic, recipeId);
        return build;
    }

    /// <summary>Ends a build: at once where it waits, within about a second where it runs. One that is over stays as it is (<c>image_build.over</c>).</summary>
    public async Task<Result> CancelAsync(Guid buildId, Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var found = await db.ImageBuilds.Where(build => build.Id == buildId).Select(build => new { build.Version.RecipeId, build.Version.Recipe.Name }).SingleOrDefaultAsync(ct).ConfigureAwait(false);
        if (found is null)
        {
            return new NotFoundError("image_build.not_found");
        }

        if (await guard.CheckAsync(actor, Permission.ManageApps, "image_build.cancelled", AuditSubjects.Recipe, found.RecipeId, found.Name, ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var ended = await db.ImageBuilds
            .Where(build => build.Id == buildId)
            .Where(ImageBuildQueries.IsActive)
            .ExecuteUpdateAsync(set => set.SetProperty(build => build.State, ImageBuildState.Cancelled).SetProperty(build => build.EndedAt, now), ct)
            .ConfigureAwait(false);
        if (ended == 0)
        {
            return new ConflictError("image_build.over");
        }

        audit.Add(db, actor, "image_build.cancelled", AuditSubjects.Recipe, found.RecipeId, found.Name, after: new { build = buildId });
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        events.Publish(Topic, found.RecipeId);
        return Result.Success;
    }

    /// <summary>Of a recipe, newest first, with their versions' numbers and without their logs; the newest <see cref="Listed"/>.</summary>
    public async Task<IReadOnlyList<ImageBuild>> ListAsync(Guid recipeId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.ImageBuilds
            .AsNoTracking()
            .Where(build => build.Version.RecipeId == recipeId)
            .OrderByDescending(build => build.CreatedAt)
            .Take(Listed)
            .Select(build => new ImageBuild
            {
                Id = build.Id,
                VersionId = build.VersionId,
                Version = new StoredRecipeVersion { Id = build.VersionId, RecipeId = recipeId, Number = build.Version.Number },
                State = build.State,
                Target = build.Target,
                Push = build.Push,
                Digest = build.Digest,
                FailureCode = build.FailureCode,
                FailureArgs = build.FailureArgs,
                StartedBy = build.StartedBy,
                CreatedAt = build.CreatedAt,
                StartedAt = build.StartedAt,
                EndedAt = build.EndedAt,
            })
            .ToListAsync(ct)
            .ConfigureAwait(false);
    }

    /// <summary>What the engine has written so far: of a build of this console up to now, of another console's up to its last save.</summary>
    public async Task<Result<string>> ReadLogAsync(Guid buildId, CancellationToken ct)
    {
        if (runner.LiveLog(buildId) is { } live)
        {
            return live;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var log = await db.ImageBuilds.Where(build => build.Id == buildId).Select(build => build.Log).SingleOrDefaultAsync(ct).ConfigureAwait(false);
        return log is null ? new NotFoundError("image_build.not_found") : log;
    }

    private static InvalidError? CheckTarget(string target, bool push) =>
        !ImageReference.TryParse(target, out var reference) || reference is not { Tag.Length: > 0, Digest.Length: 0 }
            ? new InvalidError("Target", "image_build.target_invalid", RecipeProblems.Shown(target))
            : push && reference.Registry.Length == 0 ? new InvalidError("Target", "image_build.target_without_registry", target) : null;
}
