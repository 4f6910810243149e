using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Accounts;

internal static class SettingsQueries
{
    /// <summary>Four eyes until somebody decided otherwise.</summary>
    public static Task<ApprovalMode> GetApprovalModeAsync(this AvaDbContext db, CancellationToken ct) =>
        db.Settings.AsNoTracking().Select(settings => settings.ApprovalMode).SingleOrDefaultAsync(ct);
}
