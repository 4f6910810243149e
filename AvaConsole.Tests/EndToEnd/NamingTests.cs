using AvaConsole.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>Two people name apps, releases and images at the same time: what is wrong, what is somebody else's, what is left with a reason.</summary>
[Trait("Category", "EndToEnd")]
[Collection(SecondBrowserCollection.Name)]
public sealed class NamingTests(BrowserFixture browser)
{
    private const string Image = "reg.example/ava-digits:v20261101-1";

    // Those that the guide shows.
    private static readonly string[] s_shown = ["app-clash", "version-readings", "image"];

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task Wizards_TwoPeopleAtOnce_CannotGiveAWrongName(string culture)
    {
        await using var console = await ConsoleProcess.StartAsync();
        var baseUrl = console.BaseUrl.GetLeftPart(UriPartial.Authority);
        await using var ada = await Visitor.ArriveAsync(browser, baseUrl, culture);
        await using var grace = await Visitor.ArriveAsync(browser, baseUrl, culture);
        try
        {
            await ada.CreateFirstAccountAsync(console.SignInLink!, "ada");
            await ada.CreateAccountAsync("grace", "releaser", "admin");
            await ada.Page.GotoAsync("/");
            await ada.LoadExampleAsync();
            await grace.SignInAsync("grace");

            await ChooseZoneAsync(ada);
            await NameAppAsync(ada, grace, culture);
            await NameReleaseAsync(ada, grace, culture);
            await NameImageAsync(ada, grace, culture);
        }
        catch
        {
            await ada.ScreenshotAsync($"failed/{culture}-names-ada");
            await grace.ScreenshotAsync($"failed/{culture}-names-grace");
            throw;
        }

        Assert.Empty(ada.Faults);
        Assert.Empty(grace.Faults);
    }

    private static async Task ChooseZoneAsync(Visitor ada)
    {
        await ada.Page.GotoAsync("/settings");
        await ada.Page.Locator("#time-zone").FillAsync("Asia/Nowhere");
        await ada.Page.GetByTestId("save-zone").ClickAsync();
        await Expect(ada.Page.Locator("#time-zone-error")).ToContainTextAsync("Asia/Nowhere");
        await ada.Page.Locator("#time-zone").FillAsync("Asia/Shanghai");
        await ada.Page.GetByTestId("save-zone").ClickAsync();
        await Expect(ada.Page.GetByTestId("today")).ToContainTextAsync("Asia/Shanghai");
    }

    private static async Task NameAppAsync(Visitor ada, Visitor grace, string culture)
    {
        await ada.Page.GotoAsync("/apps/new");
        var (command, problem, state) = (ada.Page.Locator("#app-command"), ada.Page.Locator("#app-command-error"), ada.Page.GetByTestId("name-preview"));

        // The example's app is called digits.
        await command.FillAsync("digits-bg");
        await Expect(problem).ToContainTextAsync("digits");
        await Expect(problem).ToContainTextAsync("ada");
        await Expect(state).ToHaveAttributeAsync("data-state", "wrong");
        await LookAsync(ada, culture, "app-clash");
        await ada.Page.GetByTestId("use-proposal").ClickAsync();
        await Expect(command).ToHaveValueAsync("bg-digits");
        await Expect(state).ToHaveAttributeAsync("data-state", "free");

        // Nobody else gets it while ada's page is open, nor one that begins alike.
        await grace.Page.GotoAsync("/apps/new");
        await grace.Page.Locator("#app-command").FillAsync("bg-digits-2");
        await Expect(grace.Page.Locator("#app-command-error")).ToContainTextAsync("ada");
        await Expect(grace.Page.Locator("button[type=submit].button-primary")).ToBeDisabledAsync();
        await LookAsync(grace, culture, "app-reserved");

        await command.FillAsync("face_det");
        await Expect(state).ToContainTextAsync("ava-face-det");
        await Expect(state.Locator(".warning")).ToBeVisibleAsync();

        // What was typed is there again after the page was lost.
        await command.FillAsync("faces");
        await Expect(state).ToContainTextAsync("/ava/serving/app/metadata/faces");
        ada.Page.Dialog += Accept;
        await ada.Page.ReloadAsync();
        ada.Page.Dialog -= Accept;
        await Expect(ada.Page.GetByTestId("restored")).ToBeVisibleAsync();
        await Expect(command).ToHaveValueAsync("faces");

        await ada.Page.Locator("#app-own-instance").CheckAsync();
        await ada.Page.Locator("#app-instance").FillAsync("Faces_1");
        await Expect(ada.Page.Locator("#app-instance-error")).ToContainTextAsync("Faces_1");
        await ada.Page.Locator("#app-instance").FillAsync("vision-faces");
        await Expect(ada.Page.Locator("button[type=submit].button-primary")).ToBeDisabledAsync();
        await ada.Page.Locator("#app-name-reason").FillAsync("Deployed before the console came.");
        await LookAsync(ada, culture, "app-reason");
        await ada.Page.Locator("button[type=submit].button-primary").ClickAsync();
        await Expect(ada.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/apps/faces$"));
        await ada.Page.GotoAsync("/apps/faces?tab=about");
        await Expect(ada.Page.GetByTestId("name-reason")).ToHaveTextAsync("Deployed before the console came.");
    }

    private static async Task NameReleaseAsync(Visitor ada, Visitor grace, string culture)
    {
        await ada.Page.GotoAsync("/apps/digits/releases/new");
        await ada.Page.Locator("#release-image").FillAsync(Image);
        var version = ada.Page.GetByTestId("version");
        await Expect(version).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9]{8}-v20261101-1$"));
        await Expect(ada.Page.GetByTestId("today")).ToContainTextAsync("Asia/Shanghai");
        await LookAsync(ada, culture, "version");
        var first = await version.InnerTextAsync();

        // Two people never get the same; typing it does not help.
        await grace.Page.GotoAsync("/apps/digits/releases/new");
        await grace.Page.Locator("#release-image").FillAsync(Image);
        await Expect(grace.Page.GetByTestId("version")).ToHaveTextAsync(first + "-1");
        await grace.Page.Locator("#release-own-version").CheckAsync();
        await grace.Page.Locator("#release-version").FillAsync(first);
        await Expect(grace.Page.Locator("#release-version-error")).ToContainTextAsync("ada");
        await grace.Page.GetByTestId("use-proposal").ClickAsync();
        await Expect(grace.Page.Locator("#release-version")).Not.ToHaveValueAsync(first);

        await ada.Page.Locator("#release-own-version").CheckAsync();
        await ada.Page.Locator("#release-version").FillAsync("20180301-v20180228-1");
        await Expect(ada.Page.GetByTestId("readings").Locator("input")).ToHaveCountAsync(2);
        await LookAsync(ada, culture, "version-readings");
        await ada.Page.Locator("#reading-1").CheckAsync();
        await ada.Page.Locator("#release-version-reason").FillAsync("As the callers know it.");
        await Expect(ada.Page.GetByTestId("save-release")).ToBeEnabledAsync();
        await ada.Page.GetByTestId("save-release").ClickAsync();
        await Expect(ada.Page.GetByTestId("version-reason")).ToHaveTextAsync("As the callers know it.");
    }

    private static async Task NameImageAsync(Visitor ada, Visitor grace, string culture)
    {
        foreach (var (visitor, number) in ((Visitor, int)[])[(ada, 1), (grace, 2)])
        {
            await visitor.Page.GotoAsync("/images/names");
            await visitor.Page.Locator("#image-framework").FillAsync("Caffe");
            await visitor.Page.Locator("#image-kind").FillAsync("classify");
            await Expect(visitor.Page.Locator("#image-framework-error")).ToContainTextAsync("Caffe");
            await visitor.Page.Locator("#image-framework").FillAsync("caffe");
            await visitor.Page.Locator("#image-device").SelectOptionAsync("gpu");
            await visitor.Page.Locator("#image-registry").FillAsync("reg.example:5000");
            await visitor.Page.Locator("#image-namespace").FillAsync("vision");
            await Expect(visitor.Page.GetByTestId("reference")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(
                $"^reg\\.example:5000/vision/ava-caffe-gpu-classify-v([0-9]{{8}})-{number}:v\\1-{number}$"));
        }

        await LookAsync(ada, culture, "image");
        await ada.Page.GetByTestId("form-Tagged").ClickAsync();
        await ada.Page.Locator("#image-name").FillAsync("ava-keras");
        await ada.Page.Locator("#image-tag").FillAsync("py27-cuda80-cudnn6");
        await Expect(ada.Page.GetByTestId("reference")).ToHaveTextAsync("reg.example:5000/vision/ava-keras:py27-cuda80-cudnn6");
        await LookAsync(ada, culture, "image-tagged");
        await ada.Page.GetByTestId("form-Free").ClickAsync();
        await ada.Page.Locator("#image-free").FillAsync("our-keras");
        await Expect(ada.Page.Locator("#image-reason-error")).Not.ToBeEmptyAsync();
        await ada.Page.Locator("#image-reason").FillAsync("Known so for years.");
        await Expect(ada.Page.Locator("#image-reason-error")).ToBeEmptyAsync();
        await grace.Page.GetByTestId("form-Free").ClickAsync();
        await grace.Page.Locator("#image-free").FillAsync("our-keras");
        await Expect(grace.Page.Locator("#image-free-error")).ToContainTextAsync("ada");
        await LookAsync(grace, culture, "image-reserved");
    }

    /// <summary>Pictures of both widths, each in one theme, and what axe finds in them.</summary>
    private static async Task LookAsync(Visitor visitor, string culture, string name)
    {
        var findings = new List<string>();
        foreach (var (width, height, scheme) in ((int, int, ColorScheme)[])[(390, 844, ColorScheme.Dark), (1440, 900, ColorScheme.Light)])
        {
            await visitor.Page.SetViewportSizeAsync(width, height);
            await visitor.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            await Screenshots.TakeAsync(visitor.Page, $"names/{culture}-{name}-{width}-{scheme}", whole: true);
            if (culture == "en" && width == 1440 && s_shown.Contains(name))
            {
                await visitor.ScreenshotAsync("names-" + name);
            }

            findings.AddRange(await AccessibilityTests.FindAsync(visitor, $"{name} ({scheme}, {width} px)"));
        }

        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));
    }

    private static void Accept(object? sender, IDialog dialog) => _ = dialog.AcceptAsync();
}
