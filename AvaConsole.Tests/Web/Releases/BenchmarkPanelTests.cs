using AvaConsole.Core.Benchmarks;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apps;
using AvaConsole.Web.Features.Changes;
using AvaConsole.Web.Features.Releases;
using Bunit;
using Radzen.Blazor.Rendering;

namespace AvaConsole.Tests.Web.Releases;

public sealed class BenchmarkPanelTests : AvaTestContext
{
    private static readonly BenchmarkSettings s_settings = new() { Clients = [1, 2, 4, 8], SecondsPerStep = 1 };

    private ReleaseScenario _scenario = null!;
    private Release _release = null!;

    private FakeReleaseBenchmark Benchmark => (FakeReleaseBenchmark)Console.Get<IReleaseBenchmark>();

    public override async Task InitializeAsync()
    {
        await StartConsoleAsync();
        // A chart asks the browser how large it is.
        JSInterop.Setup<Rect>("Radzen.createChart", _ => true).SetResult(new Rect { Width = 400, Height = 200 });
        _scenario = await ReleaseScenario.CreateAsync(Console);
        _release = await _scenario.DraftAsync();
    }

    [Fact]
    public async Task Start_Confirmed_IsWatchedToItsEnd()
    {
        var panel = Open();
        panel.WaitForElement("[data-testid=benchmark-open]").Click();
        panel.Find("#benchmark-clients").Input("1, 2 4，8");
        panel.Find("#benchmark-seconds").Input("1");
        Assert.Contains("at most 11 s", panel.Find("#benchmark-seconds-hint").TextContent, StringComparison.Ordinal);
        panel.Find("form").Submit();

        panel.WaitForAssertion(() => Assert.Contains("Waits until test-host is free", panel.Markup, StringComparison.Ordinal));
        Assert.Equal(["Measure 20261101-v1?"], Confirm.Asked);
        await Console.BenchmarkRunner.RunOnceAsync(default);

        panel.WaitForAssertion(() => Assert.Equal("Knee with 4 at a time: 200 requests/s, p99 30 ms", panel.Find("[data-testid=benchmark-knee]").TextContent));
        Assert.Equal(["50", "100", "200", "200"], panel.FindAll("table")[0].QuerySelectorAll("tbody tr td:nth-child(2)").Select(cell => cell.TextContent.Trim()));
        Assert.Contains("Knee", panel.Find("tr.knee").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, panel.FindAll("figure").Count);
        var run = Assert.Single(await Console.Benchmarks.ListAsync(_release.Id, default));
        Assert.EndsWith($"?benchmark={run.Id}#benchmark", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal($"/api/releases/{_release.Id}/benchmarks/{run.Id}", panel.Find("a[download]").GetAttribute("href"));
    }

    [Fact]
    public async Task Start_NotConfirmed_DoesNothing()
    {
        Confirm.Answer = false;
        var panel = Open();
        panel.WaitForElement("[data-testid=benchmark-open]").Click();
        panel.Find("form").Submit();

        panel.WaitForAssertion(() => Assert.Single(Confirm.Asked));
        Assert.Empty(await Console.Benchmarks.ListAsync(_release.Id, default));
    }

    [Theory]
    [InlineData("1, two", "Whole numbers")]
    [InlineData("4, 2", "have to ascend")]
    [InlineData("1, 9999", "of 1 to 512 callers")]
    public void Start_LoadsThatCannotBe_SaysWhy(string loads, string said)
    {
        var panel = Open();
        panel.WaitForElement("[data-testid=benchmark-open]").Click();
        panel.Find("#benchmark-clients").Input(loads);

        panel.WaitForAssertion(() => Assert.Contains(said, panel.Find("#benchmark-clients-error").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compare_RunOfAnotherRelease_ShowsDeltasAndKeepsItInTheUrl()
    {
        var run = await RunAsync(_release);
        Benchmark.Speed = 0.5;
        var other = await RunAsync(await _scenario.DraftAsync("20261102-v1"));
        var panel = Open();

        panel.WaitForElement("[data-testid=benchmark-compare]").Change(other.Id.ToString());

        panel.WaitForAssertion(() => Assert.EndsWith($"?benchmark={run.Id}&compare={other.Id}#benchmark", Navigation.Uri, StringComparison.Ordinal));
        panel.WaitForAssertion(() => Assert.Equal("+100.0 %", panel.Find("tr.knee .change").TextContent));
        Assert.Contains("20261102-v1 · test-host", panel.Find("[data-testid=benchmark-compare]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Done_AdviceDiffers_LinksToTheWorkerFormFilledIn()
    {
        await RunAsync(_release);
        var panel = Open();

        panel.WaitForElement("[data-testid=benchmark-advice]");
        Assert.Contains("delay4batch = 5 ms in place of 2 ms", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("Batch size 4 in place of 8", panel.Markup, StringComparison.Ordinal);
        var link = panel.Find("[data-testid=benchmark-delay]").GetAttribute("href")!;
        Assert.Equal(AppUrls.Worker(_scenario.Command, "5"), link);

        Navigation.NavigateTo(link);
        var worker = Render<WorkerPanel>(parameters => parameters.Add(panel => panel.App, _scenario.Command));
        worker.WaitForAssertion(() => Assert.Equal("5", worker.Find("#worker-delay").GetAttribute("value")));
    }

    [Fact]
    public async Task Failed_Run_SaysWhyAndCanBeStartedAgain()
    {
        Benchmark.Failure = new AvaConsole.Core.Common.UnavailableError("benchmark.no_input");
        await RunAsync(_release);

        var panel = Open();

        panel.WaitForAssertion(() => Assert.Contains("answers none of the test cases", panel.Find(".problem").TextContent, StringComparison.Ordinal));
        Assert.NotNull(panel.WaitForElement("[data-testid=benchmark-open]"));
    }

    [Fact]
    public async Task Cancel_Waiting_SaysCancelled()
    {
        await Console.Benchmarks.StartAsync(_release.Id, s_settings, Console.Alice, default);
        var panel = Open();

        panel.WaitForElement("[data-testid=benchmark-cancel]").Click();

        panel.WaitForAssertion(() => Assert.Contains("Cancelled", panel.Find("h2").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Panel_Viewer_SeesFiguresAndStartsNothing()
    {
        await RunAsync(_release);
        SignIn(Console.Viewer);

        var panel = Open();

        panel.WaitForElement("[data-testid=benchmark-knee]");
        Assert.Empty(panel.FindAll("[data-testid=benchmark-open], [data-testid=benchmark-delay]"));
    }

    [Fact]
    public async Task ChangePage_MeasuredRelease_ShowsTheBenchmarkAsEvidence()
    {
        var plan = await _scenario.ProposeReleaseAsync("20261103-v1");
        var release = (await Console.Releases.GetAsync(plan.ReleaseId!.Value, default)).Value!;
        var run = await RunAsync(release);

        var page = Render<ChangePage>(parameters => parameters.Add(page => page.Id, plan.Id));

        page.WaitForAssertion(() => Assert.Equal(ReleaseUrls.Benchmark(release.Id, run.Id), page.Find("[data-testid=benchmark-evidence]").GetAttribute("href")));
    }

    private IRenderedComponent<BenchmarkPanel> Open() => Render<BenchmarkPanel>(parameters => parameters.Add(panel => panel.Release, _release));

    private async Task<BenchmarkRun> RunAsync(Release release)
    {
        var run = (await Console.Benchmarks.StartAsync(release.Id, s_settings, Console.Alice, default)).Value!;
        await Console.BenchmarkRunner.RunOnceAsync(default);
        return (await Console.Benchmarks.GetAsync(run.Id, default)).Value!;
    }
}
