using AvaConsole.Core.Accounts;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Configuration;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Changes;
using Bunit;

namespace AvaConsole.Tests.Web.Changes;

public sealed class ChangePagesTests : AvaTestContext
{
    private ReleaseScenario _scenario = null!;
    private ChangePlan _plan = null!;

    public override async Task InitializeAsync()
    {
        await StartConsoleAsync();
        _scenario = await ReleaseScenario.CreateAsync(Console);
        _plan = await _scenario.ProposeReleaseAsync();
    }

    [Fact]
    public void List_PlanForTheApprover_ComesFirst()
    {
        SignIn(Console.Bob);

        var page = Render<ChangeListPage>();

        page.WaitForAssertion(() => Assert.Equal("Waiting for your decision (1)", page.Find("h2").TextContent));
    }

    [Fact]
    public void List_OwnPlanOfATeam_DoesNotWaitForItsProposer()
    {
        var page = Render<ChangeListPage>();

        page.WaitForElement("tbody tr");
        Assert.Empty(page.FindAll("#mine-heading"));
    }

    [Fact]
    public void List_StateInQueryWithoutMatch_SaysSo()
    {
        Navigation.NavigateTo(ChangeUrls.List(ChangeStates.Name(ChangeState.Rejected)));

        var page = Render<ChangeListPage>();

        page.WaitForAssertion(() => Assert.Equal("No change is in state “rejected”", page.Find(".empty-state h2").TextContent));
    }

    [Fact]
    public void Page_Proposer_SeesWhyTheyCannotDecide()
    {
        var page = Open();

        page.WaitForElement(".decision .muted");
        Assert.Empty(page.FindAll("[data-testid=approve]"));
        Assert.Equal(_plan.ContentHash, page.Find("[data-testid=content-hash]").TextContent);
    }

    [Fact]
    public async Task Approve_ThenApply_EndsLive()
    {
        SignIn(Console.Bob);
        var page = Open();
        page.WaitForElement("#decision-comment").Input("looks right");
        page.WaitForAssertion(() => Assert.Equal("looks right", page.Find("#decision-comment").GetAttribute("value") ?? page.Find("#decision-comment").TextContent));
        page.Find("[data-testid=approve]").Click();
        page.WaitForAssertion(() => Assert.Contains("approved by bob", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[data-testid=apply]"));

        SignIn(Console.Alice);
        var own = Open();
        own.WaitForElement("[data-testid=apply]").Click();
        own.WaitForAssertion(() => Assert.Contains("It is being written.", own.Markup, StringComparison.Ordinal));
        await Console.ApplyDueAsync();

        own.WaitForAssertion(() => Assert.Contains("Live at revision", own.Find(".outcome").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reject_NeedsAComment()
    {
        SignIn(Console.Bob);
        var page = Open();
        page.WaitForAssertion(() => Assert.True(page.Find("[data-testid=reject]").HasAttribute("disabled")));

        page.Find("#decision-comment").Input("not before Monday");
        page.WaitForElement("[data-testid=reject]:not([disabled])");
        page.Find("[data-testid=reject]").Click();

        page.WaitForAssertion(() => Assert.Contains("It was rejected and nothing was written.", page.Markup, StringComparison.Ordinal));
        Assert.Equal(["Reject change #1?"], Confirm.Asked);
        Assert.Equal(ChangeState.Rejected, (await Console.Changes.GetAsync(_plan.Id, default)).Value!.State);
    }

    [Fact]
    public async Task Approve_NotConfirmed_DecidesNothing()
    {
        SignIn(Console.Bob);
        Confirm.Answer = false;
        var page = Open();

        page.WaitForElement("[data-testid=approve]").Click();
        page.WaitForAssertion(() => Assert.Equal(["Approve change #1?"], Confirm.Asked));

        Assert.Equal(ChangeState.AwaitingApproval, (await Console.Changes.GetAsync(_plan.Id, default)).Value!.State);
    }

    [Fact]
    public async Task Withdraw_Proposer_EndsThePlan()
    {
        var page = Open();

        page.WaitForElement(".page-header-actions button").Click();

        page.WaitForAssertion(() => Assert.Contains("It was withdrawn and nothing was written.", page.Markup, StringComparison.Ordinal));
        Assert.Equal(ChangeState.Withdrawn, (await Console.Changes.GetAsync(_plan.Id, default)).Value!.State);
    }

    [Fact]
    public async Task Page_SoloModeOwnPlan_IsShownAsSelfApproval()
    {
        Assert.Null((await Console.Accounts.SetApprovalModeAsync(ApprovalMode.Solo, Console.Alice, default)).Error);
        var page = Open();

        page.WaitForElement("[data-testid=approve]").Click();

        page.WaitForAssertion(() => Assert.Contains("self-approval", page.Find(".approvals").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_Conflict_IsExplainedAndCanBeProposedAgain()
    {
        await _scenario.ApplyAsync(_plan);
        var promotion = await _scenario.ProposePromotionAsync(_plan.ReleaseId!.Value, Phases.Grey);
        await _scenario.ApproveAsync(promotion);
        var key = ConfigKey.AppRelease(_scenario.Command, "20261101-v1");
        var entry = (await Console.Store.GetAsync(key, default))!;
        await Console.Store.TxnAsync(new ConfigTxn([], [ConfigOperation.Put(key, entry.Value)]), default);
        Assert.Null((await Console.Changes.ApplyAsync(promotion.Id, Console.Alice, default)).Error);
        await Console.ApplyDueAsync();
        _plan = promotion;

        var page = Open();

        page.WaitForAssertion(() => Assert.Contains("The live configuration moved on", page.Markup, StringComparison.Ordinal));
        Assert.Equal($"/releases/{promotion.ReleaseId}?move=grey", page.Find("[data-testid=again]").GetAttribute("href"));
    }

    private IRenderedComponent<ChangePage> Open()
    {
        var page = Render<ChangePage>(parameters => parameters.Add(page => page.Id, _plan.Id));
        page.WaitForElement("[data-testid=content-hash]");
        return page;
    }
}
