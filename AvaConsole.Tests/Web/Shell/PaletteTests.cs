using AvaConsole.Core.Accounts;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Components.Layout;
using AvaConsole.Web.Components.Palette;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Web.Shell;

public sealed class PaletteTests : AvaTestContext
{
    public override Task InitializeAsync() => StartConsoleAsync();

    [Fact]
    public async Task FindAsync_Viewer_SeesOnlyWhatAViewerMayDo()
    {
        var groups = await Search.FindAsync("", Console.Viewer, default);

        Assert.Equal([PaletteGroup.Pages, PaletteGroup.Actions, PaletteGroup.Appearance], groups.Select(group => group.Key));
        Assert.Equal(["/", "/apis", "/apps", "/images", "/changes", "/hosts", "/settings"], groups[0].Select(command => command.Url));
        Assert.DoesNotContain(groups[1], command => command.Id is "action-new-app" or "action-design-api");
    }

    [Fact]
    public async Task FindAsync_ReleaseVersion_FindsItByAppAndPartOfTheVersion()
    {
        var scenario = await ReleaseScenario.CreateAsync(Console);
        var release = await scenario.DraftAsync("20261101-v7");

        var groups = await Search.FindAsync($"{scenario.Command} v7", Console.Alice, default);

        Assert.Equal($"/releases/{release.Id}", Assert.Single(groups.Single(group => group.Key == PaletteGroup.Releases)).Url);
    }

    [Fact]
    public async Task QueryAsync_Typed_ShowsMatchesAndMarksTheFirst()
    {
        var palette = Render<CommandPalette>();

        await palette.InvokeAsync(() => palette.Instance.QueryAsync("audit"));

        var option = palette.Find("[role=option][aria-selected=true]");
        Assert.Equal(option.Id, palette.Find("[role=combobox]").GetAttribute("aria-activedescendant"));
        Assert.Equal("Audit log", option.QuerySelector(".palette-title")!.TextContent);
    }

    [Fact]
    public async Task MoveAsync_BeyondTheLast_GoesRound()
    {
        var palette = Render<CommandPalette>();
        await palette.InvokeAsync(() => palette.Instance.QueryAsync(""));
        var count = palette.FindAll("[role=option]").Count;

        await palette.InvokeAsync(() => palette.Instance.MoveAsync(-1));

        Assert.Equal("true", palette.FindAll("[role=option]")[count - 1].GetAttribute("aria-selected"));
        await palette.InvokeAsync(() => palette.Instance.MoveAsync(1));
        Assert.Equal("true", palette.FindAll("[role=option]")[0].GetAttribute("aria-selected"));
    }

    [Fact]
    public async Task RunAsync_TypedFasterThanAnswered_RunsWhatWasTyped()
    {
        var palette = Render<CommandPalette>();

        await palette.InvokeAsync(() => palette.Instance.RunAsync("hosts"));

        Assert.Equal("http://localhost/hosts", Navigation.Uri);
    }

    [Fact]
    public async Task ChordAsync_KnownKey_GoesToItsPage()
    {
        var palette = Render<CommandPalette>();

        await palette.InvokeAsync(() => palette.Instance.ChordAsync("a"));

        Assert.Equal("http://localhost/apps", Navigation.Uri);
    }

    [Fact]
    public async Task QueryAsync_NothingMatches_SaysSo()
    {
        var palette = Render<CommandPalette>();

        await palette.InvokeAsync(() => palette.Instance.QueryAsync("zzzz"));

        Assert.Equal("Nothing matches “zzzz”.", palette.Find(".palette-none").TextContent);
        Assert.Equal("false", palette.Find("[role=combobox]").GetAttribute("aria-expanded"));
    }

    [Fact]
    public void NavMenu_Viewer_HasNoAdministration()
    {
        SignIn(Console.Viewer);

        var menu = Render<NavMenu>();

        Assert.Equal(["/", "/apis", "/apps", "/images", "/changes", "/hosts", "/settings"], menu.FindAll("a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task NavMenu_PlanAwaitsApproval_CountsItForApprovers()
    {
        var scenario = await ReleaseScenario.CreateAsync(Console);
        await scenario.ProposeReleaseAsync();
        SignIn(Console.Bob);

        var menu = Render<NavMenu>();

        menu.WaitForAssertion(() => Assert.Equal("1", menu.Find(".nav-count [aria-hidden]").TextContent));
    }

    private PaletteSearch Search => Services.GetRequiredService<PaletteSearch>();
}
