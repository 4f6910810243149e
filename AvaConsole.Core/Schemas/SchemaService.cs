using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas;

/// <summary>A row of the API list.</summary>
public sealed record ApiSummary(Guid Id, string Name, string Description, string DraftVersion, string? LatestVersion, string UpdatedBy, DateTimeOffset UpdatedAt);

/// <summary>Drafts and versions of APIs.</summary>
public sealed class SchemaService
{
    public Task<IReadOnlyList<ApiSummary>> ListAsync(string? search, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>With its versions, newest first.</summary>
    public Task<Result<Api>> GetAsync(Guid id, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Draft service names are unique (<c>api.name_taken</c>).</summary>
    public Task<Result<Api>> CreateAsync(ApiSchema draft, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>
    /// Saves a draft, valid or not: nothing typed is lost. Returns the new revision, or <c>api.draft_moved</c> (who, when) where
    /// somebody else saved since <paramref name="baseRevision"/>.
    /// </summary>
    public Task<Result<int>> SaveDraftAsync(Guid id, ApiSchema draft, int baseRevision, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Fixes the draft as an immutable version. Lint errors and taken version numbers are refused.</summary>
    public Task<Result<ApiVersion>> CreateVersionAsync(Guid id, int baseRevision, Actor actor, CancellationToken ct) => throw new NotImplementedException();
}
