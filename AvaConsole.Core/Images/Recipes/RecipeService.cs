using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Images.Recipes.Builds;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Images.Recipes;

/// <summary>Recipes of custom images with their versions. A version is never changed; a save makes the next one.</summary>
public sealed class RecipeService(IDbContextFactory<AvaDbContext> contexts, AuditLog audit, AccessGuard guard, ConsoleEvents events, TimeProvider clock)
{
    /// <summary>Of <see cref="ConsoleEvent"/>s.</summary>
    public const string Topic = "recipe";

    /// <summary>Recipes that a list shows at most.</summary>
    public const int Listed = 500;

    /// <summary>By name. The search looks into names, descriptions and what the latest version is made of.</summary>
    public async Task<IReadOnlyList<RecipeSummary>> ListAsync(string? search, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var latest = db.RecipeVersions.AsNoTracking().Where(version => version.Number == version.Recipe.Latest);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = SearchPattern.Contains(search);
            latest = latest.Where(version => EF.Functions.ILike(version.Recipe.Name, pattern, SearchPattern.Escape)
                || EF.Functions.ILike(version.Recipe.Description, pattern, SearchPattern.Escape)
                || EF.Functions.ILike(version.CreatedBy, pattern, SearchPattern.Escape)
                || EF.Functions.ILike(version.Document, pattern, SearchPattern.Escape));
        }

        var rows = await latest
            .OrderBy(version => version.Recipe.Name)
            .Take(Listed)
            .Select(version => new { version.Recipe, version.Document, version.CreatedBy })
            .ToListAsync(ct)
            .ConfigureAwait(false);
        return rows.ConvertAll(row => ToSummary(row.Recipe, Read(row.Document), row.CreatedBy));
    }

    /// <summary>With its versions, newest first, their documents left out; <c>recipe.not_found</c>.</summary>
    public async Task<Result<StoredRecipe>> GetAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.Recipes.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, ct).ConfigureAwait(false) is not { } recipe)
        {
            return NotFound(id);
        }

        recipe.Versions = await db.RecipeVersions
            .Where(version => version.RecipeId == id)
            .OrderByDescending(version => version.Number)
            .Select(version => new StoredRecipeVersion
            {
                Id = version.Id,
                RecipeId = id,
                Number = version.Number,
                Note = version.Note,
                CreatedBy = version.CreatedBy,
                CreatedAt = version.CreatedAt,
            })
            .ToListAsync(ct)
            .ConfigureAwait(false);
        return recipe;
    }

    /// <param name="number">Null for the latest.</param>
    /// <returns><c>recipe.not_found</c>, <c>recipe.version_not_found</c>.</returns>
    public async Task<Result<RecipeVersion>> GetVersionAsync(Guid id, int? number, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var version = await db.RecipeVersions
            .AsNoTracking()
            .Include(known => known.Recipe)
            .SingleOrDefaultAsync(known => known.RecipeId == id && known.Number == (number ?? known.Recipe.Latest), ct)
            .ConfigureAwait(false);
        return version is not null ? new RecipeVersion(version, Read(version.Document))
            : number is { } wanted && await db.Recipes.AnyAsync(known => known.Id == id, ct).ConfigureAwait(false) ? new NotFoundError("recipe.version_not_found", wanted)
            : NotFound(id);
    }

    /// <summary>The latest version of the recipe with this name or id.</summary>
    public async Task<Result<RecipeVersion>> FindAsync(string nameOrId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var id = Guid.TryParse(nameOrId, out var parsed) ? parsed : (Guid?)null;
        var found = await db.Recipes.Where(known => known.Name == nameOrId || known.Id == id).Select(known => (Guid?)known.Id).FirstOrDefaultAsync(ct).ConfigureAwait(false);
        return found is { } known ? await GetVersionAsync(known, null, ct).ConfigureAwait(false) : NotFound(nameOrId);
    }

    /// <summary>What changes from one version to another.</summary>
    public async Task<Result<RecipeComparison>> CompareAsync(Guid id, int before, int after, CancellationToken ct)
    {
        var old = await GetVersionAsync(id, before, ct).ConfigureAwait(false);
        var now = await GetVersionAsync(id, after, ct).ConfigureAwait(false);
        return !old.IsSuccess ? old.Error
            : !now.IsSuccess ? now.Error
            : new RecipeComparison(old.Value, now.Value, RecipeDiff.Compare(old.Value.Recipe, now.Value.Recipe));
    }

    /// <summary>A new recipe with its first version; the document gets the recipe's name.</summary>
    public async Task<Result<StoredRecipe>> CreateAsync(RecipeRequest request, ImageRecipe recipe, string note, Actor actor, CancellationToken ct)
    {
        if (await DeniedAsync(actor, "recipe.created", null, request.Name, ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        var named = recipe with { Name = request.Name };
        if (Problems(request, RecipeRules.IsName(request.Name) ? named : recipe with { Name = "" }, note) is { } invalid)
        {
            return invalid;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var stored = new StoredRecipe { Id = Guid.CreateVersion7(), CreatedBy = actor.Name, CreatedById = actor.AccountId, CreatedAt = now };
        Fill(stored, request, now);
        db.Recipes.Add(stored);
        AddVersion(db, stored, named, note, actor, now);
        audit.Add(db, actor, "recipe.created", AuditSubjects.Recipe, stored.Id, stored.Name, after: Describe(stored));
        return await SaveAsync(db, stored, ct).ConfigureAwait(false);
    }

    /// <summary>The next version.</summary>
    /// <param name="from">The latest version when editing began; <c>recipe.moved</c> where somebody saved since.</param>
    /// <returns>The number; <c>recipe.unchanged</c> where nothing differs.</returns>
    public async Task<Result<int>> SaveVersionAsync(Guid id, int from, ImageRecipe recipe, string note, Actor actor, CancellationToken ct)
    {
        if (await DeniedAsync(actor, "recipe.version_saved", id, recipe.Name, ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.Recipes.SingleOrDefaultAsync(known => known.Id == id, ct).ConfigureAwait(false) is not { } stored)
        {
            return NotFound(id);
        }

        var named = recipe with { Name = stored.Name };
        if (Problems(null, named, note) is { } invalid)
        {
            return invalid;
        }

        var latest = await db.RecipeVersions.AsNoTracking().SingleAsync(version => version.RecipeId == id && version.Number == stored.Latest, ct).ConfigureAwait(false);
        if (stored.Latest != from)
        {
            return new ConflictError("recipe.moved", latest.CreatedBy, latest.Number, from);
        }

        if (latest.Document == RecipeDocument.Json(named))
        {
            return new ConflictError("recipe.unchanged", latest.Number);
        }

        var version = AddVersion(db, stored, named, note, actor, clock.GetUtcNow());
        audit.Add(db, actor, "recipe.version_saved", AuditSubjects.Recipe, id, stored.Name, after: new { version.Number, version.Note });
        var saved = await SaveAsync(db, stored, ct).ConfigureAwait(false);
        return saved.IsSuccess ? version.Number : saved.Error;
    }

    /// <summary>Name, description and whether it is a template. A new name is written from the next version on: those that are there stay as they are.</summary>
    public async Task<Result<StoredRecipe>> DescribeAsync(Guid id, RecipeRequest request, Actor actor, CancellationToken ct)
    {
        if (await DeniedAsync(actor, "recipe.described", id, request.Name, ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        if (RecipeRules.Check(request) is { Count: > 0 } problems)
        {
            return new InvalidError(problems);
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.Recipes.SingleOrDefaultAsync(known => known.Id == id, ct).ConfigureAwait(false) is not { } stored)
        {
            return NotFound(id);
        }

        var before = Describe(stored);
        Fill(stored, request, clock.GetUtcNow());
        audit.Add(db, actor, "recipe.described", AuditSubjects.Recipe, id, stored.Name, before, Describe(stored));
        return await SaveAsync(db, stored, ct).ConfigureAwait(false);
    }

    /// <summary>With all versions and the records of their builds; refused while one is built (<c>recipe.building</c>).</summary>
    public async Task<Result> DeleteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        if (await DeniedAsync(actor, "recipe.deleted", id, "", ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.Recipes.SingleOrDefaultAsync(known => known.Id == id, ct).ConfigureAwait(false) is not { } stored)
        {
            return NotFound(id);
        }

        if (await db.ImageBuilds.Where(build => build.Version.RecipeId == id).Where(ImageBuildQueries.IsActive).AnyAsync(ct).ConfigureAwait(false))
        {
            return new ConflictError("recipe.building", stored.Name);
        }

        db.Recipes.Remove(stored);
        audit.Add(db, actor, "recipe.deleted", AuditSubjects.Recipe, id, stored.Name, before: Describe(stored));
        var saved = await SaveAsync(db, stored, ct).ConfigureAwait(false);
        return new Result(saved.Error);
    }

    private static NotFoundError NotFound(object wanted) => new("recipe.not_found", RecipeProblems.Shown(wanted.ToString()));

    /// <summary>What was stored was checked before.</summary>
    private static ImageRecipe Read(string document) =>
        RecipeDocument.Read(document) is { IsSuccess: true } read ? read.Value : throw new InvalidOperationException("A stored recipe cannot be read.");

    private static InvalidError? Problems(RecipeRequest? request, ImageRecipe recipe, string note)
    {
        IReadOnlyList<Problem> problems = [.. request is null ? [] : RecipeRules.Check(request), .. RecipeCheck.Check(recipe), .. RecipeRules.CheckNote(note)];
        return problems.Count > 0 ? new InvalidError(problems) : null;
    }

    private static void Fill(StoredRecipe stored, RecipeRequest request, DateTimeOffset now)
    {
        (stored.Name, stored.Description, stored.IsTemplate, stored.UpdatedAt) = (request.Name, request.Description.Trim(), request.IsTemplate, now);
        stored.NameReason = RecipeRules.IsRecommended(request.Name) ? "" : request.NameReason.Trim();
    }

    private static StoredRecipeVersion AddVersion(AvaDbContext db, StoredRecipe stored, ImageRecipe recipe, string note, Actor actor, DateTimeOffset now)
    {
        var version = new StoredRecipeVersion
        {
            Id = Guid.CreateVersion7(),
            RecipeId = stored.Id,
            Number = ++stored.Latest,
            Document = RecipeDocument.Json(recipe),
            Note = note.Trim(),
            CreatedBy = actor.Name,
            CreatedAt = now,
        };
        stored.UpdatedAt = now;
        db.RecipeVersions.Add(version);
        return version;
    }

    private static RecipeSummary ToSummary(StoredRecipe stored, ImageRecipe recipe, string by) =>
        new(stored.Id, stored.Name, stored.Description, stored.IsTemplate, recipe.Base, recipe.Apt.Count + recipe.Pip.Count, stored.Latest, by, stored.UpdatedAt);

    private static object Describe(StoredRecipe stored) => new { stored.Name, stored.NameReason, stored.Description, stored.IsTemplate, stored.Latest };

    private Task<Error?> DeniedAsync(Actor actor, string action, Guid? id, string name, CancellationToken ct) =>
        guard.CheckAsync(actor, Permission.ManageApps, action, AuditSubjects.Recipe, id, RecipeRules.IsName(name) ? name : "", ct);

    private async Task<Result<StoredRecipe>> SaveAsync(AvaDbContext db, StoredRecipe stored, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await MovedAsync(stored, ct).ConfigureAwait(false);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return await IsNameTakenAsync(stored, ct).ConfigureAwait(false)
                ? new InvalidError(nameof(RecipeRequest.Name), "recipe.name_taken", stored.Name)
                : await MovedAsync(stored, ct).ConfigureAwait(false);
        }

        events.Publish(Topic, stored.Id);
        return stored;
    }

    private async Task<bool> IsNameTakenAsync(StoredRecipe stored, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.Recipes.AnyAsync(known => known.Name == stored.Name && known.Id != stored.Id, ct).ConfigureAwait(false);
    }

    /// <summary>Somebody was first, in the same moment.</summary>
    private async Task<Error> MovedAsync(StoredRecipe stored, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var latest = await db.RecipeVersions.AsNoTracking().Where(version => version.RecipeId == stored.Id).OrderByDescending(version => version.Number).FirstOrDefaultAsync(ct).ConfigureAwait(false);
        return latest is null ? NotFound(stored.Name) : new ConflictError("recipe.moved", latest.CreatedBy, latest.Number, Math.Max(1, latest.Number - 1));
    }
}
