using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Changes;

/// <summary>Shows, decides, applies and records change plans. Nothing else leads to a write of the live configuration.</summary>
public sealed class ChangeService
{
    /// <param name="state">Null for all.</param>
    public Task<IReadOnlyList<ChangePlan>> ListAsync(ChangeState? state, Guid? appId, int limit, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>With app, release and approvals.</summary>
    public Task<Result<ChangePlan>> GetAsync(Guid id, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Whether this actor may decide on the plan now; the error says why not.</summary>
    public Task<Result> CanDecideAsync(Guid id, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Approves exactly <paramref name="contentHash"/>.</summary>
    public Task<Result<ChangePlan>> ApproveAsync(Guid id, string contentHash, string comment, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Ends the plan; a comment is required.</summary>
    public Task<Result<ChangePlan>> RejectAsync(Guid id, string contentHash, string comment, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>The proposer takes the plan back.</summary>
    public Task<Result<ChangePlan>> WithdrawAsync(Guid id, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Puts an approved plan into the outbox; the applier writes it. Returns at once with state <see cref="ChangeState.Applying"/>.</summary>
    public Task<Result<ChangePlan>> ApplyAsync(Guid id, Actor actor, CancellationToken ct) => throw new NotImplementedException();
}
