using System.Text.RegularExpressions;
using AvaConsole.Web.Features.Accounts;
using AvaConsole.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>One person at one browser: every step of the main path as that person takes it.</summary>
public sealed partial class Visitor(IBrowserContext context, IPage page, Texts texts, List<string> faults) : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    public IPage Page => page;

    public Texts Texts => texts;

    /// <summary>Errors that the browser reported: script errors, refused resources, failed requests.</summary>
    public IReadOnlyList<string> Faults => faults;

    public static async Task<Visitor> ArriveAsync(BrowserFixture browser, string baseUrl, string culture, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await browser.NewContextAsync(baseUrl, culture == "en" ? "en-US" : "zh-CN", width, height, scheme);
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        page.PageError += (_, error) => faults.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") faults.Add(message.Text);
        };
        return new Visitor(context, page, new Texts(culture), faults);
    }

    public async Task CreateFirstAccountAsync(Uri link, string name)
    {
        await page.GotoAsync(link.ToString());
        await page.Locator("#name").FillAsync(name);
        await page.Locator("#password").FillAsync(Password);
        await page.Locator("#password-again").FillAsync(Password);
        await page.Locator("input[name='Form.Mode'][value='Team']").CheckAsync();
        await page.Locator("form:has(#name) button[type=submit]").ClickAsync();
        await IsHomeAsync();
    }

    public async Task SignInAsync(string name)
    {
        await page.GotoAsync("/account/login");
        await page.Locator("#name").FillAsync(name);
        await page.Locator("#password").FillAsync(Password);
        await page.Locator("form:has(#name) button[type=submit]").ClickAsync();
        await IsHomeAsync();
    }

    public async Task LoadExampleAsync()
    {
        await page.GetByTestId("load-example").ClickAsync();
        await Expect(page.GetByTestId("next-release")).ToBeVisibleAsync();
    }

    /// <summary>Edits the API's draft on its page and finds it again after a reload.</summary>
    public async Task DesignAsync(string name, string description)
    {
        await page.GotoAsync("/apis");
        await page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        var field = page.Locator("#field-Description");
        await field.FillAsync(description);
        await field.BlurAsync();
        await Expect(page.Locator(".save-state")).ToHaveAttributeAsync("data-state", "Saved");
        await page.ReloadAsync();
        await Expect(field).ToHaveValueAsync(description);
    }

    public async Task CreateAccountAsync(string name, params string[] roles)
    {
        await page.GotoAsync(AccountsUrls.List(create: true));
        await page.Locator("#account-name").FillAsync(name);
        await page.Locator("#account-password").FillAsync(Password);
        foreach (var role in roles)
        {
            await page.Locator($"#role-{role}").CheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = texts.Get<AccountsText>("Create"), Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = name, Exact = true }).Or(page.GetByText(name, new() { Exact = true })).First).ToBeVisibleAsync();
    }

    /// <summary>Drafts a release with the package that the console already holds. Returns its version.</summary>
    public async Task<string> CreateReleaseAsync(string app, string image)
    {
        await page.GotoAsync($"/apps/{app}/releases/new");
        await page.Locator("#release-image").FillAsync(image);
        await page.Locator("#release-image").BlurAsync();
        var version = page.GetByTestId("version");
        await Expect(version).ToBeVisibleAsync();
        await page.GetByTestId("tab-existing").ClickAsync();
        var choice = page.Locator("#package-existing");
        await choice.SelectOptionAsync((await choice.Locator("option:not([value=''])").First.GetAttributeAsync("value"))!);
        await Expect(page.GetByTestId("package-facts")).ToBeVisibleAsync();
        return await SaveReleaseAsync();
    }

    /// <summary>Drafts a release with a package uploaded from this computer.</summary>
    public async Task<string> CreateReleaseWithUploadAsync(string app, string image, FilePayload package)
    {
        await page.GotoAsync($"/apps/{app}/releases/new");
        await page.Locator("#release-image").FillAsync(image);
        await page.Locator("#release-image").BlurAsync();
        await page.Locator("#package-file").SetInputFilesAsync(package);
        await Expect(page.GetByTestId("package-facts")).ToBeVisibleAsync();
        return await SaveReleaseAsync();
    }

    public async Task VerifyAsync()
    {
        await page.GetByTestId("verify").ClickAsync();
        await Expect(page.GetByTestId("move-submit")).ToBeVisibleAsync();
    }

    /// <summary>Opens the preview of a move, checks that it shows keys, and proposes it. Returns the plan's address.</summary>
    public async Task<string> ProposeAsync(string move, string reason)
    {
        await page.GetByTestId($"move-{move}").ClickAsync();
        await Expect(page.GetByText("/ava/serving/app/release/").First).ToBeVisibleAsync();
        await page.Locator("#move-reason").FillAsync(reason);
        await page.GetByTestId("propose").ClickAsync();
        var waiting = texts.Get<ChangesText>("State_AwaitingApproval");
        var plan = page.Locator(".plans li").Filter(new() { HasText = waiting }).GetByRole(AriaRole.Link);
        await Expect(plan).ToBeVisibleAsync();
        return (await plan.GetAttributeAsync("href"))!;
    }

    public async Task ApproveAsync(string planUrl, string comment)
    {
        await page.GotoAsync(planUrl);
        await page.Locator("#decision-comment").FillAsync(comment);
        await page.GetByTestId("approve").ClickAsync();
        await ConfirmAsync();
        await Expect(page.GetByText(texts.Get<ChangesText>("State_Approved"), new() { Exact = true }).First).ToBeVisibleAsync();
    }

    public async Task ApplyAsync(string planUrl)
    {
        await page.GotoAsync(planUrl);
        await page.GetByTestId("apply").ClickAsync();
        await Expect(page.GetByText(texts.Get<ChangesText>("State_Applied"), new() { Exact = true }).First).ToBeVisibleAsync();
    }

    /// <summary>Chooses a picture on the app's page and runs it. Returns the best label.</summary>
    public async Task<string> TryAsync(string app, string picture)
    {
        await page.GotoAsync($"/apps/{app}?tab=try");
        await Expect(page.Locator("#file-image")).ToBeEnabledAsync();
        await page.Locator("#file-image").SetInputFilesAsync(picture);
        await Expect(page.GetByTestId("run")).ToBeEnabledAsync();
        await page.GetByTestId("run").ClickAsync();
        return await page.GetByTestId("best").Locator("strong").InnerTextAsync();
    }

    public async Task ScreenshotAsync(string name) => await Screenshots.TakeAsync(page, name);

    public async Task SwitchThemeAsync(string theme)
    {
        await context.AddCookiesAsync([new Cookie { Name = "theme", Value = theme, Url = new Uri(page.Url).GetLeftPart(UriPartial.Authority) }]);
        await page.ReloadAsync();
    }

    public async ValueTask DisposeAsync() => await context.CloseAsync();

    private async Task<string> SaveReleaseAsync()
    {
        var version = await page.GetByTestId("version").InnerTextAsync();
        await page.GetByTestId("save-release").ClickAsync();
        await Expect(page).ToHaveURLAsync(ReleaseAddress());
        await Expect(page.GetByTestId("verify")).ToBeVisibleAsync();
        return version;
    }

    public async Task ConfirmAsync() => await page.GetByRole(AriaRole.Dialog).Locator("button.button-primary").ClickAsync();

    private async Task IsHomeAsync() => await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(texts.Get<HomeText>("Title"));

    [GeneratedRegex("/releases/[0-9a-f-]{36}$")]
    private static partial Regex ReleaseAddress();
}
