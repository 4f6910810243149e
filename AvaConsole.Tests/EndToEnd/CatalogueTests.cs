using AvaConsole.Tests.Support;
using AvaConsole.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>The catalogue with 10,000 images and 100,000 tags, as somebody looks for one.</summary>
[Trait("Category", "EndToEnd")]
[Collection(SecondBrowserCollection.Name)]
public sealed class CatalogueTests(BrowserFixture browser)
{
    private const string Image = "/images/of/reg.example%3A5000/" + CatalogueGenerator.KnownImage;

    [Fact]
    public async Task Browse_HundredThousandTags_FacetsAddressBackButtonAndComparison()
    {
        await using var registry = await LoopbackServer.StartAsync(_ => Task.CompletedTask);
        await using var console = await CatalogueConsole.StartAsync(10_000, 100_000);
        await console.PointAtAsync(registry);
        await using var ada = await Visitor.ArriveAsync(browser, console.BaseUrl, "en");
        await ada.CreateFirstAccountAsync(console.SignInLink, "ada");
        try
        {
            await SearchAsync(ada);
            await NarrowAsync(ada);
            await SaveAsync(ada);
            await CompareAsync(ada);
            await LookAsync(ada);
        }
        catch
        {
            await ada.ScreenshotAsync("failed/catalogue");
            throw;
        }

        Assert.Empty(ada.Faults);
        Assert.Equal(0, registry.Requests);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task EveryPage_BothThemesAndWidths_HasNoSeriousFinding(string culture)
    {
        await using var console = await CatalogueConsole.StartAsync(300, 3_000);
        await using var ada = await Visitor.ArriveAsync(browser, console.BaseUrl, culture);
        await ada.CreateFirstAccountAsync(console.SignInLink, "ada");
        await CatalogueConsole.IsReadAsync(ada, 306);
        var findings = new List<string>();
        foreach (var (name, path) in ((string, string)[])
                 [
                     ("catalogue", "/images?device=gpu&q=caffe"), ("catalogue-table", "/images?view=table"), ("image", Image), ("base-images", "/images/base?image=ava-caffe"),
                     ("base-cards", "/images/base?image=ava-caffe&view=cards"), ("compare", Comparison()),
                 ])
        {
            foreach (var theme in culture == "en" ? (string[])["light", "dark"] : ["light"])
            {
                await ada.Page.GotoAsync(path);
                await ada.SwitchThemeAsync(theme);
                foreach (var (width, height) in ((int, int)[])[(1440, 900), (390, 844)])
                {
                    await ada.Page.SetViewportSizeAsync(width, height);
                    await Expect(ada.Page.Locator("h1").First).ToBeVisibleAsync();
                    await Expect(ada.Page.Locator(".loading-block")).ToHaveCountAsync(0);
                    await ada.ScreenshotAsync($"images/{culture}/{name}-{theme}-{width}");
                    findings.AddRange(await AccessibilityTests.FindAsync(ada, $"{path} ({theme}, {width} px)"));
                }
            }
        }

        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));
        await OpenDrawerAsync(ada);
    }

    private static async Task SearchAsync(Visitor ada)
    {
        await ada.Page.GotoAsync("/images");
        await Expect(Found(ada)).ToContainTextAsync("10,006");
        await ada.Page.Keyboard.PressAsync("/");
        await Expect(Box(ada)).ToBeFocusedAsync();
        await ada.Page.Keyboard.TypeAsync("team-00 ava-caffe");
        await Expect(ada.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("q=team-00%20ava-caffe"));
        await Expect(ada.Page.Locator(".cards .place").First).ToHaveTextAsync("reg.example:5000/" + CatalogueGenerator.KnownImage);
        await ada.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(ada.Page.Locator("[data-result]").First).ToBeFocusedAsync();
        await ada.Page.Keyboard.PressAsync("Escape");
        await Expect(Box(ada)).ToBeFocusedAsync();
        await ada.ScreenshotAsync("catalogue");
    }

    private static async Task NarrowAsync(Visitor ada)
    {
        var all = await Found(ada).InnerTextAsync();
        await ada.Page.GetByTestId("facet-device-gpu").CheckAsync();
        await Expect(ada.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("device=gpu"));
        await Expect(Found(ada)).Not.ToHaveTextAsync(all);
        var gpu = await Found(ada).InnerTextAsync();
        await ada.Page.GetByTestId("facet-python-2.7").CheckAsync();
        await Expect(ada.Page.Locator(".chosen .chip")).ToHaveCountAsync(2);
        await ada.Page.GetByTestId("sort").SelectOptionAsync("newest");
        await ada.Page.GetByTestId("view-table").ClickAsync();
        await Expect(ada.Page.Locator("tbody tr").First).ToBeVisibleAsync();
        var address = ada.Page.Url;

        for (var step = 0; step < 3; step++) await ada.Page.GoBackAsync();
        await Expect(Found(ada)).ToHaveTextAsync(gpu);
        await Expect(ada.Page.GetByTestId("facet-python-2.7")).Not.ToBeCheckedAsync();
        await ada.Page.GotoAsync(address);
        await Expect(ada.Page.Locator(".chosen .chip")).ToHaveCountAsync(2);
        await Expect(Box(ada)).ToHaveValueAsync("team-00 ava-caffe");
    }

    private static async Task SaveAsync(Visitor ada)
    {
        var saved = ada.Page.GetByTestId("saved-filters");
        await saved.Locator("summary").ClickAsync();
        await ada.Page.Locator("#filter-name").FillAsync("my caffe");
        await ada.Page.GetByTestId("save-filter").ClickAsync();
        await Expect(ada.Page.GetByText(ada.Texts.Get<CatalogueText>("FilterSaved", "my caffe"))).ToBeVisibleAsync();
        await ada.Page.GotoAsync("/images");
        await saved.Locator("summary").ClickAsync();
        await saved.GetByRole(AriaRole.Link, new() { Name = "my caffe", Exact = true }).ClickAsync();
        await Expect(ada.Page.Locator(".chosen .chip")).ToHaveCountAsync(2);
    }

    private static async Task CompareAsync(Visitor ada)
    {
        await ada.Page.GotoAsync(Image);
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "py27-cpu", Exact = true }).ClickAsync();
        await Expect(ada.Page.Locator("#tag-heading code")).ToHaveTextAsync("py27-cpu");
        await Expect(ada.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("tag=py27-cpu"));
        await ada.Page.GetByTestId("compare-with").SelectOptionAsync("py36-cpu");
        await Expect(ada.Page.GetByTestId("platform-diff")).ToBeVisibleAsync();
        await Expect(ada.Page.Locator("#compare-a")).ToHaveValueAsync($"reg.example:5000/{CatalogueGenerator.KnownImage}:py36-cpu");
        await ada.ScreenshotAsync("images-compared");
        await ada.Page.GetByTestId("swap").ClickAsync();
        await Expect(ada.Page.Locator("#compare-a")).ToHaveValueAsync($"reg.example:5000/{CatalogueGenerator.KnownImage}:py27-cpu");
        await ada.Page.GoBackAsync();
        await Expect(ada.Page.Locator("#compare-a")).ToHaveValueAsync($"reg.example:5000/{CatalogueGenerator.KnownImage}:py36-cpu");
    }

    private static async Task LookAsync(Visitor ada)
    {
        await ada.Page.Keyboard.PressAsync("Control+k");
        await ada.Page.Locator("#palette-input").FillAsync("team-00/ava-pytorch");
        await Expect(ada.Page.Locator("[role=option]").First).ToContainTextAsync("ava-pytorch");
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(ada.Page.Locator("#tag-heading")).ToBeVisibleAsync();
        await ada.Page.GotoAsync("/images?q=nothing-is-called-this");
        await Expect(ada.Page.GetByText(ada.Texts.Get<CatalogueText>("NoMatchTitle"))).ToBeVisibleAsync();
    }

    private static async Task OpenDrawerAsync(Visitor ada)
    {
        await ada.Page.GotoAsync("/images");
        await ada.Page.GetByTestId("open-facets").ClickAsync();
        await Expect(ada.Page.Locator("[data-facets-close]")).ToBeFocusedAsync();
        await ada.ScreenshotAsync($"images/{ada.Texts.Culture}/drawer");
        var findings = string.Join(Environment.NewLine, await AccessibilityTests.FindAsync(ada, "the drawer"));
        Assert.True(findings.Length == 0, findings);
        await ada.Page.GetByTestId("facet-device-cpu").CheckAsync();
        await Expect(ada.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("device=cpu"));
        await ada.Page.Keyboard.PressAsync("Escape");
        await Expect(ada.Page.GetByTestId("open-facets")).ToBeFocusedAsync();
    }

    private static string Comparison() =>
        $"/images/compare?a={Uri.EscapeDataString($"reg.example:5000/{CatalogueGenerator.KnownImage}:py27-cpu")}&b={Uri.EscapeDataString($"reg.example:5000/{CatalogueGenerator.KnownImage}:py36-cpu")}";

    private static ILocator Found(Visitor ada) => ada.Page.GetByTestId("found");

    private static ILocator Box(Visitor ada) => ada.Page.Locator("#main input[type=search]").First;
}
