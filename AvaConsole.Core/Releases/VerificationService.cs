using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Releases;

/// <summary>Verification runs: queued by people, executed by the job scheduler, kept as evidence.</summary>
public sealed class VerificationService
{
    /// <summary>Queues a run for the draft's present content; one at a time per release (<c>verification.running</c>).</summary>
    public Task<Result<VerificationRun>> StartAsync(Guid releaseId, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Executes a queued or interrupted run. Called by the job; publishes <c>verification</c> events as it proceeds.</summary>
    public Task RunAsync(Guid runId, CancellationToken ct) => throw new NotImplementedException();
}
