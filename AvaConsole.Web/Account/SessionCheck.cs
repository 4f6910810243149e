using System.Security.Claims;
using AvaConsole.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AvaConsole.Web.Account;

/// <summary>Whether a session may go on: the account still exists, is not disabled, and its security stamp is the session's.</summary>
public sealed class SessionCheck(IDbContextFactory<AvaDbContext> contexts, IOptions<IdentityOptions> options)
{
    /// <summary>How long a session may outlive its account's rights.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    public async Task<bool> IsValidAsync(ClaimsPrincipal user, CancellationToken ct)
    {
        var stamp = user.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType);
        if (stamp is null || !Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)) return false;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Accounts.AnyAsync(account => account.Id == id && !account.Disabled && account.SecurityStamp == stamp, ct);
    }
}
