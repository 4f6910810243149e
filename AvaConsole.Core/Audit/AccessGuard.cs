using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Audit;

/// <summary>Asks for a permission at the door of every mutation; who is turned away is in the audit log too.</summary>
public sealed class AccessGuard(IDbContextFactory<AvaDbContext> contexts, AuditLog audit)
{
    /// <summary>Null where the actor may; the refusal, audited as <c>{subjectType}.denied</c>, where not.</summary>
    internal async Task<Error?> CheckAsync(Actor actor, Permission permission, string action, string subjectType, Guid? subjectId, string subjectName, CancellationToken ct)
    {
        if (actor.Can(permission))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        audit.Add(db, actor, subjectType + ".denied", subjectType, subjectId, subjectName, after: new { action, permission });
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        return new ForbiddenError("permission.denied", permission.ToString());
    }
}
