using System.Text.Json;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>A release is measured on its page by a real model, and compared with itself.</summary>
[Trait("Category", "EndToEnd")]
[Collection(BrowserCollection.Name)]
public sealed class BenchmarkTests(BrowserFixture browser)
{
    private static readonly LocatorAssertionsToBeVisibleOptions s_patience = new() { Timeout = 60_000 };

    [Fact]
    public async Task Benchmark_StartedTwice_IsChartedAndCompared()
    {
        const string Culture = "zh-Hans";
        await using var console = await ConsoleProcess.StartAsync();
        await using var ada = await Visitor.ArriveAsync(browser, console.BaseUrl.GetLeftPart(UriPartial.Authority), Culture);
        await ada.CreateFirstAccountAsync(console.SignInLink!, "ada");
        await ada.LoadExampleAsync();
        await ada.CreateReleaseAsync("digits", "reg.example/ava-digits:v20261101-1");
        try
        {
            await WalkAsync(ada);
        }
        catch
        {
            await ada.ScreenshotAsync($"failed/{Culture}-benchmark");
            throw;
        }

        Assert.Empty(ada.Faults);
    }

    private static async Task WalkAsync(Visitor ada)
    {
        var panel = ada.Page.GetByTestId("benchmark");
        await MeasureAsync(ada, panel);
        var first = new Uri(ada.Page.Url).Query;
        await MeasureAsync(ada, panel);
        Assert.NotEqual(first, new Uri(ada.Page.Url).Query);

        await ada.Page.GetByTestId("benchmark-compare").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Expect(panel.Locator(".change").First).ToBeVisibleAsync();
        await ada.Page.ReloadAsync();
        await Expect(panel.Locator(".change").First).ToBeVisibleAsync();
        await Expect(panel.GetByTestId("benchmark-chart").GetByText("8", new() { Exact = true })).ToBeVisibleAsync();
        await DownloadsAsync(ada, panel);

        await LooksAsync(ada);
    }

    private static async Task MeasureAsync(Visitor ada, ILocator panel)
    {
        await ada.Page.GetByTestId("benchmark-open").ClickAsync();
        await ada.Page.Locator("#benchmark-clients").FillAsync("1, 2, 4, 8");
        await ada.Page.Locator("#benchmark-seconds").FillAsync("1");
        await ada.Page.GetByTestId("benchmark-start").ClickAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await ada.ScreenshotAsync("pages/benchmark-form");
        await ada.ConfirmAsync();
        await Expect(panel.Locator("progress")).ToBeVisibleAsync();
        await ada.ScreenshotAsync("pages/benchmark-running");
        await Expect(panel.GetByText(ada.Texts.Get<BenchmarksText>("State_Done"), new() { Exact = true }).First).ToBeVisibleAsync(s_patience);
        await Expect(panel.GetByTestId("benchmark-knee")).ToBeVisibleAsync();
        await Expect(panel.GetByTestId("benchmark-chart")).ToBeVisibleAsync();
    }

    private static async Task DownloadsAsync(Visitor ada, ILocator panel)
    {
        var download = await ada.Page.RunAndWaitForDownloadAsync(() => panel.Locator("a[download]").ClickAsync());
        using var benchmark = JsonDocument.Parse(await File.ReadAllTextAsync(await download.PathAsync()));
        Assert.Equal("done", benchmark.RootElement.GetProperty("state").GetString());
        Assert.Equal(4, benchmark.RootElement.GetProperty("report").GetProperty("points").GetArrayLength());
    }

    private static async Task LooksAsync(Visitor ada)
    {
        var findings = new List<string>();
        foreach (var theme in (string[])["light", "dark"])
        {
            await ada.SwitchThemeAsync(theme);
            foreach (var (width, height) in ((int, int)[])[(1440, 900), (390, 844)])
            {
                await ada.Page.SetViewportSizeAsync(width, height);
                await Expect(ada.Page.GetByTestId("benchmark").Locator(".change").First).ToBeVisibleAsync();
                await Screenshots.TakeAsync(ada.Page, $"pages/benchmark-{ada.Texts.Culture}-{theme}-{width}", whole: true);
                findings.AddRange(await AccessibilityTests.FindAsync(ada, $"benchmark ({theme}, {width} px)"));
            }
        }

        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));
    }
}
