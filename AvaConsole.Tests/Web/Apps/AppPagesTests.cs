using AvaConsole.Core.Naming;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apps;
using AvaConsole.Web.Features.Widgets;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Tests.Web.Apps;

public sealed class AppPagesTests : AvaTestContext
{
    public override Task InitializeAsync() => StartConsoleAsync();

    [Fact]
    public async Task New_CommandTyped_ShowsBothNamesAndCreates()
    {
        var page = Render<NewAppPage>();

        page.WaitForElement("#app-command").Input("digits");
        page.WaitForAssertion(() => Assert.Equal(["digits", "ava-digits"], page.FindAll(".name").Select(name => name.TextContent)));
        Assert.Contains("/ava/serving/app/metadata/digits", page.Markup, StringComparison.Ordinal);
        Assert.Contains("/api/grey/content/digits", page.Markup, StringComparison.Ordinal);
        page.Find("#app-sk").Input("top secret");
        page.WaitForAssertion(() => Assert.Equal("top secret", page.Find("#app-sk").GetAttribute("value")));
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.EndsWith("/apps/digits", Navigation.Uri, StringComparison.Ordinal));
        var app = (await Console.Apps.GetAsync("digits", default)).Value!;
        Assert.Equal(("alice", true), (app.OwnerName, app.SealedSecretKey.Length > 0));
    }

    [Fact]
    public async Task New_CommandThatBeginsWithAnother_IsRefusedWhileTyping()
    {
        await CreateAsync("comics");
        var page = Render<NewAppPage>();

        page.WaitForElement("#app-command").Input("comics-bg");

        page.WaitForAssertion(() => Assert.Contains("comics", page.Find("#app-command-error").TextContent, StringComparison.Ordinal));
        Assert.True(page.Find("button[type=submit]").HasAttribute("disabled"));
    }

    [Theory]
    [InlineData("comics-bg", "alice", "bg-comics")]
    [InlineData("faces", "lin", "new-faces")]
    [InlineData("Face Det!", "lower-case", "face-det")]
    public async Task New_CommandThatCannotBe_OffersAFreeOneThatIsTaken(string command, string says, string proposal)
    {
        await CreateAsync("comics");
        await Console.Get<NamingService>().CheckAppAsync(new AppNameQuery("faces"), new NameHolder(Guid.NewGuid(), "lin"), default);
        var page = Render<NewAppPage>();

        page.WaitForElement("#app-command").Input(command);
        page.WaitForAssertion(() => Assert.Contains(says, page.Find("#app-command-error").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find("[data-testid=use-proposal]").Click());

        page.WaitForAssertion(() => Assert.Equal(proposal, page.Find("#app-command").GetAttribute("value")));
        Assert.False(page.Find("button[type=submit]").HasAttribute("disabled"));
        Assert.Contains(await Console.QueryAsync(db => db.NameReservations.Select(held => held.Name).ToListAsync()), name => name == "ava-" + proposal);
    }

    [Fact]
    public async Task New_InstanceOfItsOwn_AsksForTheReasonAndKeepsIt()
    {
        var page = Render<NewAppPage>();
        page.WaitForElement("#app-command").Input("digits");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".name").Count));

        page.Find("#app-own-instance").Change(true);
        page.WaitForAssertion(() => Assert.Equal("ava-digits", page.Find("#app-instance").GetAttribute("value")));
        page.Find("#app-instance").Input("vision-digits");
        page.WaitForAssertion(() => Assert.Contains("ava-digits", page.Find("#app-name-reason-error").TextContent, StringComparison.Ordinal));
        Assert.True(page.Find("button[type=submit]").HasAttribute("disabled"));
        page.Find("#app-name-reason").Input("Deployed before.");
        page.WaitForAssertion(() => Assert.False(page.Find("button[type=submit]").HasAttribute("disabled")));
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.EndsWith("/apps/digits", Navigation.Uri, StringComparison.Ordinal));
        var app = (await Console.Apps.GetAsync("digits", default)).Value!;
        Assert.Equal(("vision-digits", "Deployed before."), (app.InstanceName, app.NameReason));
        Navigation.NavigateTo(AppUrls.Details("digits", AppTab.About));
        var about = Render<AppPage>(parameters => parameters.Add(one => one.Command, "digits"));
        Assert.Equal("Deployed before.", about.WaitForElement("[data-testid=name-reason]").TextContent);
    }

    [Fact]
    public void New_Viewer_IsToldWhy()
    {
        SignIn(Console.Viewer);

        var page = Render<NewAppPage>();

        page.WaitForAssertion(() => Assert.Equal("You cannot create apps", page.Find(".empty-state h2").TextContent));
    }

    [Fact]
    public async Task List_SearchByInstanceName_FindsTheApp()
    {
        await CreateAsync("digits");
        await CreateAsync("faces");
        Navigation.NavigateTo(AppUrls.List("ava-dig"));

        var page = Render<AppListPage>();

        page.WaitForAssertion(() => Assert.Equal(["digits"], page.FindAll("tbody a").Select(link => link.TextContent)));
    }

    [Fact]
    public async Task Releases_StagedRelease_ShowsPhaseAndNextStep()
    {
        var scenario = await ReleaseScenario.CreateAsync(Console);
        var release = await scenario.ReleaseAsync();

        var page = Render<AppPage>(parameters => parameters.Add(page => page.Command, scenario.Command));

        page.WaitForAssertion(() => Assert.Equal($"/releases/{release.Id}?move=grey", page.Find("tbody .button").GetAttribute("href")));
        Assert.Contains("staging", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task About_SecretStored_IsNeverShown()
    {
        await CreateAsync("digits", secret: "top secret");
        Navigation.NavigateTo(AppUrls.Details("digits", AppTab.About));

        var page = Render<AppPage>(parameters => parameters.Add(page => page.Command, "digits"));

        var field = page.WaitForElement("#app-sk");
        Assert.Equal(("password", ""), (field.GetAttribute("type"), field.GetAttribute("value") ?? ""));
        Assert.DoesNotContain("top secret", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tests_PictureChosen_IsAddedAndRemoved()
    {
        await CreateAsync("digits");
        Navigation.NavigateTo(AppUrls.Details("digits", AppTab.Tests));
        var page = Render<AppPage>(parameters => parameters.Add(page => page.Command, "digits"));
        page.WaitForElement("#test-file");

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary([1, 2, 3], "three.png", contentType: "image/png"));
        page.WaitForAssertion(() => Assert.Equal("three", page.Find("#test-name").GetAttribute("value")));
        page.Find("#test-label").Input("3");
        page.WaitForAssertion(() => Assert.Equal("3", page.Find("#test-label").GetAttribute("value")));
        page.Find("form").Submit();

        var picture = page.WaitForElement("tbody img");
        var test = Assert.Single((await Console.Apps.GetAsync("digits", default)).Value!.TestCases);
        Assert.Equal($"/api/test-cases/{test.Id}/picture", picture.GetAttribute("src"));
        page.Find("tbody button").Click();
        page.WaitForElement(".empty-state");
        Assert.Equal(["Remove test case three?"], Confirm.Asked);
    }

    [Fact]
    public async Task Tests_TensorsAndValues_AreChecked()
    {
        var schema = new ApiSchema
        {
            Service = "sums",
            Payload = [new PayloadEntry { Name = "a", Type = PayloadTypes.Json, Required = true }, new PayloadEntry { Name = "b", Type = PayloadTypes.Json, Required = true }],
        };
        var api = (await Console.Schemas.CreateAsync(schema, Console.Alice, default)).Value!;
        Assert.Null((await Console.Apps.CreateAsync(new AppRequest("sums", "", true, api.Id, 0, "", null), Console.Alice, default)).Error);
        Navigation.NavigateTo(AppUrls.Details("sums", AppTab.Tests));
        var page = Render<AppPage>(parameters => parameters.Add(page => page.Command, "sums"));
        page.WaitForElement("#test-text");
        var fields = page.FindComponents<BigTextField>();
        await page.InvokeAsync(() => fields[0].Instance.ValueChanged.InvokeAsync("[1, 2]"));
        await page.InvokeAsync(() => page.FindComponents<BigTextField>()[1].Instance.ValueChanged.InvokeAsync("[3, 4]"));
        page.Find("#test-name").Input("one");
        page.Find("#test-kind").Change("Values");
        page.WaitForElement("#test-expected");
        await page.InvokeAsync(() => page.FindComponents<BigTextField>()[2].Instance.ValueChanged.InvokeAsync("[4, 6]"));
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("This is no JSON object with members.", page.Markup, StringComparison.Ordinal));

        await page.InvokeAsync(() => page.FindComponents<BigTextField>()[2].Instance.ValueChanged.InvokeAsync("""{"outputs": [{"data": [4, 6]}]}"""));
        page.Find("#test-tolerance").Input("0.01");
        page.Find("form").Submit();

        page.WaitForElement("tbody a");
        var test = Assert.Single((await Console.Apps.GetAsync("sums", default)).Value!.TestCases);
        Assert.Equal((ExpectationKind.Values, "a", 0.01, "application/json"), (test.Kind, test.Entry, test.Tolerance, test.MediaType));
        Assert.Equal("b", Assert.Single((await Console.Apps.GetTestCaseAsync(test.Id, default)).Value!.More).Name);
    }

    [Fact]
    public void Page_UnknownApp_SaysSoWithAWayBack()
    {
        var page = Render<AppPage>(parameters => parameters.Add(page => page.Command, "nonesuch"));

        page.WaitForAssertion(() => Assert.Equal("/apps", page.Find(".error-alert a").GetAttribute("href")));
    }

    private async Task CreateAsync(string command, string? secret = null) =>
        Assert.Null((await Console.Apps.CreateAsync(new AppRequest(command, "", true, null, 0, "", secret), Console.Alice, default)).Error);
}
