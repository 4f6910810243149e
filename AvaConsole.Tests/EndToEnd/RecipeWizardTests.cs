using AvaConsole.Tests.Integration.Cli;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Images.Recipes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>The custom image wizard as somebody uses it: a base, a package, a Dockerfile edited by hand, the GPU, two versions and what differs.</summary>
[Trait("Category", "EndToEnd")]
[Collection(SecondBrowserCollection.Name)]
public sealed class RecipeWizardTests(BrowserFixture browser)
{
    private const string ByHand =
        """
        FROM reg.example/ava-public/ava-tensorflow:py27-cpu

        RUN apt install git
        RUN pip install --no-cache-dir keras==2.2.4 tensorflow==1.12.0
        EXPOSE 8080

        """;

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task Wizard_FromABaseToASecondVersion_KeepsFormAndDockerfileTogether(string culture)
    {
        // One of the consoles has an engine, the other has none.
        using var engine = new FakeEngine("podman", build: "for step in 1 2 3; do echo \"STEP $step\"; done");
        await using var console = await ConsoleProcess.StartAsync(settings: new Dictionary<string, string> { ["ContainerEngine:Executable"] = culture == "en" ? engine.Path : "" });
        await using var ada = await Visitor.ArriveAsync(browser, console.BaseUrl.GetLeftPart(UriPartial.Authority), culture);
        try
        {
            await ada.CreateFirstAccountAsync(console.SignInLink!, "ada");
            await StartAsync(ada, culture);
            await AddPackageAsync(ada);
            await EditByHandAsync(ada, culture);
            await SwapAsync(ada);
            await SaveAsync(ada, culture);
            await SecondVersionAsync(ada, culture);
            await BuildAsync(ada, culture);
            await FindAsync(ada, culture);
            await FetchAsync(console);
        }
        catch
        {
            await ada.ScreenshotAsync($"failed/{culture}-recipes");
            throw;
        }

        Assert.Empty(ada.Faults);
    }

    private static async Task StartAsync(Visitor ada, string culture)
    {
        await ada.Page.GotoAsync("/images/recipes");
        await Expect(ada.Page.Locator(".empty-state")).ToBeVisibleAsync();
        await LookAsync(ada, culture, "recipes-empty", ada.Page.Locator(".empty-state"));
        await ada.Page.GetByTestId("new-recipe").ClickAsync();
        await ada.Page.GetByTestId("base-ava-tensorflow").ClickAsync();
        await Expect(ada.Page.Locator("#start-base")).ToHaveValueAsync("ava-public/ava-tensorflow:py27-cpu");
        await ada.Page.GetByTestId("python-3.5").ClickAsync();
        await Expect(ada.Page.Locator("#start-base")).ToHaveValueAsync("ava-public/ava-tensorflow:py35-cpu");
        await ada.Page.Locator("#start-base").FillAsync("reg.example/ava-public/ava-tensorflow:py27-cpu");
        await LookAsync(ada, culture, "recipes-start", ada.Page.GetByTestId("start-from-scratch"));
        await ada.Page.GotoAsync("/images/recipes/new");
        await ada.Page.Locator("#start-base").FillAsync("reg.example/ava-public/ava-tensorflow:py27-cpu");
        await ada.Page.GetByTestId("start-on-base").ClickAsync();
        await Expect(ada.Page.GetByTestId("code")).ToContainTextAsync("FROM");
    }

    private static async Task AddPackageAsync(Visitor ada)
    {
        await ada.Page.GetByTestId("step-packages").ClickAsync();
        await ada.Page.GetByTestId("pip-add").ClickAsync();
        await ada.Page.Locator("#pip-0").FillAsync("keras");
        await Expect(ada.Page.Locator("[data-rule='dockerfile.pip_unpinned']")).ToBeVisibleAsync();
        await ada.Page.Locator("#pip-0-version").FillAsync("2.2.4");
        await Expect(ada.Page.GetByTestId("code")).ToContainTextAsync("keras==2.2.4");
        await Expect(ada.Page.Locator("[data-rule='dockerfile.pip_unpinned']")).ToHaveCountAsync(0);
        await ada.Page.Locator("#pip-0-version").FillAsync("2.2;4");
        await Expect(ada.Page.Locator("#pip-0-error")).Not.ToBeEmptyAsync();
        await Expect(ada.Page.GetByTestId("dockerfile-state")).ToHaveAttributeAsync("data-state", "behind");
        await ada.Page.Locator("#pip-0-version").FillAsync("2.2.4");
        await Expect(ada.Page.GetByTestId("dockerfile-state")).ToHaveAttributeAsync("data-state", "current");
    }

    private static async Task EditByHandAsync(Visitor ada, string culture)
    {
        await TypeAsync(ada, "FROM reg.example/x:1\nRUN <<EOF\nnever ended\n");
        await Expect(ada.Page.GetByTestId("dockerfile-state")).ToHaveAttributeAsync("data-state", "broken");
        await Expect(ada.Page.GetByTestId("save-recipe")).ToBeDisabledAsync();
        await Expect(ada.Page.Locator("#pip-0")).ToHaveValueAsync("keras");

        await TypeAsync(ada, ByHand);
        await Expect(ada.Page.GetByTestId("dockerfile-state")).ToHaveAttributeAsync("data-state", "current");
        await Expect(ada.Page.Locator("#pip-1")).ToHaveValueAsync("tensorflow");
        await Expect(ada.Page.GetByTestId("rest")).ToContainTextAsync("apt install git");
        await Expect(ada.Page.GetByTestId("rest")).ToContainTextAsync("EXPOSE 8080");
        await Expect(ada.Page.Locator(".squiggly-error, .squiggly-warning").First).ToBeVisibleAsync();
        await ada.Page.WaitForFunctionAsync("() => Object.values(localStorage).some(text => text.includes('\"From\":0') && text.includes('EXPOSE 8080') && !text.includes('never ended'))");
        await LookAsync(ada, culture, "recipe-wizard", ada.Page.GetByTestId("save-recipe"));
        await Expect(ada.Page.GetByTestId("restored")).ToBeVisibleAsync();
        if (culture == "en") await ada.ScreenshotAsync("recipe-wizard");
        await Expect(ada.Page.GetByTestId("rest")).ToContainTextAsync("EXPOSE 8080");

        await ada.Page.GetByTestId("fix-all").ClickAsync();
        await Expect(ada.Page.GetByTestId("code")).ToContainTextAsync("apt-get");
        await Expect(ada.Page.GetByTestId("fix")).ToHaveCountAsync(0);
    }

    private static async Task SwapAsync(Visitor ada)
    {
        await ada.Page.GetByTestId("step-base").ClickAsync();
        await ada.Page.Locator("#gpu-cuda").SelectOptionAsync("9.0");
        await ada.Page.GetByTestId("gpu-preview").ClickAsync();
        await Expect(ada.Page.GetByTestId("gpu-changes").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        await Expect(ada.Page.GetByTestId("gpu-changes")).ToContainTextAsync("tensorflow-gpu");
        await ada.Page.GetByTestId("gpu-apply").ClickAsync();
        await Expect(ada.Page.Locator("#recipe-base")).ToHaveValueAsync("reg.example/ava-public/ava-tensorflow:py27-cuda90");
        await Expect(ada.Page.GetByTestId("code")).ToContainTextAsync("tensorflow-gpu==1.12.0");
    }

    private static async Task SaveAsync(Visitor ada, string culture)
    {
        await ada.Page.GetByTestId("step-result").ClickAsync();
        await ada.Page.Locator("#recipe-name").FillAsync("Ava Keras");
        await Expect(ada.Page.Locator("#recipe-name-error")).Not.ToBeEmptyAsync();
        await ada.Page.GetByTestId("name-parts").ClickAsync();
        await ada.Page.Locator("#image-framework").FillAsync("tensorflow");
        await ada.Page.Locator("#image-kind").FillAsync("classify");
        await Expect(ada.Page.Locator("#recipe-name")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^ava-tensorflow-classify-v[0-9]{8}-1$"));
        await LookAsync(ada, culture, "recipe-name", ada.Page.Locator("#image-kind"), reload: false);
        await ada.Page.GetByTestId("name-parts").ClickAsync();
        await ada.Page.Locator("#recipe-name").FillAsync("ava-keras");
        await ada.Page.Locator("#command-host").FillAsync("reg.example:5000");
        await ada.Page.Locator("#command-namespace").FillAsync("vision");
        await Expect(ada.Page.GetByTestId("command-Push")).ToHaveTextAsync("docker push reg.example:5000/vision/ava-keras:py27-cuda90");
        await ada.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await ada.Page.Locator("li").Filter(new() { Has = ada.Page.GetByTestId("command-Build") }).GetByRole(AriaRole.Button).ClickAsync();
        Assert.Equal("docker build -t ava-keras:py27-cuda90 -f Dockerfile .", await ada.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await ada.Page.GetByTestId("save-recipe").ClickAsync();
        await Expect(ada.Page.Locator("#recipe-reason-error")).Not.ToBeEmptyAsync();
        await ada.Page.Locator("#recipe-reason").FillAsync("The guide calls it so.");
        await LookAsync(ada, culture, "recipe-result", ada.Page.GetByTestId("command-Push"), reload: false);
        await ada.Page.GetByTestId("save-recipe").ClickAsync();
        await Expect(ada.Page.GetByTestId("dockerfile")).ToContainTextAsync("tensorflow-gpu==1.12.0");
    }

    private static async Task SecondVersionAsync(Visitor ada, string culture)
    {
        await ada.Page.GetByTestId("edit-recipe").ClickAsync();
        await ada.Page.GetByTestId("step-labels").ClickAsync();
        await ada.Page.GetByTestId("label-add").ClickAsync();
        await ada.Page.Locator("#label-0").FillAsync("team");
        await ada.Page.Locator("#label-0-value").FillAsync("vision");
        await Expect(ada.Page.GetByTestId("code")).ToContainTextAsync("LABEL team=\"vision\"");
        await ada.Page.Locator("#recipe-note").FillAsync("Says whose it is.");
        await ada.Page.GetByTestId("save-recipe").ClickAsync();
        await Expect(ada.Page.GetByTestId("dockerfile")).ToContainTextAsync("LABEL team=\"vision\"");
        await LookAsync(ada, culture, "recipe", ada.Page.GetByTestId("dockerfile"));
        await ada.Page.GetByTestId("tab-versions").ClickAsync();
        await Expect(ada.Page.GetByTestId("changes").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await Expect(ada.Page.Locator(".diff-added")).ToContainTextAsync("team");
        await LookAsync(ada, culture, "recipe-versions", ada.Page.GetByTestId("changes"));
    }

    private static async Task BuildAsync(Visitor ada, string culture)
    {
        await ada.Page.GetByTestId("tab-builds").ClickAsync();
        if (culture != "en")
        {
            await Expect(ada.Page.GetByTestId("no-engine")).ToBeVisibleAsync();
            await LookAsync(ada, culture, "recipe-builds", ada.Page.GetByTestId("no-engine"));
            return;
        }

        await Expect(ada.Page.Locator("#build-target")).ToHaveValueAsync("ava-keras:py27-cuda90");
        await ada.Page.GetByTestId("start-build").ClickAsync();
        await Expect(ada.Page.GetByTestId("build")).ToHaveAttributeAsync("data-state", "Succeeded");
        await Expect(ada.Page.GetByTestId("log")).ToContainTextAsync("STEP 3");
        await LookAsync(ada, culture, "recipe-builds", ada.Page.GetByTestId("log"));
    }

    private static async Task FindAsync(Visitor ada, string culture)
    {
        await ada.Page.GotoAsync(RecipeUrls.List("keras"));
        await Expect(ada.Page.GetByRole(AriaRole.Link, new() { Name = "ava-keras", Exact = true })).ToBeVisibleAsync();
        await LookAsync(ada, culture, "recipes", ada.Page.Locator("tbody tr").First);
    }

    /// <summary>The command line has the same recipe by its name.</summary>
    private static async Task FetchAsync(ConsoleProcess console)
    {
        var address = console.BaseUrl.GetLeftPart(UriPartial.Authority);
        var account = new Dictionary<string, string> { ["ASECTL_USER"] = "ada", ["ASECTL_PASSWORD"] = Visitor.Password };

        var known = await AsectlProcess.RunAsync("/", null, account, ["image", "dockerfile", "ava-keras", "--console", address]);
        var unknown = await AsectlProcess.RunAsync("/", null, account, ["image", "dockerfile", "ava-other", "--console", address]);

        Assert.Equal((0, ""), (known.ExitCode, known.Errors));
        Assert.Contains("LABEL team=\"vision\"", known.Output, StringComparison.Ordinal);
        Assert.Equal(3, unknown.ExitCode);
        Assert.Contains("ava-other", unknown.Errors, StringComparison.Ordinal);
    }

    private static async Task LookAsync(Visitor ada, string culture, string name, ILocator shown, bool reload = true)
    {
        foreach (var theme in reload ? (string[])["dark", "light"] : ["light"])
        {
            if (reload) await ada.SwitchThemeAsync(theme);
            foreach (var (width, height) in ((int, int)[])[(390, 844), (1440, 900)])
            {
                await ada.Page.SetViewportSizeAsync(width, height);
                await Expect(shown).ToBeVisibleAsync();
                await Screenshots.TakeAsync(ada.Page, $"recipes/{culture}-{name}-{theme}-{width}", whole: true);
                Assert.Empty(await AccessibilityTests.FindAsync(ada, $"{name} ({theme}, {width} px)"));
            }
        }
    }

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
