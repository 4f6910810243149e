using AvaConsole.Tests.Support;
using AvaConsole.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>
/// The whole path as people walk it, in a real browser on the built console: design, release, verify, submit, approve, apply, try, promote,
/// roll back, read the audit log. Two accounts, one that proposes and one that approves.
/// </summary>
[Trait("Category", "EndToEnd")]
[Collection(BrowserCollection.Name)]
public sealed class SpineTests(BrowserFixture browser)
{
    private const string Image = "reg.example/ava-digits:v20261101-1";

    [Fact]
    public async Task MainPath_EmbeddedInEnglish_AnswersLiveAndRollsBack()
    {
        await using var console = await ConsoleProcess.StartAsync();
        await WalkAsync(console, "en");
    }

    [Fact]
    public async Task MainPath_OnPostgresAndEtcdInChinese_AnswersLiveAndRollsBack()
    {
        await using var etcd = await EtcdServer.StartAsync();
        await using var console = await ConsoleProcess.StartAsync(settings: new Dictionary<string, string>
        {
            ["ConnectionStrings:Postgres"] = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync(),
            ["Etcd:Endpoints"] = etcd.Url.GetLeftPart(UriPartial.Authority),
            ["Secrets:MasterKey"] = Convert.ToBase64String(TestConsole.MasterKey),
        });
        await WalkAsync(console, "zh-Hans");
    }

    private async Task WalkAsync(ConsoleProcess console, string culture)
    {
        var baseUrl = console.BaseUrl.GetLeftPart(UriPartial.Authority);
        await using var ada = await Visitor.ArriveAsync(browser, baseUrl, culture);
        await using var grace = await Visitor.ArriveAsync(browser, baseUrl, culture);

        try
        {
            await WalkAsync(ada, grace, console, culture);
        }
        catch
        {
            // What the two saw last says more than the stack trace.
            await ada.ScreenshotAsync($"failed/{culture}-ada");
            await grace.ScreenshotAsync($"failed/{culture}-grace");
            throw;
        }

        Assert.Empty(ada.Faults);
        Assert.Empty(grace.Faults);
    }

    private static async Task WalkAsync(Visitor ada, Visitor grace, ConsoleProcess console, string culture)
    {
        await ada.CreateFirstAccountAsync(console.SignInLink!, "ada");
        await ada.CreateAccountAsync("grace", "approver");
        await ada.Page.GotoAsync("/");
        await ada.LoadExampleAsync();
        await ada.ScreenshotAsync(Name(culture, "home"));
        await ada.DesignAsync("digits", culture == "en" ? "Reads one handwritten digit." : "识别一个手写数字。");
        await ada.ScreenshotAsync(Name(culture, "designer"));
        await grace.SignInAsync("grace");

        var first = await ReleaseAsync(ada, grace, culture);
        await PromoteAsync(ada, grace, first, "grey", "production");
        Assert.Equal("7", await ada.TryAsync("digits", Picture("7", 0)));
        await ada.ScreenshotAsync(Name(culture, "try"));
        await CurlAnswersAsync(ada, culture);
        await DocsTellAsync(ada, culture, first.Version);

        await using var traffic = new Traffic(console.BaseUrl, Picture("3", 0));
        var second = await ReleaseAsync(ada, grace, culture);
        Assert.NotEqual(first.Version, second.Version);
        await PromoteAsync(ada, grace, second, "grey", "production");
        await traffic.WaitForVersionAsync(second.Version);
        await ada.Page.GotoAsync(first.Url);
        await DecideAsync(ada, grace, await ada.ProposeAsync("rollback", "The second one was a rehearsal."));
        await traffic.WaitForVersionAsync(first.Version);
        await traffic.StopAsync();
        Assert.Empty(traffic.Failures);
        Assert.Equal([first.Version, second.Version, first.Version], traffic.VersionsInOrder);

        await AuditShowsAsync(ada, culture);
    }

    private static async Task<(string Version, string Url)> ReleaseAsync(Visitor ada, Visitor grace, string culture)
    {
        var version = await ada.CreateReleaseAsync("digits", Image);
        var url = ada.Page.Url;
        await ada.VerifyAsync();
        await ada.ScreenshotAsync(Name(culture, "verified"));
        var plan = await ada.ProposeAsync("submit", "A first release for everybody.");
        await grace.ApproveAsync(plan, "Looks right.");
        await grace.ScreenshotAsync(Name(culture, "change"));
        await ada.ApplyAsync(plan);
        await ada.Page.GotoAsync(url);
        return (version, url);
    }

    private static async Task PromoteAsync(Visitor ada, Visitor grace, (string Version, string Url) release, params string[] phases)
    {
        foreach (var phase in phases)
        {
            await ada.Page.GotoAsync(release.Url);
            await DecideAsync(ada, grace, await ada.ProposeAsync(phase, $"On to {phase}."));
        }

        await ada.Page.GotoAsync(release.Url);
        await Expect(ada.Page.GetByText(ada.Texts.Get<HostsText>("StateServing")).First).ToBeVisibleAsync();
        await ada.ScreenshotAsync(Name(ada.Texts.Culture, "release"));
    }

    private static async Task DecideAsync(Visitor ada, Visitor grace, string plan)
    {
        await grace.ApproveAsync(plan, "Go on.");
        await ada.ApplyAsync(plan);
    }

    /// <summary>The two commands that the page shows work in a shell as they stand.</summary>
    private static async Task CurlAnswersAsync(Visitor ada, string culture)
    {
        foreach (var route in (string[])["/api/content/digits", "/v1/eval/digits"])
        {
            var command = await ada.Page.GetByTestId(route).InnerTextAsync();
            var answer = await Shell.RunAsync(command, Path.GetDirectoryName(Picture("7", 0))!);
            Assert.Contains("\"class\":\"7\"", answer.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    private static async Task DocsTellAsync(Visitor ada, string culture, string version)
    {
        await ada.Page.GotoAsync("/docs/digits");
        await Expect(ada.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("digits");
        await Expect(ada.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("/api/content/digits");
        await Expect(ada.Page.GetByRole(AriaRole.Main)).ToContainTextAsync(version);
        await ada.ScreenshotAsync(Name(culture, "docs"));
    }

    private static async Task AuditShowsAsync(Visitor ada, string culture)
    {
        await ada.Page.GotoAsync("/audit");
        await Expect(ada.Page.GetByTestId("audit-open").First).ToBeVisibleAsync();
        await ada.ScreenshotAsync(Name(culture, "audit"));
    }

    private static string Picture(string label, int index) =>
        Directory.GetFiles(RepositoryRoot.Combine("samples", "digits", "pictures"), $"digit-{label}-*.png").Order(StringComparer.Ordinal).ElementAt(index);

    // The README shows the English ones; the others are for looking at.
    private static string Name(string culture, string page) => culture == "en" ? page : $"{culture}/{page}";
}
