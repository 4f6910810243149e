using AvaConsole.Core.Accounts;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apps;
using AvaConsole.Web.Features.Changes;
using Bunit;

namespace AvaConsole.Tests.Web.Apps;

public sealed class WorkerPanelTests : AvaTestContext
{
    public override async Task InitializeAsync()
    {
        await StartConsoleAsync();
        Assert.Null((await Console.Apps.CreateAsync(new AppRequest("digits", "", true, null, 0, "", null), Console.Alice, default)).Error);
    }

    [Fact]
    public void Render_NothingStored_ShowsBuiltInWithUnitsAndRawValues()
    {
        var panel = Open();

        panel.WaitForAssertion(() => Assert.Equal(
            ["2 ms|delay4batch = 2000000", "64|max_concurrent = 64", "10 s|timeout = 10000000000"],
            panel.FindAll("tbody tr").Select(row => string.Join('|', row.QuerySelectorAll("td").Skip(1).Take(2).Select(cell => cell.TextContent.Trim())))));
        Assert.All(panel.FindAll("tbody td:last-child"), cell => Assert.EndsWith("Built in", cell.TextContent.Trim(), StringComparison.Ordinal));
    }

    [Fact]
    public void Render_InChinese_SaysTheSame()
    {
        UseCulture("zh-Hans");

        var panel = Open();

        panel.WaitForAssertion(() => Assert.Equal("2 毫秒", panel.Find("tbody td:nth-child(2)").TextContent));
        Assert.Equal("限制与批处理", panel.Find("h2").TextContent);
    }

    [Fact]
    public async Task Edit_ValuesChanged_ShowsThePlanProposesItAndLinksToTheChange()
    {
        var panel = Open();
        panel.WaitForElement("[data-testid=worker-edit]").Click();
        panel.WaitForElement("#worker-delay");
        Assert.Equal(("2", "64", "10"), (Value("delay"), Value("concurrent"), Value("timeout")));

        panel.Find("#worker-delay").Input("0.5");
        panel.WaitForAssertion(() => Assert.Equal("Stored as 500000 ns", panel.Find("#worker-delay-hint").TextContent));
        panel.Find("form.edit").Submit();
        panel.WaitForElement("#worker-reason").Input("faster");
        Assert.Contains(ConfigKey.WorkerAppDefault("digits"), panel.Find(".plan-key").TextContent, StringComparison.Ordinal);
        panel.WaitForAssertion(() => Assert.False(panel.Find("[data-testid=worker-propose]").HasAttribute("disabled")));
        panel.Find("form.reason").Submit();

        var link = panel.WaitForElement("[data-testid=worker-pending]");
        var plan = Assert.Single(await Console.Changes.ListAsync(null, null, 10, default));
        Assert.Equal(ChangeUrls.Details(plan.Id), link.GetAttribute("href"));
        Assert.Equal((ChangeKind.Configuration, "faster"), (plan.Kind, plan.Reason));
        Assert.Empty(panel.FindAll("[data-testid=worker-edit]"));

        string? Value(string field) => panel.Find($"#worker-{field}").GetAttribute("value");
    }

    [Fact]
    public void Edit_NoNumberOrOutOfRange_IsSaidAtTheField()
    {
        var panel = Open();
        panel.WaitForElement("[data-testid=worker-edit]").Click();
        panel.WaitForElement("#worker-delay");

        panel.Find("#worker-delay").Input("soon");
        panel.WaitForAssertion(() => Assert.Contains("Enter a number", panel.Find("#worker-delay-error").TextContent, StringComparison.Ordinal));
        Assert.True(panel.Find("[data-testid=worker-preview]").HasAttribute("disabled"));
        panel.Find("#worker-delay").Input("99999999999999999999");
        panel.WaitForAssertion(() => Assert.False(panel.Find("[data-testid=worker-preview]").HasAttribute("disabled")));
        panel.Find("form.edit").Submit();

        panel.WaitForAssertion(() => Assert.Contains("between 0 and 60 s", panel.Find("#worker-delay-error").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Remove_OwnDocument_ShowsTheDeletion()
    {
        await Console.Store.TxnAsync(new ConfigTxn([], [ConfigOperation.Put(ConfigKey.WorkerAppDefault("digits"), ConfigJson.Serialize(WorkerDocument.BuiltIn))]), default);
        var panel = Open();

        panel.WaitForElement("[data-testid=worker-remove]").Click();

        panel.WaitForAssertion(() => Assert.Contains("follows the global default", panel.Markup, StringComparison.Ordinal));
        Assert.Empty(panel.FindAll("form.edit"));
        Assert.Single(panel.FindAll(".plan-operation"));
    }

    [Fact]
    public void Render_Viewer_CannotEdit()
    {
        SignIn(Console.Viewer);

        var panel = Open();

        panel.WaitForElement("tbody tr");
        Assert.Empty(panel.FindAll("button[data-testid]"));
    }

    [Fact]
    public async Task ChangePages_PlanWithoutRelease_AreShown()
    {
        var app = await ProposeAsync("digits");
        var global = await ProposeAsync(null);

        var list = Render<ChangeListPage>();
        list.WaitForAssertion(() => Assert.Equal(["all apps", "digits"], list.FindAll("tbody td:nth-child(2)").Select(cell => cell.TextContent.Trim())));
        foreach (var (plan, title) in new[] { (app, $"#{app.Number} Configuration: digits"), (global, $"#{global.Number} Configuration: all apps") })
        {
            var page = Render<ChangePage>(parameters => parameters.Add(page => page.Id, plan.Id));
            page.WaitForAssertion(() => Assert.StartsWith(title, page.Find("h1").TextContent.Trim(), StringComparison.Ordinal));
        }
    }

    private IRenderedComponent<WorkerPanel> Open() => Render<WorkerPanel>(parameters => parameters.Add(panel => panel.App, "digits"));

    private async Task<ChangePlan> ProposeAsync(string? app)
    {
        var request = new WorkerRequest(1_000_000, 5, 1_000_000_000);
        var preview = (await Console.Workers.PreviewAsync(app, request, Console.Alice, default)).Value!;
        return (await Console.Workers.ProposeAsync(app, request, "tuning", preview.ContentHash, Console.Alice, default)).Value!;
    }
}
