using System.Text.Json;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Core.Schemas.Versions;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Schemas;

/// <summary>A row of the API list.</summary>
public sealed record ApiSummary(Guid Id, string Name, string Description, string DraftVersion, string? LatestVersion, string UpdatedBy, DateTimeOffset UpdatedAt);

/// <summary>Drafts and versions of APIs.</summary>
public sealed class SchemaService(
    IDbContextFactory<AvaDbContext> contexts, DraftStore drafts, VersionService versions, AuditLog audit, AccessGuard guard, ConsoleEvents events, TimeProvider clock)
{
    public async Task<IReadOnlyList<ApiSummary>> ListAsync(string? search, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var apis = db.Apis.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = SearchPattern.Contains(search);
            apis = apis.Where(api => EF.Functions.ILike(api.Name, pattern, SearchPattern.Escape));
        }

        var rows = await apis
            .OrderBy(api => api.Name)
            .Select(api => new
            {
                api.Id,
                api.Name,
                api.Draft,
                Latest = api.Versions.OrderByDescending(version => version.CreatedAt).Select(version => version.Version).FirstOrDefault(),
                api.UpdatedBy,
                api.UpdatedAt,
            })
            .ToListAsync(ct)
            .ConfigureAwait(false);
        return rows.ConvertAll(row => new ApiSummary(row.Id, row.Name, row.Draft.Description, row.Draft.Version, row.Latest, row.UpdatedBy, row.UpdatedAt));
    }

    /// <summary>With its versions, newest first.</summary>
    public async Task<Result<Api>> GetAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var api = await db.Apis
            .AsNoTracking()
            .Include(known => known.Versions.OrderByDescending(version => version.CreatedAt))
            .SingleOrDefaultAsync(known => known.Id == id, ct)
            .ConfigureAwait(false);
        return api is null ? new NotFoundError("api.not_found") : api;
    }

    /// <summary>Draft service names are unique (<c>api.name_taken</c>).</summary>
    public async Task<Result<Api>> CreateAsync(ApiSchema draft, Actor actor, CancellationToken ct)
    {
        if (await DeniedAsync(actor, "api.created", null, draft.Service, ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        if (Check(draft) is { } invalid)
        {
            return invalid;
        }

        var now = clock.GetUtcNow();
        var api = new Api
        {
            Id = Guid.CreateVersion7(),
            Name = draft.Service.Trim(),
            Draft = draft,
            DraftRevision = 1,
            UpdatedBy = actor.Name,
            UpdatedAt = now,
            CreatedAt = now,
        };
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        db.Apis.Add(api);
        audit.Add(db, actor, "api.created", AuditSubjects.Api, api.Id, api.Name, after: draft);
        if (await SaveAsync(db, api.Name, ct).ConfigureAwait(false) is { } error)
        {
            return error;
        }

        events.Publish("api", api.Id);
        return api;
    }

    /// <summary>
    /// Saves a draft, valid or not: nothing typed is lost. Returns the new revision, or <c>api.draft_moved</c> (who, when) where
    /// somebody else saved since <paramref name="baseRevision"/>.
    /// </summary>
    public Task<Result<int>> SaveDraftAsync(Guid id, ApiSchema draft, int baseRevision, Actor actor, CancellationToken ct) =>
        drafts.ReplaceAsync(id, draft, baseRevision, actor, ct);

    /// <summary>Fixes the draft as an immutable version, see <see cref="VersionService.CreateAsync"/>.</summary>
    public Task<Result<ApiVersion>> CreateVersionAsync(Guid id, int baseRevision, Actor actor, CancellationToken ct) =>
        versions.CreateAsync(id, baseRevision, "", actor, ct);

    private static async Task<Error?> SaveAsync(AvaDbContext db, string name, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
            return null;
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return new ConflictError("api.name_taken", name);
        }
    }

    private static InvalidError? Check(ApiSchema draft)
    {
        if (string.IsNullOrWhiteSpace(draft.Service))
        {
            return new InvalidError("Service", "api.service_required");
        }

        // What PostgreSQL cannot keep in a text; everything else may be saved as it stands.
        return JsonSerializer.Serialize(draft).Contains("\\u0000", StringComparison.Ordinal) ? new InvalidError("", "text.control_character") : null;
    }

    private Task<Error?> DeniedAsync(Actor actor, string action, Guid? id, string name, CancellationToken ct) =>
        guard.CheckAsync(actor, Permission.DesignApi, action, AuditSubjects.Api, id, name, ct);
}
