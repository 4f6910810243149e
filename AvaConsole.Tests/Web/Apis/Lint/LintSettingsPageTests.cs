using AvaConsole.Core.Schemas.Lint;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis;
using AvaConsole.Web.Features.Apis.Lint;
using Bunit;

namespace AvaConsole.Tests.Web.Apis.Lint;

public sealed class LintSettingsPageTests : AvaTestContext
{
    private const string Rule = "schema.description_missing";

    public override async Task InitializeAsync()
    {
        await StartConsoleAsync();
        await Console.Schemas.CreateAsync(ApiTemplates.Classification with { Service = "digits" }, Console.Alice, default);
    }

    [Fact]
    public async Task Select_AnotherSeverity_IsStoredAndInTheFile()
    {
        var page = Open();
        page.WaitForElement($"[data-rule='{Rule}'] select").Change("error");

        page.WaitForAssertion(() => Assert.Contains("\"schema.description_missing\": \"error\"", page.Find("pre").TextContent, StringComparison.Ordinal));
        Assert.Equal(LintSeverity.Error, (await Console.LintSettings.GetAsync("default", "default", default)).SeverityOf(Rule));
    }

    [Fact]
    public async Task Render_ChangedOnly_ListsThose()
    {
        await Console.LintSettings.SetAsync("default", "default", Rule, LintSeverity.Off, Console.Alice, default);
        Navigation.NavigateTo(LintUrls.Settings("default", "default", "changed"));

        var page = Open();

        page.WaitForAssertion(() => Assert.Equal([Rule], page.FindAll("tbody tr").Select(row => row.GetAttribute("data-rule"))));
    }

    [Fact]
    public void Render_FixedRuleOrViewer_CannotBeChanged()
    {
        var page = Open();
        page.WaitForElement($"[data-rule='{Rule}'] select");
        Assert.Empty(page.FindAll("[data-rule='schema.service_missing'] select"));

        SignIn(Console.Viewer);
        var seen = Open();
        seen.WaitForElement("tbody tr");
        Assert.Empty(seen.FindAll("tbody select"));
    }

    private IRenderedComponent<LintSettingsPage> Open() => Render<LintSettingsPage>();
}
