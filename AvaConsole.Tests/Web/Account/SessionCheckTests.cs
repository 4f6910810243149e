using System.Security.Claims;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Data;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Account;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AvaConsole.Tests.Web.Account;

public sealed class SessionCheckTests
{
    [Fact]
    public async Task IsValid_UnchangedAccount_True()
    {
        await using var core = await TestConsole.StartAsync();

        Assert.True(await Check(core).IsValidAsync(await SessionAsync(core), default));
    }

    [Fact]
    public async Task IsValid_AfterDisabling_False()
    {
        await using var core = await TestConsole.StartAsync();
        var session = await SessionAsync(core);

        await core.Accounts.SetDisabledAsync(core.Bob.AccountId, true, core.Alice, default);

        Assert.False(await Check(core).IsValidAsync(session, default));
    }

    [Fact]
    public async Task IsValid_AfterAnotherRole_False()
    {
        await using var core = await TestConsole.StartAsync();
        var session = await SessionAsync(core);

        await core.Accounts.SetRolesAsync(core.Bob.AccountId, [Roles.Viewer], core.Alice, default);

        Assert.False(await Check(core).IsValidAsync(session, default));
    }

    [Fact]
    public async Task IsValid_AfterAnotherPassword_False()
    {
        await using var core = await TestConsole.StartAsync();
        var session = await SessionAsync(core);

        Assert.Null((await core.Accounts.ChangePasswordAsync(TestConsole.Password, "staple battery horse", core.Bob, default)).Error);

        Assert.False(await Check(core).IsValidAsync(session, default));
    }

    [Fact]
    public async Task IsValid_NobodySignedIn_False()
    {
        await using var core = await TestConsole.StartAsync();

        Assert.False(await Check(core).IsValidAsync(new ClaimsPrincipal(new ClaimsIdentity()), default));
    }

    private static SessionCheck Check(TestConsole core) => new(core.Get<IDbContextFactory<AvaDbContext>>(), core.Get<IOptions<IdentityOptions>>());

    private static async Task<ClaimsPrincipal> SessionAsync(TestConsole core)
    {
        var stamp = await core.QueryAsync(db => db.Accounts.Where(account => account.Id == core.Bob.AccountId).Select(account => account.SecurityStamp).SingleAsync());
        return new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, $"{core.Bob.AccountId}"), new Claim(core.Get<IOptions<IdentityOptions>>().Value.ClaimsIdentity.SecurityStampClaimType, stamp!)], "test"));
    }
}
