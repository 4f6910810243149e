using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis;
using AvaConsole.Web.Features.Apis.Code;
using Bunit;
using Microsoft.EntityFrameworkCore;

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
    public void Render_Draft_ShowsFormAndCode()
    {
        var page = Open();

        Assert.Equal("digits", page.Find("#field-Service").GetAttribute("value"));
        page.WaitForAssertion(() => Assert.Contains("serviceName: digits", Code(page), StringComparison.Ordinal));
        Assert.False(page.Find("[data-testid=create]").HasAttribute("disabled"));
    }

    [Fact]
    public void Render_FormatInQuery_ShowsThatCode()
    {
        Navigation.NavigateTo(ApiUrls.Details(_api.Id, code: "json"));

        var page = Open();

        page.WaitForAssertion(() => Assert.StartsWith("{", Code(page), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Type_ThenQuiet_IsSavedAndSaid()
    {
        var page = Open();

        page.Find("#field-Description").Input("reads digits");
        page.WaitForAssertion(() => Assert.Equal("Unsaved", page.Find(".save-state").GetAttribute("data-state")));
        await SaveAsync(page);

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

        Click(page, "[data-testid=details-field-Parameters-0]");
        page.WaitForElement("#field-Parameters-0-Minimum").Input("500");

        page.WaitForAssertion(() =>
        {
            Clock.Advance(ApiDesignerPage.SettleAfter);
            Assert.Equal("true", page.Find("#field-Parameters-0-Minimum").GetAttribute("aria-invalid"));
        });
        Assert.True(page.Find("[data-testid=create]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Undo_ButtonAndKeys_WalkTheHistory()
    {
        var page = Open();
        page.Find("#field-Description").Input("reads digits");
        Click(page, "[data-testid=add-Parameters]");

        Click(page, "[data-testid=undo]");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#field-Parameters-1-Name")));
        await page.InvokeAsync(page.Instance.UndoAsync);
        page.WaitForAssertion(() => Assert.NotEqual("reads digits", Value(page, "#field-Description")));
        Assert.True(page.Find("[data-testid=undo]").HasAttribute("disabled"));

        Click(page, "[data-testid=history]");
        Assert.Equal(["Added a row to the parameters", "Changed the description", "As it was at first"], page.FindAll(".steps button").Select(step => step.Children[0].TextContent));
        Click(page, ".steps button");
        page.WaitForElement("#field-Parameters-1-Name");
        Assert.Equal("reads digits", Value(page, "#field-Description"));
    }

    [Fact]
    public async Task Open_Again_RemembersWhatCanBeUndone()
    {
        var page = Open();
        page.Find("#field-Description").Input("reads digits");
        await DisposeComponentsAsync();

        page = Open();
        Assert.Equal("Undo: Changed the description (Ctrl+Z)", page.Find("[data-testid=undo]").GetAttribute("title"));
        Click(page, "[data-testid=undo]");

        page.WaitForAssertion(() => Assert.NotEqual("reads digits", Value(page, "#field-Description")));
    }

    [Fact]
    public async Task Save_SomebodyElseChangedAnotherField_KeepsBothAndSaysSo()
    {
        var page = Open();
        await TheySaveAsync(draft => draft with { Title = "Theirs" });

        page.Find("#field-Description").Input("mine");
        await SaveAsync(page);

        page.WaitForAssertion(() => Assert.Equal("Saved", page.Find(".save-state").GetAttribute("data-state")));
        Assert.Equal(("mine", "Theirs"), ((await DraftAsync()).Description, (await DraftAsync()).Title));
        page.WaitForAssertion(() => Assert.Contains("alice changed: the title", page.Find("[data-testid=news]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Save_SomebodyElseChangedTheSameField_SavesBothAndAsks()
    {
        var page = Open();
        await TheySaveAsync(draft => draft with { Description = "theirs" });

        page.Find("#field-Title").Input("also mine");
        page.Find("#field-Description").Input("mine");
        await SaveAsync(page);

        var conflict = page.WaitForElement("[data-testid=conflicts]");
        Assert.Contains("\"mine\"", conflict.TextContent, StringComparison.Ordinal);
        Assert.Contains("\"theirs\"", conflict.TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal("Saved", page.Find(".save-state").GetAttribute("data-state")));
        Assert.Equal("theirs", Value(page, "#field-Description"));
        Assert.Equal(("theirs", "also mine"), ((await DraftAsync()).Description, (await DraftAsync()).Title));

        // What is typed with the question open is saved too.
        page.Find("#field-Title").Input("later");
        await SaveAsync(page);
        page.WaitForAssertion(() => Assert.Equal("Saved", page.Find(".save-state").GetAttribute("data-state")));
        Assert.Equal("later", (await DraftAsync()).Title);
    }

    [Fact]
    public async Task Conflict_MineChosen_IsSavedAndCanBeUndone()
    {
        var page = await MeetAsync();

        Click(page, "[data-testid=keep-mine]");
        await SaveAsync(page);

        page.WaitForAssertion(() => Assert.Equal("mine", Value(page, "#field-Description")));
        page.WaitForAssertion(() => Assert.Equal("Saved", page.Find(".save-state").GetAttribute("data-state")));
        Assert.Equal("mine", (await DraftAsync()).Description);
        Assert.Empty(page.FindAll("[data-testid=conflicts]"));
        Click(page, "[data-testid=undo]");
        page.WaitForAssertion(() => Assert.Equal("theirs", Value(page, "#field-Description")));
    }

    [Fact]
    public async Task Conflict_TheirsChosen_KeepsItAndMineInTheHistory()
    {
        var page = await MeetAsync();

        Click(page, "[data-testid=take-theirs]");

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=conflicts]")));
        Assert.Equal("theirs", Value(page, "#field-Description"));
        Assert.Equal("Undo: Kept alice's value for now: the description (Ctrl+Z)", page.Find("[data-testid=undo]").GetAttribute("title"));
        Click(page, "[data-testid=undo]");
        page.WaitForAssertion(() => Assert.Equal("mine", Value(page, "#field-Description")));
    }

    [Fact]
    public async Task Conflict_PageLeftWithTheQuestionOpen_TheHistoryHasMine()
    {
        var page = await MeetAsync();
        page.WaitForElement("[data-testid=conflicts]");
        await DisposeComponentsAsync();

        page = Open();

        Assert.Equal("theirs", Value(page, "#field-Description"));
        Click(page, "[data-testid=undo]");
        page.WaitForAssertion(() => Assert.Equal("mine", Value(page, "#field-Description")));
    }

    [Fact]
    public async Task Conflict_TypedOn_ShowsAndKeepsThat()
    {
        var page = await MeetAsync();
        page.WaitForElement("[data-testid=conflicts]");

        page.Find("#field-Description").Input("mine, and more");
        page.WaitForAssertion(() =>
        {
            Clock.Advance(ApiDesignerPage.SettleAfter);
            Assert.Contains("mine, and more", page.Find("[data-testid=conflicts]").TextContent, StringComparison.Ordinal);
        });
        Click(page, "[data-testid=keep-mine]");

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=conflicts]")));
        Assert.Equal("mine, and more", Value(page, "#field-Description"));
    }

    [Fact]
    public async Task Code_CommentTyped_SaysThatItWillNotStay()
    {
        var page = Open();
        page.WaitForAssertion(() => Assert.Contains("serviceName: digits", Code(page), StringComparison.Ordinal));
        var pane = page.FindComponent<CodePane>();
        await page.InvokeAsync(pane.Instance.OnReadyAsync);
        Assert.Empty(page.FindAll("[data-testid=code-comments]"));

        await page.InvokeAsync(() => pane.Instance.OnTypedAsync(1, 0, 0, 0, "# why\nkind: ApiSchema\napiVersion: v1\nserviceName: digits\n"));

        Assert.Contains("Comments are no part of the draft", page.WaitForElement("[data-testid=code-comments]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_SomebodyElseSaved_AppearsWithoutTyping()
    {
        var page = Open();

        await TheySaveAsync(draft => draft with { Description = "theirs" });

        page.WaitForAssertion(() => Assert.Equal("theirs", Value(page, "#field-Description")));
        Assert.Empty(page.FindAll("[data-testid=conflicts]"));
    }

    [Fact]
    public async Task Composing_SomebodyElseSaved_WaitsUntilItIsDone()
    {
        var page = Open();
        await page.InvokeAsync(() => page.Instance.SetComposingAsync(true));

        await TheySaveAsync(draft => draft with { Description = "theirs" });
        await page.InvokeAsync(() => page.Instance.FocusedAsync("field-Description"));
        page.WaitForAssertion(() => Assert.Contains("description", Field("alice"), StringComparison.Ordinal));
        Assert.NotEqual("theirs", Value(page, "#field-Description"));
        await page.InvokeAsync(() => page.Instance.SetComposingAsync(false));

        page.WaitForAssertion(() => Assert.Equal("theirs", Value(page, "#field-Description")));
    }

    [Fact]
    public async Task Presence_SomebodyElseOpens_IsShownWithTheirField()
    {
        var page = Open();
        var other = Guid.CreateVersion7();

        await Console.Get<DraftPresence>().BeatAsync(_api.Id, other, "bob", "parameters/top_k/maximum", default);
        Console.Get<DraftPresence>().Announce(_api.Id);

        page.WaitForAssertion(() => Assert.Contains("bob is in the maximum of top_k", page.Find("[data-testid=presence]").TextContent, StringComparison.Ordinal));
        await Console.Get<DraftPresence>().LeaveAsync(_api.Id, other, default);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=presence]")));
    }

    [Fact]
    public async Task CreateVersion_Confirmed_FixesTheVersionAndProposesTheNext()
    {
        var page = Open();

        // Found and clicked in one go: the comparison of versions may draw the page anew in between.
        await page.InvokeAsync(() => page.Find("[data-testid=create]").Click());

        page.WaitForElement(".created");
        Assert.Equal(["Create version 1.0.0 of digits?"], Confirm.Asked);
        Assert.Equal(["1.0.0"], (await Console.Schemas.GetAsync(_api.Id, default)).Value!.Versions.Select(version => version.Version));
        // On the page's own thread: another render would take the handler away between the look and the click.
        await page.InvokeAsync(() => page.FindAll(".created button")[1].Click());
        page.WaitForAssertion(() => Assert.Equal("1.1.0", page.Find("#field-Version").GetAttribute("value")));
    }

    [Fact]
    public void Add_Parameter_AddsAnEmptyRow()
    {
        var page = Open();

        Click(page, "[data-testid=add-Parameters]");

        Assert.Equal("", page.WaitForElement("#field-Parameters-1-Name").GetAttribute("value"));
    }

    [Fact]
    public void Render_Viewer_ReadsOnly()
    {
        SignIn(Console.Viewer);

        var page = Open();

        Assert.All(page.FindAll(".form input, .form select, .form textarea"), field => Assert.True(field.HasAttribute("disabled")));
        Assert.Empty(page.FindAll("[data-testid=create], [data-testid=add-Parameters]"));
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
        page.WaitForElement("#field-Service");
        return page;
    }

    // Found and clicked in one go: the page may be drawn anew in between.
    private static void Click(IRenderedComponent<ApiDesignerPage> page, string selector)
    {
        page.WaitForElement(selector);
        page.InvokeAsync(() => page.Find(selector).Click());
    }

    /// <summary>Both changed the description, and the page saves second.</summary>
    private async Task<IRenderedComponent<ApiDesignerPage>> MeetAsync()
    {
        var page = Open();
        await TheySaveAsync(draft => draft with { Description = "theirs" });
        page.Find("#field-Description").Input("mine");
        await SaveAsync(page);
        return page;
    }

    private async Task<ApiSchema> DraftAsync() => (await Console.Schemas.GetAsync(_api.Id, default)).Value!.Draft;

    private async Task TheySaveAsync(Func<ApiSchema, ApiSchema> edit)
    {
        var stored = (await Console.Schemas.GetAsync(_api.Id, default)).Value!;
        Assert.Null((await Console.Schemas.SaveDraftAsync(_api.Id, edit(stored.Draft), stored.DraftRevision, Console.Alice, default)).Error);
    }

    private Task SaveAsync(IRenderedComponent<ApiDesignerPage> page) => page.InvokeAsync(() => Clock.Advance(DraftSaver.Delay));

    private string Code(IRenderedComponent<ApiDesignerPage> page)
    {
        Clock.Advance(CodePane.Delay);
        return page.FindComponent<CodePane>().Instance.Text;
    }

    // Off the page's thread, on which an assertion may be checked.
    private string Field(string name) => Task.Run(() => Console.QueryAsync(db => db.Presences.SingleAsync(presence => presence.Name == name))).GetAwaiter().GetResult().Field;

    private static string? Value(IRenderedComponent<ApiDesignerPage> page, string selector) => page.Find(selector).GetAttribute("value") ?? page.Find(selector).TextContent;
}
