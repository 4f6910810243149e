using AvaConsole.Core.Accounts;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Releases;

/// <summary>Drafts of releases, and the plans that make them live. Never writes to the configuration store itself.</summary>
public sealed class ReleaseService
{
    /// <summary>Newest first, with the phase each has in the live configuration.</summary>
    public Task<IReadOnlyList<ReleaseSummary>> ListAsync(Guid appId, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>With app, API version, package, verifications (newest first) and plans (newest first, with approvals).</summary>
    public Task<Result<Release>> GetAsync(Guid id, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>The release's phase in the live configuration; null where that does not hold it.</summary>
    public Task<string?> GetPhaseAsync(string command, string version, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>The next free version name of the app for an image today.</summary>
    public Task<Result<VersionProposal>> ProposeVersionAsync(Guid appId, string image, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Release>> CreateAsync(Guid appId, ReleaseRequest request, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Drafts only (<c>release.immutable</c> otherwise); <c>release.draft_moved</c> where somebody else saved since.</summary>
    public Task<Result<Release>> UpdateAsync(Guid id, ReleaseRequest request, int baseRevision, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>What submitting would write now.</summary>
    public Task<Result<PlanPreview>> PreviewSubmitAsync(Guid id, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>
    /// Fixes the release and proposes its plan. Refused without passed evidence for exactly this content (<c>release.not_verified</c>), or
    /// where the plan differs from the previewed one (<c>change.preview_outdated</c>).
    /// </summary>
    public Task<Result<ChangePlan>> SubmitAsync(Guid id, string reason, string previewedHash, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Staging → grey → production. The release that holds the phase now is retired in the same transaction.</summary>
    public Task<Result<PlanPreview>> PreviewPromoteAsync(Guid id, string toPhase, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<ChangePlan>> PromoteAsync(Guid id, string toPhase, string reason, string previewedHash, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Makes an earlier, retired release live in production again. Deletes nothing.</summary>
    public Task<Result<PlanPreview>> PreviewRollbackAsync(Guid toReleaseId, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<ChangePlan>> RollbackAsync(Guid toReleaseId, string reason, string previewedHash, Actor actor, CancellationToken ct) => throw new NotImplementedException();
}
