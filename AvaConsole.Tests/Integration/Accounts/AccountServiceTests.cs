using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Tests.Integration.Accounts;

[Trait("Category", "Integration")]
public sealed class AccountServiceTests : IAsyncLifetime
{
    private TestConsole _console = null!;

    private AccountService Accounts => _console.Accounts;

    public async Task InitializeAsync() => _console = await TestConsole.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task CreateFirst_SecondTime_IsRefused()
    {
        Assert.True(await Accounts.IsInitializedAsync(default));

        Assert.Equal("account.already_initialized", (await Accounts.CreateFirstAsync("eve", TestConsole.Password, ApprovalMode.Solo, null, default)).Error?.Code);
        Assert.Equal(ApprovalMode.Team, await Accounts.GetApprovalModeAsync(default));
    }

    [Theory]
    [InlineData("", "long enough", "Name account.name_invalid")]
    [InlineData("bob", "long enough", "Name account.name_taken")]
    [InlineData("BOB", "long enough", "Name account.name_taken")]
    [InlineData("carol", "short", "Password account.password_too_short")]
    public async Task Create_Unacceptable_SaysWhy(string name, string password, string expected)
    {
        var refused = await Accounts.CreateAsync(name, password, [Roles.Viewer], _console.Alice, default);

        var problem = Assert.Single(Assert.IsType<InvalidError>(refused.Error).Problems);
        Assert.Equal(expected, $"{problem.Field} {problem.Code}");
    }

    [Fact]
    public async Task Create_ChineseName_IsAccepted() =>
        Assert.Equal("王小明", (await Accounts.CreateAsync("王小明", "一二三四五六七八", [Roles.Designer], _console.Alice, default)).Value?.UserName);

    [Fact]
    public async Task LastAdmin_CannotBeDisabledNorDemoted()
    {
        Assert.Equal("account.last_admin", (await Accounts.SetDisabledAsync(_console.Alice.AccountId, true, _console.Alice, default)).Error?.Code);
        Assert.Equal("account.last_admin", (await Accounts.SetRolesAsync(_console.Alice.AccountId, [Roles.Viewer], _console.Alice, default)).Error?.Code);

        await Accounts.SetRolesAsync(_console.Bob.AccountId, [Roles.Admin], _console.Alice, default);

        Assert.Null((await Accounts.SetRolesAsync(_console.Alice.AccountId, [Roles.Viewer], _console.Alice, default)).Error);
    }

    [Fact]
    public async Task SetRoles_EndsTheAccountsSessions()
    {
        var before = await StampAsync();

        await Accounts.SetRolesAsync(_console.Bob.AccountId, [Roles.Viewer], _console.Alice, default);

        Assert.NotEqual(before, await StampAsync());
        var entry = Assert.Single(await _console.AuditAsync("account.roles_changed"));
        Assert.Equal(("alice", "192.0.2.10", "bob"), (entry.ActorName, entry.Address, entry.SubjectName));
        Assert.Contains("approver", entry.Before, StringComparison.Ordinal);

        Task<string?> StampAsync() => _console.QueryAsync(db => db.Accounts.Where(account => account.Id == _console.Bob.AccountId).Select(account => account.SecurityStamp).SingleAsync());
    }

    [Fact]
    public async Task ChangePassword_WrongCurrent_IsRefused()
    {
        var refused = await Accounts.ChangePasswordAsync("wrong", "another good one", _console.Bob, default);

        Assert.Equal("account.password_wrong", Assert.Single(Assert.IsType<InvalidError>(refused.Error).Problems).Code);
        Assert.Null((await Accounts.ChangePasswordAsync(TestConsole.Password, "another good one", _console.Bob, default)).Error);
        Assert.DoesNotContain(await _console.AuditAsync(), entry => (entry.Before + entry.After).Contains("good one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AuditList_NeedsThePermission_AndFilters()
    {
        Assert.IsType<ForbiddenError>((await _console.Audit.ListAsync(new AuditFilter(), 0, 10, _console.Viewer, default)).Error);
        await Accounts.RecordAsync("account.sign_in_failed", "100%_x", null, "192.0.2.9", default);

        var found = (await _console.Audit.ListAsync(new AuditFilter(Search: "100%_X", From: DateTimeOffset.Now.AddHours(-1)), 0, 10, _console.Bob, default)).Value!;

        Assert.Equal((1, "account.sign_in_failed"), (found.Total, Assert.Single(found.Items).Action));
    }
}
