using AvaConsole.Tests.Integration.Cli;
using AvaConsole.Tests.Integration.Images;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Images;
using AvaConsole.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>An administrator adds a registry, whose connection was tested, and sees its index grow.</summary>
[Trait("Category", "EndToEnd")]
[Collection(SecondBrowserCollection.Name)]
public sealed class RegistryTests(BrowserFixture browser) : IAsyncLifetime
{
    private readonly RegistryFixture _registry = new();

    public Task InitializeAsync() => _registry.InitializeAsync();

    public Task DisposeAsync() => _registry.DisposeAsync();

    [Fact]
    public async Task Registry_TestedAndAdded_IsIndexed()
    {
        await using var console = await ConsoleProcess.StartAsync(settings: new Dictionary<string, string> { ["Egress:AllowedHosts"] = "127.0.0.1", ["Egress:AllowedPorts"] = $"{_registry.Server.Port}" });
        await using var ada = await Visitor.ArriveAsync(browser, console.BaseUrl.GetLeftPart(UriPartial.Authority), "en");
        await ada.CreateFirstAccountAsync(console.SignInLink!, "ada");
        try
        {
            await AddAsync(ada);
            await RefreshByCommandAsync(console.BaseUrl);
            var findings = new List<string>();
            foreach (var (path, name) in ((string, string)[])[(ada.Page.Url, "one"), (ImageUrls.RegistriesPath, "list"), (ImageUrls.NewRegistry, "new")])
            {
                await ada.Page.GotoAsync(path);
                await LooksAsync(ada, name, findings);
            }

            Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));
        }
        catch
        {
            await ada.ScreenshotAsync("failed/registries");
            throw;
        }

        Assert.Empty(ada.Faults);
    }

    private async Task AddAsync(Visitor ada)
    {
        var page = ada.Page;
        await page.GotoAsync(ImageUrls.RegistriesPath);
        await page.GetByTestId("new-registry").ClickAsync();
        await page.Locator("#registry-name").FillAsync("Team");
        await page.Locator("#registry-address").FillAsync(_registry.Server.Url.ToString());
        await page.Locator("#registry-user").FillAsync(RegistryServer.UserName);
        await page.Locator("#registry-secret").FillAsync("wrong");
        await page.GetByTestId("test-connection").ClickAsync();
        await Expect(page.Locator(".test-steps .bad")).ToBeVisibleAsync();
        await page.Locator("#registry-secret").FillAsync(RegistryServer.Password);
        await page.GetByTestId("test-connection").ClickAsync();
        await Expect(page.Locator(".test-steps .good")).ToHaveCountAsync(4);
        await Screenshots.TakeAsync(page, "pages/registries-tested", whole: true);
        await page.Locator("form button[type=submit]").ClickAsync();

        var good = page.GetByText(ada.Texts.Get<RegistriesText>("StateGood"), new() { Exact = true });
        await Expect(good).ToBeVisibleAsync();
        await Expect(page.Locator(".facts").First).ToContainTextAsync("6");
        var lost = await _registry.Server.PushImageAsync("ava/new", "v1", "arm64");
        _registry.Server.LoseManifest("ava/new", lost);
        await page.GetByTestId("refresh-now").ClickAsync();
        await Expect(page.Locator(".facts").First).ToContainTextAsync("7");
        await Expect(page.GetByText(ada.Texts.Get<RegistriesText>("Dangles"))).ToBeVisibleAsync();
    }

    /// <summary>As the last step of a pipeline that pushed.</summary>
    private static async Task RefreshByCommandAsync(Uri console)
    {
        var variables = new Dictionary<string, string> { ["ASECTL_CONSOLE"] = console.GetLeftPart(UriPartial.Authority), ["ASECTL_USER"] = "ada", ["ASECTL_PASSWORD"] = Visitor.Password };
        var asked = await AsectlProcess.RunAsync("/", null, variables, ["image", "refresh", "Team"]);
        var listed = await AsectlProcess.RunAsync("/", null, variables, ["image", "registries", "--format", "json"]);

        Assert.Equal((0, ""), (asked.ExitCode, asked.Errors));
        var registry = Assert.Single(listed.Json.GetProperty("registries").EnumerateArray());
        Assert.Equal(("Team", 3, 7), (registry.GetProperty("name").GetString(), registry.GetProperty("repositories").GetInt32(), registry.GetProperty("tags").GetInt32()));
    }

    private static async Task LooksAsync(Visitor ada, string name, List<string> findings)
    {
        foreach (var theme in (string[])["light", "dark"])
        {
            await ada.SwitchThemeAsync(theme);
            foreach (var (width, height) in ((int, int)[])[(1440, 900), (390, 844)])
            {
                await ada.Page.SetViewportSizeAsync(width, height);
                await Expect(ada.Page.Locator("h1").First).ToBeVisibleAsync();
                await Expect(ada.Page.Locator(".loading-block")).ToHaveCountAsync(0);
                await Screenshots.TakeAsync(ada.Page, $"pages/registries-{name}-{theme}-{width}", whole: true);
                findings.AddRange(await AccessibilityTests.FindAsync(ada, $"registries {name} ({theme}, {width} px)"));
            }
        }
    }
}
