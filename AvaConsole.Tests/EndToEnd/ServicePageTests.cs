using AvaConsole.Tests.Support;
using AvaConsole.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>The page that edits <c>service.yaml</c>, as somebody works on it: a mistake, its remedy, another tensor, an answer, a new package.</summary>
[Trait("Category", "EndToEnd")]
[Collection(BrowserCollection.Name)]
public sealed class ServicePageTests(BrowserFixture browser)
{
    private const string Broken = "pipeline: classification\ninput:\n  scael: 0.5\n";
    private const string Better = "pipeline: classification\ninput:\n  color: grey\n  scale: 0.0078125\n  mean: 127.5\noutput:\n  top_k: 3\n";

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task Edit_MistakeThenRemedy_ShowsTheTensorAndSavesAPackageOfItsOwn(string culture)
    {
        await using var console = await ConsoleProcess.StartAsync();
        await using var ada = await Visitor.ArriveAsync(browser, console.BaseUrl.GetLeftPart(UriPartial.Authority), culture);
        try
        {
            await WalkAsync(ada, console, culture);
        }
        catch
        {
            await ada.ScreenshotAsync($"failed/{culture}-service");
            throw;
        }

        Assert.Empty(ada.Faults);
    }

    private static async Task WalkAsync(Visitor ada, ConsoleProcess console, string culture)
    {
        await ada.CreateFirstAccountAsync(console.SignInLink!, "ada");
        await ada.LoadExampleAsync();
        await ada.CreateReleaseAsync("digits", "reg.example/ava-digits:v20261101-1");
        var (release, digest) = (ada.Page.Url, await DigestAsync(ada));
        await ada.Page.GetByTestId("edit-service").ClickAsync();
        await Expect(ada.Page.GetByTestId("tensor-picture")).ToBeVisibleAsync();
        await Expect(ada.Page.GetByTestId("tensor-shape")).ToContainTextAsync("FP32 [1, 1, 28, 28]");
        await ada.Page.GetByTestId("try-service").ClickAsync();
        await Expect(ada.Page.GetByTestId("best").Locator("strong")).ToHaveTextAsync("0");
        await Expect(ada.Page.GetByTestId("code")).ToContainTextAsync("top_k");
        await ada.Page.Mouse.WheelAsync(0, -5000);
        await Expect(ada.Page.Locator(".rz-notification-item")).ToHaveCountAsync(0);
        await ada.ScreenshotAsync(culture == "en" ? "service-yaml" : $"{culture}/service-yaml");
        var scaled = ada.Page.Locator("[data-testid=preview] td").GetByText("-0.99609", new() { Exact = true }).First;
        await Expect(scaled).ToHaveCountAsync(0);

        await TypeAsync(ada, Broken);
        await Expect(ada.Page.GetByTestId("service-problems")).ToContainTextAsync("scale");
        await Expect(ada.Page.GetByTestId("service-state")).ToHaveAttributeAsync("data-state", "broken");
        await Expect(ada.Page.Locator(".squiggly-error")).ToHaveCountAsync(1);

        await TypeAsync(ada, Better);
        await Expect(ada.Page.GetByTestId("service-problems")).ToHaveCountAsync(0);
        await Expect(scaled).ToBeVisibleAsync();
        await ada.Page.GetByTestId("try-service").ClickAsync();
        await Expect(ada.Page.GetByTestId("best")).ToBeVisibleAsync();
        await CompleteAsync(ada);
        await LookAsync(ada, culture);

        var page = ada.Page.Url;
        await KeepCaseAsync(ada, culture);

        // Nothing typed is lost: it is there again after the page was.
        await ada.Page.GotoAsync(page);
        await Expect(ada.Page.GetByTestId("restored")).ToBeVisibleAsync();
        await Expect(ada.Page.GetByTestId("service-state")).ToHaveAttributeAsync("data-state", "changed");

        await ada.Page.GetByTestId("review-service").ClickAsync();
        await Expect(ada.Page.Locator(".diff-added").First).ToBeVisibleAsync();
        await ada.Page.GetByTestId("save-service").ClickAsync();
        await Expect(ada.Page).ToHaveURLAsync(release);
        await Expect(ada.Page.GetByTestId("package-facts")).ToBeVisibleAsync();
        Assert.NotEqual(digest, await DigestAsync(ada));
        await ada.Page.GetByTestId("edit-service").ClickAsync();
        await Expect(ada.Page.GetByTestId("service-state")).ToHaveAttributeAsync("data-state", "saved");
        await Expect(ada.Page.GetByTestId("code")).ToContainTextAsync("0.0078125");
    }

    /// <summary>What the schema has for the place, without what is there already; it is taken by Enter and taken back.</summary>
    private static async Task CompleteAsync(Visitor ada)
    {
        await TypeAsync(ada, Better + "  ");
        await ada.Page.EvaluateAsync("() => { const editor = window.monaco.editor.getEditors()[0]; editor.setPosition({ lineNumber: 8, column: 3 }); editor.focus(); }");
        await ada.Page.Keyboard.PressAsync("Control+Space");
        var proposed = ada.Page.Locator(".suggest-widget .monaco-list-row");
        await Expect(proposed).ToHaveCountAsync(3);
        await Expect(proposed.Filter(new() { HasText = "activation" })).ToBeVisibleAsync();
        await Expect(proposed.Filter(new() { HasText = "top_k" })).ToHaveCountAsync(0);
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(ada.Page.GetByTestId("code")).ToContainTextAsync("activation:");
        await TypeAsync(ada, Better);
        await Expect(ada.Page.GetByTestId("service-problems")).ToHaveCountAsync(0);
    }

    /// <summary>A picture of one's own and what the model made of it become a test case by two clicks.</summary>
    private static async Task KeepCaseAsync(Visitor ada, string culture)
    {
        await Expect(ada.Page.Locator("#payload-file")).ToBeEnabledAsync();
        await ada.Page.Locator("#payload-file").SetInputFilesAsync(Directory.GetFiles(RepositoryRoot.Combine("samples", "digits", "pictures"), "digit-7-*.png").Order().First());
        await Expect(ada.Page.Locator("[data-testid=sample][aria-pressed=true]")).ToHaveCountAsync(0);
        await ada.Page.GetByTestId("try-service").ClickAsync();
        await ada.Page.Locator("details.keep summary").ClickAsync();
        await ada.Page.Locator("#case-name").FillAsync("seven again");
        await ada.Page.GetByTestId("keep-case").ClickAsync();
        await Expect(ada.Page.GetByTestId("case-kept")).ToContainTextAsync("seven again");
        await ada.Page.GetByTestId("case-kept").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("seven again");
        foreach (var kind in (string[])["Values", "Boxes"])
        {
            await ada.Page.Locator("#test-kind").SelectOptionAsync(kind);
            await Expect(ada.Page.Locator("#test-expected-hint")).ToHaveTextAsync(ada.Texts.Get<AppsText>($"ExpectedHint_{kind}"));
            await ada.ScreenshotAsync($"service/{culture}-case-{kind}");
            Assert.Empty(await AccessibilityTests.FindAsync(ada, $"test cases ({kind})"));
        }
    }

    private static async Task LookAsync(Visitor ada, string culture)
    {
        foreach (var theme in (string[])["light", "dark"])
        {
            await ada.SwitchThemeAsync(theme);
            foreach (var (width, height) in ((int, int)[])[(1440, 900), (390, 844)])
            {
                await ada.Page.SetViewportSizeAsync(width, height);
                await Expect(ada.Page.GetByTestId("tensor-picture")).ToBeVisibleAsync();
                await Expect(ada.Page.GetByTestId("code")).ToContainTextAsync("top_k");
                await Screenshots.TakeAsync(ada.Page, $"service/{culture}-{theme}-{width}", whole: true);
                Assert.Empty(await AccessibilityTests.FindAsync(ada, $"service.yaml ({theme}, {width} px)"));
            }
        }

        await ada.Page.SetViewportSizeAsync(1440, 900);
    }

    private static Task<string> DigestAsync(Visitor ada) => ada.Page.GetByTestId("package-facts").Locator("dd code").First.InnerTextAsync();

    /// <summary>Puts a text in place of what is there, as pasting does.</summary>
    private static async Task TypeAsync(Visitor ada, string text)
    {
        await Expect(ada.Page.Locator(".monaco-editor .view-line").First).ToBeVisibleAsync();
        await ada.Page.EvaluateAsync(
            """
            text => {
              const editor = window.monaco.editor.getEditors()[0];
              editor.focus();
              editor.executeEdits('test', [{ range: editor.getModel().getFullModelRange(), text }]);
            }
            """,
            text);
    }
}
