using System.Text.Json;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Deployments;
using AvaConsole.Tests.Core.Deployments;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Hosts;
using Bunit;
using Radzen.Blazor.Rendering;

namespace AvaConsole.Tests.Web.Shell;

public sealed class HostsPageTests : AvaTestContext
{
    private HostStatusService _statuses = null!;

    public override async Task InitializeAsync()
    {
        await StartConsoleAsync();
        _statuses = Console.Get<HostStatusService>();
        await _statuses.StartAsync(default);
    }

    [Fact]
    public void Render_NoHost_SaysWhy()
    {
        var page = Render<HostsPage>();

        Assert.Equal("No host reports", page.Find("h2").TextContent);
    }

    [Fact]
    public async Task Render_HostReportsWhileOpen_ShowsItWithItsReasons()
    {
        var page = Render<HostsPage>();

        await ReportAsync(Model("digits", "20261101-v1", ModelStates.Failed, "package.no_model"));

        page.WaitForAssertion(() => Assert.Contains("gpu-1", page.Markup, StringComparison.Ordinal));
        Assert.Contains("libcudart.so.13", page.Find(".host-note").TextContent, StringComparison.Ordinal);
        Assert.Equal("Failed", page.Find("tbody .badge > span:last-child").TextContent);
        Assert.NotEqual("", page.Find(".host-failure").TextContent);
    }

    [Fact]
    public async Task Render_FiguresOfTheHost_ShowsTheLastOnes()
    {
        // A chart asks the browser how large it is.
        JSInterop.Setup<Rect>("Radzen.createChart", _ => true).SetResult(new Rect { Width = 400, Height = 200 });
        await ReportAsync(Model("digits", "20261101-v1", ModelStates.Serving, "") with { Plans = [new ModelPlan("CPU", 2, 1, 16, 0.125, 7300)] });
        await Console.Get<HostFiguresService>().AddAsync(new HostFigures { Host = "gpu-1", At = DateTimeOffset.UtcNow, Seconds = 10, MemoryBytes = 3 << 20, Models = [HostSeriesTests.Served(20, 5) with { Failures = [new ServedFailure("serving.busy", ["64"], 5, DateTimeOffset.UtcNow)] }] }, default);

        var page = Render<HostsPage>();

        page.WaitForAssertion(() => Assert.Equal(["2/s", "0.5/s"], page.FindAll(".now dd").Take(2).Select(value => value.TextContent)));
        Assert.Equal("3.0 MiB", page.FindAll(".now dd")[^1].TextContent);
        Assert.Equal(4, page.FindAll("figure").Count);
        Assert.StartsWith("Too many requests are in flight", page.Find("td[data-label=Why]").TextContent, StringComparison.Ordinal);
        Assert.Equal("CPU · 2 × 1 thread · up to 16 rows together · 0.125 ms a row · 7,300 rows/s when loaded", page.Find(".host-plan").TextContent);
    }

    [Fact]
    public async Task HostStates_OtherRelease_IsNotHere()
    {
        await ReportAsync(Model("digits", "20261101-v1", ModelStates.Serving, ""));

        var serving = Render<HostStates>(parameters => parameters.Add(p => p.App, "digits").Add(p => p.Version, "20261101-v1"));
        var other = Render<HostStates>(parameters => parameters.Add(p => p.App, "digits").Add(p => p.Version, "20261101-v2"));

        serving.WaitForAssertion(() => Assert.Contains("Serving", serving.Markup, StringComparison.Ordinal));
        other.WaitForAssertion(() => Assert.Contains("Not on this host", other.Markup, StringComparison.Ordinal));
    }

    private static ModelStatus Model(string app, string version, string state, string reason) =>
        new(app, version, Phases.Staging, state, reason, [], 7, new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero));

    private async Task ReportAsync(params ModelStatus[] models)
    {
        var status = new HostStatusDocument { Host = "gpu-1", Revision = 7, ProviderReason = "libcudart.so.13 is missing", Models = models };
        var operation = ConfigOperation.Put(ConfigKey.HostPrefix + "gpu-1", JsonSerializer.SerializeToUtf8Bytes(status));
        await Console.Store.TxnAsync(new ConfigTxn([], [operation]), default);
    }
}
