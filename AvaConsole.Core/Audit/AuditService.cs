using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Audit;

/// <summary>Filter of the audit log; nulls match everything.</summary>
public sealed record AuditFilter(string? Search = null, string? Action = null, string? ActorName = null, Guid? SubjectId = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>Reads the audit log.</summary>
public sealed class AuditService
{
    /// <summary>Newest first. Needs <see cref="Permission.ViewAudit"/>.</summary>
    public Task<Result<Page<AuditEntry>>> ListAsync(AuditFilter filter, int skip, int take, Actor actor, CancellationToken ct) => throw new NotImplementedException();
}
