using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Accounts;
using AvaConsole.Web.Features.Apis;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>axe on every page, in both themes and at two widths: no serious or critical finding, and nothing wider than the window.</summary>
[Trait("Category", "EndToEnd")]
[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(BrowserFixture browser)
{
    private static readonly AxeRunOptions s_options = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    [Fact]
    public async Task EveryPage_BothThemesAndWidths_HasNoSeriousFinding()
    {
        await using var console = await ConsoleProcess.StartAsync();
        var baseUrl = console.BaseUrl.GetLeftPart(UriPartial.Authority);
        await using var ada = await Visitor.ArriveAsync(browser, baseUrl, "en");
        var findings = new List<string>();

        await ada.Page.GotoAsync(console.SignInLink!.ToString());
        await CheckAsync(ada, "first account", findings);
        await ada.CreateFirstAccountAsync(console.SignInLink!, "ada");
        await CheckAsync(ada, "empty home", findings);
        await ada.LoadExampleAsync();
        await ada.CreateReleaseAsync("digits", "reg.example/ava-digits:v20261101-1");
        await ada.VerifyAsync();
        var release = ada.Page.Url;
        var change = await ada.ProposeAsync("submit", "To look at.");

        foreach (var path in (string[])
                 [
                     "/", "/apis", ApiUrls.List(create: true), await ApiAsync(ada), "/apps", "/apps/new", "/apps/digits", "/apps/digits?tab=try", "/apps/digits?tab=tests",
                     "/apps/digits?tab=requests", "/apps/digits?tab=about", "/apps/digits/releases/new", release, "/images", "/images/base?image=ava-caffe", "/images/compare", "/changes", change, "/hosts", "/audit", "/accounts",
                     AccountsUrls.List(create: true), "/settings", "/account/password", "/docs/digits", "/no/such/page",
                 ])
        {
            await ada.Page.GotoAsync(path);
            await CheckAsync(ada, path, findings);
        }

        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));
    }

    private static async Task<string> ApiAsync(Visitor ada)
    {
        await ada.Page.GotoAsync("/apis");
        return (await ada.Page.Locator("main a[href*='/apis/']").First.GetAttributeAsync("href"))!;
    }

    private static async Task CheckAsync(Visitor ada, string where, List<string> findings)
    {
        foreach (var theme in (string[])["light", "dark"])
        {
            await ada.SwitchThemeAsync(theme);
            foreach (var (width, height) in ((int, int)[])[(1440, 900), (390, 844)])
            {
                await ada.Page.SetViewportSizeAsync(width, height);
                await Expect(ada.Page.Locator("h1").First).ToBeVisibleAsync();
                await Expect(ada.Page.Locator(".loading-block")).ToHaveCountAsync(0);
                await Screenshots.TakeAsync(ada.Page, $"pages/{Name(where)}-{theme}-{width}", whole: true);
                findings.AddRange(await FindAsync(ada, $"{where} ({theme}, {width} px)"));
            }
        }
    }

    /// <summary>What axe finds on the page as it is, and whether it is wider than its window.</summary>
    internal static async Task<IEnumerable<string>> FindAsync(Visitor ada, string where)
    {
        var result = await ada.Page.RunAxe(s_options);
        var found = result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{where}: {violation.Id} {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}");
        var overflow = await ada.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return overflow > 1 ? found.Append($"{where}: the page is {overflow} px wider than the window") : found;
    }

    // "/releases/01a1…" and "http://127.0.0.1:1234/releases/01a1…" are both one picture, whatever the id.
    private static string Addressless(string where) => (Uri.TryCreate(where, UriKind.Absolute, out var uri) && uri.Scheme == "http" ? uri.AbsolutePath : where).Trim('/').Split('/') is [var kind, { Length: 36 }] ? kind + "-one" : where.Trim('/');

    private static string Name(string where) => string.Concat(Addressless(where).Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')) is { Length: > 0 } name ? name : "home";
}
