using AvaConsole.Core.Changes;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Releases;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Web.Releases;

public sealed class ReleasePagesTests : AvaTestContext
{
    private ReleaseScenario _scenario = null!;

    public override async Task InitializeAsync()
    {
        await StartConsoleAsync();
        Services.AddSingleton<AntiforgeryStateProvider>(new FixedToken());
        _scenario = await ReleaseScenario.CreateAsync(Console);
    }

    [Fact]
    public async Task New_ImageTyped_ProposesTheVersionAndCreatesTheDraft()
    {
        var page = Render<ReleaseEditPage>(parameters => parameters.Add(page => page.Command, _scenario.Command));

        page.WaitForElement("#release-image").Input("reg.example/ava/ava-onnx-classify:v20261101-1");
        page.WaitForAssertion(() => Assert.EndsWith("-v20261101-1", page.Find("[data-testid=version]").TextContent, StringComparison.Ordinal));
        page.WaitForElement("[data-testid=tab-existing]").Click();
        page.WaitForElement("#package-existing").Change(_scenario.Package.Id.ToString());
        page.WaitForElement("[data-testid=package-facts]");
        page.WaitForAssertion(() => Assert.False(page.Find("[data-testid=save-release]").HasAttribute("disabled")));
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Matches("/releases/[0-9a-f-]{36}$", Navigation.Uri));
        var release = Assert.Single(await Console.Releases.ListAsync(_scenario.App.Id, default));
        Assert.Equal(ReleaseState.Draft, release.State);
    }

    [Fact]
    public async Task New_VersionWithTwoReadings_AsksWhichIsMeantAndStoresIt()
    {
        var page = Render<ReleaseEditPage>(parameters => parameters.Add(page => page.Command, _scenario.Command));
        page.WaitForElement("#release-image").Input("reg.example/ava/ava-onnx-classify:v20180228-1");
        page.WaitForElement("[data-testid=version]");

        page.Find("#release-own-version").Change(true);
        page.WaitForElement("#release-version").Input("20180301-v20180228-1");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("[data-testid=readings] input").Count));
        Assert.Contains("two ways", page.Find("#release-version-error").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("[data-testid=save-release]").HasAttribute("disabled"));
        await page.InvokeAsync(() => page.Find("#reading-1").Change(true));
        page.WaitForAssertion(() => Assert.Contains("Say why", page.Find("#release-version-reason-error").TextContent, StringComparison.Ordinal));
        page.Find("#release-version-reason").Input("Released again that day.");
        page.WaitForAssertion(() => Assert.False(page.Find("[data-testid=save-release]").HasAttribute("disabled")));
        await page.InvokeAsync(() => page.Find("form").Submit());

        page.WaitForAssertion(() => Assert.Matches("/releases/[0-9a-f-]{36}$", Navigation.Uri));
        var release = (await Console.Releases.GetAsync(Assert.Single(await Console.Releases.ListAsync(_scenario.App.Id, default)).Id, default)).Value!;
        Assert.Equal(("20180301-v20180228-1", "v20180228", 1, "Released again that day."), (release.Version, release.ImageVersion, release.Sequence, release.VersionReason));
        var facts = Render<ReleaseFacts>(parameters => parameters.Add(one => one.Release, release));
        Assert.Equal("Released again that day.", facts.Find("[data-testid=version-reason]").TextContent);
    }

    [Fact]
    public async Task New_VersionOfAnotherRelease_OffersTheNext()
    {
        await _scenario.DraftAsync("hotfix");
        var page = Render<ReleaseEditPage>(parameters => parameters.Add(page => page.Command, _scenario.Command));
        page.WaitForElement("#release-image").Input("reg.example/ava/ava-onnx-classify:v1");
        page.WaitForElement("[data-testid=version]");

        page.Find("#release-own-version").Change(true);
        page.WaitForElement("#release-version").Input("hotfix");
        page.WaitForElement("[data-testid=use-proposal]");
        await page.InvokeAsync(() => page.Find("[data-testid=use-proposal]").Click());

        page.WaitForAssertion(() => Assert.Equal("hotfix-2", page.Find("#release-version").GetAttribute("value")));
        page.WaitForElement("#release-version-reason");
        await page.InvokeAsync(() => page.Find("#release-own-version").Change(false));
        page.WaitForAssertion(() => Assert.EndsWith("-v1", page.Find("[data-testid=version]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task New_ImageOfTheCatalogue_IsAttachedByDigestUnlessDeclined()
    {
        const string Image = "reg.example/vision/ava-keras:v20261101";
        var digest = await CatalogueRows.AddAsync(Console, Image);
        var page = Render<ReleaseEditPage>(parameters => parameters.Add(page => page.Command, _scenario.Command));

        page.WaitForElement("#release-image").Input("keras");
        page.WaitForAssertion(() => Assert.Equal(Image, page.Find("#release-image-known option").GetAttribute("value")));
        await page.InvokeAsync(() => page.Find("#release-image").Input(Image));
        page.WaitForElement("#release-image-pin");
        page.WaitForAssertion(() => Assert.EndsWith("-v20261101", page.Find("[data-testid=version]").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find("form").Submit());

        page.WaitForAssertion(() => Assert.Matches("/releases/[0-9a-f-]{36}$", Navigation.Uri));
        var release = (await Console.Releases.GetAsync(Assert.Single(await Console.Releases.ListAsync(_scenario.App.Id, default)).Id, default)).Value!;
        Assert.Equal(($"{Image}@{digest}", digest), (release.Image, release.ImageDigest));

        var again = Render<ReleaseEditPage>(parameters => parameters.Add(page => page.Id, release.Id));
        again.WaitForAssertion(() => Assert.Contains("Attached by digest", again.Find("[data-testid=image-pin]").TextContent, StringComparison.Ordinal));
        await again.InvokeAsync(() => again.Find("#release-image").Input(Image));
        again.WaitForElement("#release-image-pin");
        await again.InvokeAsync(() => again.Find("#release-image-pin").Change(false));
        again.WaitForAssertion(() => Assert.Contains("may point at another image", again.Find("[data-testid=image-pin]").TextContent, StringComparison.Ordinal));
        again.WaitForAssertion(() => Assert.False(again.Find("[data-testid=save-release]").HasAttribute("disabled")));
        await again.InvokeAsync(() => again.Find("form").Submit());
        again.WaitForAssertion(() => Assert.Equal(("", Image), ImageOf(release.Id)));
    }

    [Fact]
    public async Task Edit_TagMovedSince_OffersTheNewDigest()
    {
        const string Image = "reg.example/vision/ava-keras:v20261101";
        var old = await CatalogueRows.AddAsync(Console, Image);
        var draft = (await Console.Releases.CreateAsync(_scenario.App.Id, _scenario.Request() with { Image = $"{Image}@{old}" }, Console.Alice, default)).Value!;
        var moved = await CatalogueRows.AddAsync(Console, Image, content: "rebuilt");
        var page = Render<ReleaseEditPage>(parameters => parameters.Add(page => page.Id, draft.Id));

        page.WaitForElement("[data-testid=take-new-digest]");
        await page.InvokeAsync(() => page.Find("[data-testid=take-new-digest]").Click());

        page.WaitForAssertion(() => Assert.Equal($"{Image}@{moved}", page.Find("#release-image").GetAttribute("value")));
    }

    [Fact]
    public async Task Page_ImageOfAnotherRelease_SaysWhatChanged()
    {
        const string Old = "reg.example/vision/ava-keras:v20261101";
        const string New = "reg.example/vision/ava-keras:v20261102";
        var system = new IndexedLayer(CatalogueRows.Digest("system"), 40 << 20);
        var before = await CatalogueRows.AddAsync(Console, Old, layers: [system, new IndexedLayer(CatalogueRows.Digest("old"), 3 << 20)], labels: new Dictionary<string, string> { ["python"] = "2.7" });
        var after = await CatalogueRows.AddAsync(Console, New, layers: [system, new IndexedLayer(CatalogueRows.Digest("new"), 5 << 20)], labels: new Dictionary<string, string> { ["python"] = "3.5" });
        await DraftAsync("20261101-v1", $"{Old}@{before}");
        var draft = await DraftAsync("20261102-v1", $"{New}@{after}");
        await DraftAsync("20261103-v1", "reg.elsewhere/vision/ava-keras:v1");

        var page = Open(draft.Id);

        page.WaitForAssertion(() =>
        {
            var changes = page.Find("[data-testid=image-changes]").TextContent;
            Assert.Contains("43.0 MiB → 45.0 MiB", changes, StringComparison.Ordinal);
            Assert.Contains("1 shared, 1 added, 1 removed", changes, StringComparison.Ordinal);
            Assert.Contains("5.0 MiB, where the other image", changes, StringComparison.Ordinal);
            Assert.Contains("python: 2.7 → 3.5", changes, StringComparison.Ordinal);
        });
        var elsewhere = page.FindAll("#image-baseline option").Single(option => option.TextContent == "20261103-v1").GetAttribute("value")!;
        await page.InvokeAsync(() => page.Find("#image-baseline").Change(elsewhere));
        page.WaitForAssertion(() => Assert.Contains("The catalogue does not know reg.elsewhere/vision/ava-keras:v1", page.Find("[data-testid=image-changes]").TextContent, StringComparison.Ordinal));

        async Task<Release> DraftAsync(string version, string image) =>
            (await Console.Releases.CreateAsync(_scenario.App.Id, _scenario.Request() with { Version = version, Image = image }, Console.Alice, default)).Value!;
    }

    [Fact]
    public async Task Edit_SomebodyElseSaved_IsSaidAndNothingIsOverwritten()
    {
        var draft = await _scenario.DraftAsync();
        var page = Render<ReleaseEditPage>(parameters => parameters.Add(page => page.Id, draft.Id));
        page.WaitForElement("#release-batch").Input("4");
        page.WaitForAssertion(() => Assert.Equal("4", page.Find("#release-batch").GetAttribute("value")));
        Assert.Null((await Console.Releases.UpdateAsync(draft.Id, _scenario.Request() with { BatchSize = 2 }, draft.Revision, Console.Alice, default)).Error);

        page.Find("form").Submit();

        page.WaitForElement(".error-alert");
        Assert.Equal(2, (await Console.Releases.GetAsync(draft.Id, default)).Value!.BatchSize);
    }

    [Fact]
    public async Task Edit_Submitted_IsRefused()
    {
        var plan = await _scenario.ProposeReleaseAsync();

        var page = Render<ReleaseEditPage>(parameters => parameters.Add(page => page.Id, plan.ReleaseId!.Value));

        page.WaitForElement(".error-alert");
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task Verify_Draft_ShowsResultsAsTheyCome()
    {
        var draft = await _scenario.DraftAsync();
        var page = Open(draft.Id);

        page.WaitForElement("[data-testid=verify]").Click();
        page.WaitForAssertion(() => Assert.Single(Console.Scheduler.Scheduled));
        await Console.Verifications.RunAsync(Console.Scheduler.Scheduled[0], default);

        page.WaitForAssertion(() => Assert.Contains("1 of 1 run, 1 passed", page.Markup, StringComparison.Ordinal));
        Assert.NotNull(page.WaitForElement("[data-testid=move-submit]"));
    }

    [Fact]
    public async Task Page_Unverified_CannotBeSubmitted()
    {
        var draft = await _scenario.DraftAsync();
        Navigation.NavigateTo(ReleaseUrls.Move(draft.Id, ReleaseMoves.Submit));

        var page = Open(draft.Id);

        page.WaitForAssertion(() => Assert.Contains("This step cannot be proposed now.", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[data-testid=move-submit], #move-reason"));
    }

    [Fact]
    public async Task Submit_WithReason_ProposesExactlyTheShownPlan()
    {
        var draft = await _scenario.DraftAsync();
        await _scenario.VerifyAsync(draft.Id);
        Navigation.NavigateTo(ReleaseUrls.Move(draft.Id, ReleaseMoves.Submit));
        var page = Open(draft.Id);

        page.WaitForElement("#move-reason").Input("first release");
        page.WaitForAssertion(() => Assert.False(page.Find("[data-testid=propose]").HasAttribute("disabled")));
        Assert.Contains(ConfigKey.AppRelease(_scenario.Command, draft.Version), page.Markup, StringComparison.Ordinal);
        page.Find("#move form").Submit();

        page.WaitForAssertion(() => Assert.Single(Toaster.Successes));
        var plan = Assert.Single(await Console.Changes.ListAsync(ChangeState.AwaitingApproval, _scenario.App.Id, 10, default));
        Assert.Equal("first release", plan.Reason);
        page.WaitForAssertion(() => Assert.Equal($"/changes/{plan.Id}", page.Find(".timeline a").GetAttribute("href")));
    }

    [Fact]
    public async Task Promote_PhaseHeldByAnother_SaysWhoLeavesIt()
    {
        var first = await _scenario.ReleaseAsync("20261101-v1");
        await _scenario.PromoteAsync(first.Id, Phases.Grey, Phases.Production);
        var second = await _scenario.ReleaseAsync("20261102-v1");
        await _scenario.PromoteAsync(second.Id, Phases.Grey);
        Navigation.NavigateTo(ReleaseUrls.Move(second.Id, ReleaseMoves.Production));

        var page = Open(second.Id);

        page.WaitForAssertion(() => Assert.Contains("20261101-v1, which does so now, is retired", page.Find("#move").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Retired_Release_OffersTheRollback()
    {
        var first = await _scenario.ReleaseAsync("20261101-v1");
        await _scenario.PromoteAsync(first.Id, Phases.Grey, Phases.Production);
        var second = await _scenario.ReleaseAsync("20261102-v1");
        await _scenario.PromoteAsync(second.Id, Phases.Grey, Phases.Production);

        var page = Open(first.Id);

        Assert.NotNull(page.WaitForElement("[data-testid=move-rollback]"));
    }

    [Fact]
    public async Task Page_Viewer_SeesEverythingAndCanDoNothing()
    {
        var draft = await _scenario.DraftAsync();
        SignIn(Console.Viewer);

        var page = Open(draft.Id);

        page.WaitForAssertion(() => Assert.Contains("your account has no releaser role", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[data-testid=verify], .page-header-actions a"));
    }

    private (string Digest, string Image) ImageOf(Guid release)
    {
        var found = Console.Releases.GetAsync(release, default).GetAwaiter().GetResult().Value!;
        return (found.ImageDigest, found.Image);
    }

    private IRenderedComponent<ReleasePage> Open(Guid id)
    {
        var page = Render<ReleasePage>(parameters => parameters.Add(page => page.Id, id));
        page.WaitForElement(".timeline");
        return page;
    }

    private sealed class FixedToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken GetAntiforgeryToken() => new("token", "__RequestVerificationToken");
    }
}
