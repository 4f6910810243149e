using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>A registry as pages show it.</summary>
/// <param name="Registry">Without its secret.</param>
/// <param name="HasSecret">A password or token is kept.</param>
/// <param name="Repositories">In the index; of these <paramref name="Failing"/> could not be listed the last time.</param>
/// <param name="Tags">In the index; of these some dangle and some cannot be read.</param>
public sealed record RegistryInfo(ImageRegistry Registry, bool HasSecret, int Repositories, int Failing, int Tags, int Dangling, int Unreadable);

/// <summary>Registries whose images the catalogue shows. Everybody sees them; an administrator changes them. A secret is never given out again.</summary>
public sealed class RegistryService(
    IDbContextFactory<AvaDbContext> contexts, RegistryAccess access, AuditLog audit, AccessGuard guard, ConsoleEvents events, TimeProvider clock)
{
    internal const string Topic = "registry";

    /// <summary>Repositories with an error that are shown at most.</summary>
    public const int ListedFailures = 100;

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<RegistryInfo>> ListAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await ReadAsync(db, db.ImageRegistries.OrderBy(registry => registry.Name), ct).ConfigureAwait(false);
    }

    /// <summary><c>registry.not_found</c>.</summary>
    public async Task<Result<RegistryInfo>> GetAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var found = await ReadAsync(db, db.ImageRegistries.Where(registry => registry.Id == id), ct).ConfigureAwait(false);
        return found is [var registry] ? registry : new NotFoundError("registry.not_found");
    }

    /// <summary>Repositories that could not be listed, and those with tags that could not be read (their tags with them), by path.</summary>
    public async Task<IReadOnlyList<IndexedRepository>> ListFailuresAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.ImageRepositories
            .AsNoTracking()
            .Where(repository => repository.RegistryId == id && (repository.ErrorCode != "" || repository.IsCut || repository.Tags.Any(tag => tag.ErrorCode != "")))
            .Include(repository => repository.Tags.Where(tag => tag.ErrorCode != "").OrderBy(tag => tag.Name).Take(ListedFailures))
            .OrderBy(repository => repository.Path)
            .Take(ListedFailures)
            .ToListAsync(ct)
            .ConfigureAwait(false);
    }

    public async Task<Result<RegistryInfo>> AddAsync(RegistryRequest request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await DeniedAsync(actor, "registry.added", null, request.Name, ct).ConfigureAwait(false) is { } denied) return denied;
        var now = clock.GetUtcNow();
        var registry = new ImageRegistry { Id = Guid.CreateVersion7(), Revision = 1, CreatedBy = actor.Name, CreatedAt = now, NextRefreshAt = now };
        var problems = RegistryRules.Fill(registry, request);
        problems.AddRange(Keep(registry, "", request));
        if (problems.Count > 0) return new InvalidError(problems);

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        db.ImageRegistries.Add(registry);
        registry.UpdatedAt = now;
        audit.Add(db, actor, "registry.added", AuditSubjects.Registry, registry.Id, registry.Name, after: Describe(registry));
        var saved = await SaveAsync(db, registry, ct).ConfigureAwait(false);
        if (saved.IsSuccess) events.Publish(Topic, registry.Id);
        return saved;
    }

    /// <summary>
    /// Under another address it is another registry: what was indexed of it goes, and its secret has to be typed again (<c>registry.secret_retype</c>),
    /// because nobody gets it but whom it was typed for.
    /// </summary>
    /// <param name="revision">That the edit started from; <c>registry.changed_meanwhile</c> where it is no longer the registry's.</param>
    public async Task<Result<RegistryInfo>> UpdateAsync(Guid id, int revision, RegistryRequest request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await DeniedAsync(actor, "registry.updated", id, request.Name, ct).ConfigureAwait(false) is { } denied) return denied;
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.ImageRegistries.SingleOrDefaultAsync(known => known.Id == id, ct).ConfigureAwait(false) is not { } registry) return new NotFoundError("registry.not_found");
        if (registry.Revision != revision) return new ConflictError("registry.changed_meanwhile", registry.Name);

        var (before, address, typed) = (Describe(registry), registry.Address, registry.Repositories);
        var problems = RegistryRules.Fill(registry, request);
        problems.AddRange(Keep(registry, address, request));
        if (problems.Count > 0) return new InvalidError(problems);

        await using var transaction = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        var dropped = typed.Except(registry.Repositories).ToList();
        await db.ImageRepositories
            .Where(repository => repository.RegistryId == id && (registry.Address != address || dropped.Contains(repository.Path)))
            .ExecuteDeleteAsync(ct)
            .ConfigureAwait(false);
        if (registry.Address != address) registry.Refresh = new RefreshReport();
        (registry.Revision, registry.UpdatedAt, registry.NextRefreshAt) = (revision + 1, clock.GetUtcNow(), clock.GetUtcNow());
        // In the database: a refresh may be counting, too.
        await db.ImageRegistries.Where(known => known.Id == id).ExecuteUpdateAsync(set => set.SetProperty(known => known.IndexRevision, known => known.IndexRevision + 1), ct).ConfigureAwait(false);
        audit.Add(db, actor, "registry.updated", AuditSubjects.Registry, registry.Id, registry.Name, before, Describe(registry));
        var saved = await SaveAsync(db, registry, ct).ConfigureAwait(false);
        if (!saved.IsSuccess) return saved;
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        events.Publish(Topic, registry.Id);
        return saved;
    }

    /// <summary>With all that is indexed of it; the registry itself is not touched.</summary>
    public async Task<Result> RemoveAsync(Guid id, Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.ImageRegistries.SingleOrDefaultAsync(known => known.Id == id, ct).ConfigureAwait(false) is not { } registry) return new NotFoundError("registry.not_found");
        if (await DeniedAsync(actor, "registry.removed", id, registry.Name, ct).ConfigureAwait(false) is { } denied) return denied;
        db.ImageRegistries.Remove(registry);
        audit.Add(db, actor, "registry.removed", AuditSubjects.Registry, id, registry.Name, before: Describe(registry));
        if (await SaveAsync(db, registry, ct).ConfigureAwait(false) is { IsSuccess: false } failed) return failed.Error;
        await IndexWriter.RemoveUnusedImagesAsync(db, ct).ConfigureAwait(false);
        events.Publish(Topic, id);
        return Result.Success;
    }

    /// <summary>
    /// Has the index refreshed at once, by whichever console is free. Not while it is being refreshed, nor while the registry wants to be left alone.
    /// Needs <see cref="Permission.ManageApps"/>: whoever has just pushed an image wants to see it.
    /// </summary>
    public async Task<Result> RefreshAsync(Guid id, Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.ImageRegistries.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, ct).ConfigureAwait(false) is not { } registry) return new NotFoundError("registry.not_found");
        if (await guard.CheckAsync(actor, Permission.ManageApps, "registry.refreshed", AuditSubjects.Registry, id, registry.Name, ct).ConfigureAwait(false) is { } denied) return denied;
        if (RefuseRefresh(registry) is { } refused) return refused;

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        await db.ImageRegistries.Where(known => known.Id == id).ExecuteUpdateAsync(set => set.SetProperty(known => known.NextRefreshAt, now), ct).ConfigureAwait(false);
        audit.Add(db, actor, "registry.refreshed", AuditSubjects.Registry, id, registry.Name);
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        events.Publish(Topic, id);
        return Result.Success;
    }

    private Error? RefuseRefresh(ImageRegistry registry)
    {
        var now = clock.GetUtcNow();
        if (!registry.Enabled) return new ConflictError("registry.disabled", registry.Name);
        if (registry.Refresh.IsRunning(now)) return new ConflictError("registry.refreshing", registry.Name);
        var seconds = (int)Math.Ceiling((registry.NextRefreshAt - now).TotalSeconds);
        return registry.Refresh.ErrorCode == "registry.rate_limited" && seconds > 0 ? new BusyError("registry.rate_limited", seconds, registry.Host, seconds) : null;
    }

    /// <summary>Seals what was typed; what is wrong with it.</summary>
    /// <param name="address">That the stored secret is for; empty for none.</param>
    private IEnumerable<Problem> Keep(ImageRegistry registry, string address, RegistryRequest request)
    {
        if (request.Secret is { } secret) registry.SealedSecret = access.Seal(registry.Id, registry.UserName.Length > 0 ? secret : "");
        else if (registry.UserName.Length == 0) registry.SealedSecret = [];
        return RegistryRules.CheckSecret(registry, address, request);
    }

    private static async Task<Result<RegistryInfo>> SaveAsync(AvaDbContext db, ImageRegistry registry, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ConflictError("registry.changed_meanwhile", registry.Name);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return await db.ImageRegistries.AnyAsync(other => other.Id != registry.Id && other.Address == registry.Address, ct).ConfigureAwait(false)
                ? new InvalidError(nameof(RegistryRequest.Address), "registry.address_taken", registry.Address)
                : new InvalidError(nameof(RegistryRequest.Name), "registry.name_taken", registry.Name);
        }

        return new RegistryInfo(Shown(registry), registry.SealedSecret.Length > 0, 0, 0, 0, 0, 0);
    }

    private static async Task<List<RegistryInfo>> ReadAsync(AvaDbContext db, IQueryable<ImageRegistry> registries, CancellationToken ct)
    {
        var rows = await registries
            .AsNoTracking()
            .Select(registry => new
            {
                Registry = registry,
                Repositories = registry.Indexed.Count,
                Failing = registry.Indexed.Count(repository => repository.ErrorCode != ""),
                Tags = db.ImageTags.Count(tag => tag.Repository.RegistryId == registry.Id),
                Dangling = db.ImageTags.Count(tag => tag.Repository.RegistryId == registry.Id && tag.State == TagState.Dangling),
                Unreadable = db.ImageTags.Count(tag => tag.Repository.RegistryId == registry.Id && tag.State == TagState.Unreadable),
            })
            .ToListAsync(ct)
            .ConfigureAwait(false);
        return rows.ConvertAll(row => new RegistryInfo(Shown(row.Registry), row.Registry.SealedSecret.Length > 0, row.Repositories, row.Failing, row.Tags, row.Dangling, row.Unreadable));
    }

    private static ImageRegistry Shown(ImageRegistry registry) => new()
    {
        Id = registry.Id,
        Name = registry.Name,
        Address = registry.Address,
        Host = registry.Host,
        AllowedHosts = registry.AllowedHosts,
        Namespace = registry.Namespace,
        Repositories = registry.Repositories,
        ListsRepositories = registry.ListsRepositories,
        UserName = registry.UserName,
        RefreshMinutes = registry.RefreshMinutes,
        RequestBudget = registry.RequestBudget,
        Enabled = registry.Enabled,
        Revision = registry.Revision,
        IndexRevision = registry.IndexRevision,
        Refresh = registry.Refresh,
        NextRefreshAt = registry.NextRefreshAt,
        CreatedBy = registry.CreatedBy,
        CreatedAt = registry.CreatedAt,
        UpdatedAt = registry.UpdatedAt,
    };

    private static object Describe(ImageRegistry registry) => new
    {
        name = registry.Name,
        address = registry.Address,
        allowedHosts = registry.AllowedHosts,
        @namespace = registry.Namespace,
        repositories = registry.Repositories,
        listsRepositories = registry.ListsRepositories,
        userName = registry.UserName,
        password = registry.SealedSecret.Length > 0 ? AuditLog.Mask : "",
        refreshMinutes = registry.RefreshMinutes,
        requestBudget = registry.RequestBudget,
        enabled = registry.Enabled,
    };

    private Task<Error?> DeniedAsync(Actor actor, string action, Guid? id, string name, CancellationToken ct) =>
        guard.CheckAsync(actor, Permission.Administer, action, AuditSubjects.Registry, id, name, ct);
}
