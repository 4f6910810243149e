using AvaConsole.Core.Schemas;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis;
using Bunit;

namespace AvaConsole.Tests.Web.Apis;

// The namespace of the HTTP endpoints has the same name and is nearer.
using Api = AvaConsole.Core.Schemas.Api;

public sealed class ApiDesignerPageTests : AvaTestContext
{
    private Api _api = null!;

    public override async Task InitializeAsync()
    {
        await StartConsoleAsync();
        _api = (await Console.Schemas.CreateAsync(ApiTemplates.Classification with { Service = "digits" }, Console.Alice, default)).Value!;
    }

    [Fact]
    public void Render_Draft_ShowsFormProblemsAndPreview()
    {
        var page = Open();

        Assert.Equal("digits", page.Find("#field-Service").GetAttribute("value"));
        Assert.Contains("serviceName: digits", page.Find("[data-testid=preview]").TextContent, StringComparison.Ordinal);
        Assert.False(page.Find("[data-testid=publish]").HasAttribute("disabled"));
    }

    [Fact]
    public void Render_PreviewInQuery_ShowsTheGatewaysSchema()
    {
        Navigation.NavigateTo(ApiUrls.Details(_api.Id, SchemaPreview.JsonTab));

        Assert.StartsWith("{", Open().Find("[data-testid=preview]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Type_ThenQuiet_IsSavedAndSaid()
    {
        var page = Open();

        page.Find("#field-Description").Input("reads digits");
        page.WaitForAssertion(() => Assert.Equal("Unsaved", page.Find(".save-state").GetAttribute("data-state")));
        await page.InvokeAsync(() => Clock.Advance(DraftSaver.Delay));

        page.WaitForAssertion(() => Assert.Equal("Saved", page.Find(".save-state").GetAttribute("data-state")));
        Assert.Equal("reads digits", (await DraftAsync()).Description);
    }

    [Fact]
    public async Task Dispose_RightAfterTyping_LosesNothing()
    {
        var page = Open();
        page.Find("#field-Description").Input("typed and gone");
        page.WaitForAssertion(() => Assert.Equal("Unsaved", page.Find(".save-state").GetAttribute("data-state")));

        await DisposeComponentsAsync();

        Assert.Equal("typed and gone", (await DraftAsync()).Description);
    }

    [Fact]
    public void Type_MinimumAboveMaximum_IsSaidAtTheFieldAndInTheList()
    {
        var page = Open();

        page.Find("#field-Parameters-0-Minimum").Input("500");

        page.WaitForAssertion(() => Assert.Equal("true", page.Find("#field-Parameters-0-Minimum").GetAttribute("aria-invalid")));
        Assert.Contains("Parameters[0].Minimum", page.Find(".problems").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("[data-testid=publish]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Save_SomebodyElseSaved_OffersTheChoiceAndKeepsWhatWasTyped()
    {
        var page = Open();
        await TheySaveAsync("theirs");

        page.Find("#field-Description").Input("mine");
        page.WaitForAssertion(() => Assert.NotEqual("Saved", page.Find(".save-state").GetAttribute("data-state")));
        await page.InvokeAsync(() => Clock.Advance(DraftSaver.Delay));

        page.WaitForAssertion(() => Assert.Contains("alice saved this draft meanwhile", page.Find(".moved").TextContent, StringComparison.Ordinal));
        Assert.Equal("mine", page.Find("#field-Description").GetAttribute("value") ?? page.Find("#field-Description").TextContent);
        page.FindAll(".moved button")[2].Click();
        page.WaitForAssertion(() => Assert.Equal("Saved", page.Find(".save-state").GetAttribute("data-state")));
        Assert.Equal("mine", (await DraftAsync()).Description);
    }

    [Fact]
    public async Task Event_SomebodyElseSaved_IsAnnouncedWithoutTyping()
    {
        var page = Open();

        await TheySaveAsync("theirs");

        page.WaitForElement(".moved");
        page.FindAll(".moved button")[1].Click();
        page.WaitForAssertion(() => Assert.Contains("description: theirs", page.Find("[data-testid=preview]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Publish_Confirmed_FixesTheVersionAndProposesTheNext()
    {
        var page = Open();

        page.Find("[data-testid=publish]").Click();

        page.WaitForElement(".published");
        Assert.Equal(["Publish version 1.0.0 of digits?"], Confirm.Asked);
        Assert.Equal(["1.0.0"], (await Console.Schemas.GetAsync(_api.Id, default)).Value!.Versions.Select(version => version.Version));
        page.FindAll(".published button")[1].Click();
        page.WaitForAssertion(() => Assert.Equal("1.1.0", page.Find("#field-Version").GetAttribute("value")));
    }

    [Fact]
    public void Add_Parameter_AddsAnEmptyRow()
    {
        var page = Open();

        page.Find("[data-testid=add-Parameters]").Click();

        Assert.Equal("", page.WaitForElement("#field-Parameters-1-Name").GetAttribute("value"));
    }

    [Fact]
    public void Render_Viewer_ReadsOnly()
    {
        SignIn(Console.Viewer);

        var page = Open();

        Assert.All(page.FindAll(".form input, .form select, .form textarea"), field => Assert.True(field.HasAttribute("disabled")));
        Assert.Empty(page.FindAll("[data-testid=publish], [data-testid=add-Parameters]"));
    }

    [Fact]
    public void Render_UnknownApi_SaysSoWithAWayBack()
    {
        var page = Render<ApiDesignerPage>(parameters => parameters.Add(page => page.Id, Guid.NewGuid()));

        page.WaitForAssertion(() => Assert.Equal("/apis", page.Find(".error-alert a").GetAttribute("href")));
    }

    private IRenderedComponent<ApiDesignerPage> Open()
    {
        var page = Render<ApiDesignerPage>(parameters => parameters.Add(page => page.Id, _api.Id));
        page.WaitForElement("[data-testid=preview]");
        return page;
    }

    private async Task<ApiSchema> DraftAsync() => (await Console.Schemas.GetAsync(_api.Id, default)).Value!.Draft;

    private async Task TheySaveAsync(string description)
    {
        var stored = (await Console.Schemas.GetAsync(_api.Id, default)).Value!;
        Assert.Null((await Console.Schemas.SaveDraftAsync(_api.Id, stored.Draft with { Description = description }, stored.DraftRevision, Console.Alice, default)).Error);
    }
}
