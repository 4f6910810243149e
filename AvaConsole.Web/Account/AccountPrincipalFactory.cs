using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AvaConsole.Web.Account;

/// <summary>Id, name and security stamp as Identity writes them, and the account's roles.</summary>
internal sealed class AccountPrincipalFactory(UserManager<Core.Accounts.Account> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Core.Accounts.Account>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Core.Accounts.Account user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaims(user.Roles.Select(role => new Claim(ClaimTypes.Role, role)));
        return identity;
    }
}
