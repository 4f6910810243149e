using AvaConsole.Core.Accounts;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Accounts;
using AvaConsole.Web.Features.Audit;
using AvaConsole.Web.Features.Settings;
using Bunit;

namespace AvaConsole.Tests.Web.Shell;

public sealed class AdministrationPageTests : AvaTestContext
{
    public override Task InitializeAsync() => StartConsoleAsync();

    [Fact]
    public void AuditPage_Fresh_ListsNewestFirstWithWhoAndWhere()
    {
        var page = Render<AuditPage>();

        page.WaitForElement("tbody tr");
        Assert.Equal(["Account created", "Approval mode set", "Account created"], page.FindAll("tbody td:nth-child(3)").Select(cell => cell.TextContent.Trim()));
        Assert.All(page.FindAll("tbody td:nth-child(5)"), cell => Assert.Equal("192.0.2.10", cell.TextContent));
    }

    [Fact]
    public void AuditPage_FilterInQuery_ListsOnlyMatches()
    {
        Navigation.NavigateTo(AuditUrls.List(new AuditQuery { Search = "bob" }));

        var page = Render<AuditPage>();

        page.WaitForElement("tbody tr");
        Assert.Equal(["bob"], page.FindAll("tbody td:nth-child(4)").Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public void AuditPage_FilterMatchesNothing_OffersToClearIt()
    {
        Navigation.NavigateTo(AuditUrls.List(new AuditQuery { Search = "nobody" }));

        var page = Render<AuditPage>();

        page.WaitForAssertion(() => Assert.Equal("No line matches the filters", page.Find("h2").TextContent));
        Assert.Equal("/audit", page.Find(".empty-state a").GetAttribute("href"));
    }

    [Fact]
    public async Task AuditPage_EntryInQuery_ShowsBeforeAndAfter()
    {
        await Console.Accounts.SetRolesAsync(Console.Bob.AccountId, [Roles.Viewer], Console.Alice, default);
        var entry = (await Console.AuditAsync("account.roles_changed")).Single();
        Navigation.NavigateTo(AuditUrls.List(new AuditQuery { Entry = entry.Id }));

        var page = Render<AuditPage>();

        page.WaitForElement(".audit-detail");
        Assert.Contains("approver", page.Find(".diff-removed").TextContent, StringComparison.Ordinal);
        Assert.Contains("viewer", page.Find(".diff-added").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void AuditPage_SearchSubmitted_IsInTheAddress()
    {
        var page = Render<AuditPage>();
        page.WaitForElement("tbody tr");

        page.Find("input[type=search]").Change("bob");
        page.Find("form").Submit();

        Assert.Equal("http://localhost/audit?q=bob", Navigation.Uri);
    }

    [Fact]
    public void AuditPage_NoPermission_SaysSo()
    {
        SignIn(Console.Viewer);

        var page = Render<AuditPage>();

        page.WaitForAssertion(() => Assert.NotEqual("", page.Find("[role=alert]").TextContent.Trim()));
        Assert.Empty(page.FindAll("table"));
    }

    [Fact]
    public async Task AccountsPage_NewAccount_CanBeCreated()
    {
        Navigation.NavigateTo(AccountsUrls.List(create: true));
        var page = Render<AccountsPage>();
        page.WaitForElement("#account-name").Change("carol");
        page.Find("#account-password").Change("a long phrase of words");
        page.Find("#role-designer").Change(true);

        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Equal(["Account carol was created."], Toaster.Successes));
        var carol = (await Console.Accounts.ListAsync(default)).Single(account => account.UserName == "carol");
        Assert.Equal([Roles.Viewer, Roles.Designer], carol.Roles);
        Assert.Equal("http://localhost/accounts", Navigation.Uri);
    }

    [Fact]
    public void AccountsPage_NameTaken_IsSaidAtTheField()
    {
        Navigation.NavigateTo(AccountsUrls.List(create: true));
        var page = Render<AccountsPage>();
        page.WaitForElement("#account-name").Change("bob");
        page.Find("#account-password").Change("a long phrase of words");

        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.NotEqual("", page.Find("#account-name-error").TextContent.Trim()));
        Assert.Empty(Toaster.Successes);
    }

    [Fact]
    public async Task AccountsPage_DisableConfirmed_EndsTheAccount()
    {
        var page = Render<AccountsPage>();
        page.WaitForElement(".account-actions button").Click();

        page.WaitForAssertion(() => Assert.Equal(["bob can no longer sign in."], Toaster.Successes));
        Assert.Equal(["Disable bob?"], Confirm.Asked);
        Assert.True((await Console.Accounts.ListAsync(default)).Single(account => account.UserName == "bob").Disabled);
    }

    [Fact]
    public void AccountsPage_NotAnAdministrator_ShowsNoAccount()
    {
        SignIn(Console.Viewer);

        var page = Render<AccountsPage>();

        page.WaitForElement(".empty-state");
        Assert.DoesNotContain("alice", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SettingsPage_ModeConfirmed_IsSaved()
    {
        var page = Render<SettingsPage>();
        page.WaitForElement("#mode-Solo").Change("on");

        page.WaitForAssertion(() => Assert.Single(Toaster.Successes));
        Assert.Equal(ApprovalMode.Solo, await Console.Accounts.GetApprovalModeAsync(default));
    }

    [Fact]
    public async Task SettingsPage_ModeNotConfirmed_StaysAsItWas()
    {
        Confirm.Answer = false;
        var page = Render<SettingsPage>();
        page.WaitForElement("#mode-Solo").Change("on");

        page.WaitForAssertion(() => Assert.True(page.Find("#mode-Team").HasAttribute("checked")));
        Assert.Equal(ApprovalMode.Team, await Console.Accounts.GetApprovalModeAsync(default));
    }

    [Fact]
    public void SettingsPage_NotAnAdministrator_CannotChangeTheMode()
    {
        SignIn(Console.Bob);

        var page = Render<SettingsPage>();

        page.WaitForElement("#mode-Solo");
        Assert.All(page.FindAll("input[type=radio]"), radio => Assert.True(radio.HasAttribute("disabled")));
        Assert.DoesNotContain(Console.Data.Root, page.Markup, StringComparison.Ordinal);
    }
}
