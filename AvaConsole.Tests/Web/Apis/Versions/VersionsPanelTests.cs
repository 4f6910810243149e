using AvaConsole.Core.Changes;
using AvaConsole.Core.Schemas;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis;
using AvaConsole.Web.Features.Apis.Versions;
using AvaConsole.Web.Features.Changes;
using Bunit;

namespace AvaConsole.Tests.Web.Apis.Versions;

// The namespace of the HTTP endpoints has the same name and is nearer.
using Api = AvaConsole.Core.Schemas.Api;

public sealed class VersionsPanelTests : AvaTestContext
{
    private Api _api = null!;

    public override async Task InitializeAsync()
    {
        await StartConsoleAsync();
        var created = (await Console.Schemas.CreateAsync(ApiTemplates.Classification with { Service = "digits" }, Console.Alice, default)).Value!;
        Assert.Null((await Console.Schemas.CreateVersionAsync(created.Id, 1, Console.Alice, default)).Error);
        _api = (await Console.Schemas.GetAsync(created.Id, default)).Value!;
    }

    [Fact]
    public async Task Publish_Version_ShowsThePlanProposesItAndLinksToIt()
    {
        var panel = Open();
        panel.WaitForElement("[data-testid='Publish-1.0.0']").Click();
        panel.WaitForElement("#publication-reason").Input("first version");
        Assert.Contains("/ava/console/schemas/default/default/digits/1.0.0/apischema.json", panel.Find(".plan-key").TextContent, StringComparison.Ordinal);
        panel.WaitForAssertion(() => Assert.False(panel.Find("[data-testid=propose-publication]").HasAttribute("disabled")));
        panel.Find("form.reason").Submit();

        panel.WaitForAssertion(() => Assert.Contains("Plan pending", panel.Find(".publication-state").TextContent, StringComparison.Ordinal));
        var plan = Assert.Single(await Console.Changes.ListAsync(null, null, 10, default));
        Assert.Equal((ChangeKind.Publication, "first version"), (plan.Kind, plan.Reason));
        Assert.Equal(ChangeUrls.Details(plan.Id), panel.Find(".publication-state a").GetAttribute("href"));

        var page = Render<ChangePage>(parameters => parameters.Add(one => one.Id, plan.Id));
        page.WaitForAssertion(() => Assert.StartsWith($"#{plan.Number} Publication: digits 1.0.0", page.Find("h1").TextContent.Trim(), StringComparison.Ordinal));
        Assert.Contains(ApiUrls.Details(_api.Id, version: "1.0.0"), page.Markup.Replace("&amp;", "&"), StringComparison.Ordinal);

        await Console.Changes.ApproveAsync(plan.Id, plan.ContentHash, "", Console.Bob, default);
        await Console.Changes.ApplyAsync(plan.Id, Console.Alice, default);
        await Console.ApplyDueAsync();
        var live = Open();
        live.WaitForAssertion(() => Assert.Contains("Live", live.Find(".publication-state .badge").TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(live.FindAll("[data-testid='Withdraw-1.0.0']"));
        live.WaitForAssertion(() => Assert.Contains("From published 1.0.0 to the draft", live.Find(".live summary").TextContent, StringComparison.Ordinal));
        Assert.Empty(live.FindAll("[data-testid=semantic-diff]"));
        live.Find(".live").TriggerEvent("ontoggle", EventArgs.Empty);
        live.WaitForAssertion(() => Assert.Contains("Nothing changes for callers.", live.Find("[data-testid=semantic-diff]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Compare_WithTheDraft_ShowsTheSemanticDifference()
    {
        var draft = _api.Draft with { Parameters = [.. _api.Draft.Parameters, new ApiParameter { Name = "extra", Required = true }] };

        var panel = Render<VersionsPanel>(parameters => parameters
            .Add(one => one.Api, _api).Add(one => one.Current, draft).Add(one => one.Version, "1.0.0").Add(one => one.Compare, VersionsPanel.Draft));

        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll("[data-rule='new-required-request-property']")));
    }

    [Fact]
    public void Render_Viewer_CannotPublish()
    {
        SignIn(Console.Viewer);

        var panel = Open();

        panel.WaitForElement(".publication-state");
        Assert.Empty(panel.FindAll("button[data-testid]"));
    }

    private IRenderedComponent<VersionsPanel> Open() => Render<VersionsPanel>(parameters => parameters.Add(panel => panel.Api, _api).Add(panel => panel.Current, _api.Draft));
}
