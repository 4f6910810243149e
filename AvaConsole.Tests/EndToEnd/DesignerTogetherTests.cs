using System.Diagnostics;
using AvaConsole.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>What must not be lost: typing when the console is killed, and other people's work on the same draft.</summary>
[Trait("Category", "EndToEnd")]
[Collection(SecondBrowserCollection.Name)]
public sealed class DesignerTogetherTests(BrowserFixture browser)
{
    [Fact]
    public async Task Kill_WhileTyping_LosesAtMostTheLastSecond()
    {
        using var folder = new TemporaryDirectory();
        var first = await ConsoleProcess.StartAsync(folder.Combine("data"));
        var baseUrl = first.BaseUrl.GetLeftPart(UriPartial.Authority);
        await using var ada = await Visitor.ArriveAsync(browser, baseUrl, "en");
        await ada.CreateFirstAccountAsync(first.SignInLink!, "ada");
        var designer = await Designer.CreateAsync(ada, "digits");
        var url = ada.Page.Url;
        await designer.Description.FillAsync("");
        await designer.Description.FocusAsync();

        var typed = new List<(char Key, TimeSpan At)>();
        var watch = Stopwatch.StartNew();
        for (var number = 0; watch.Elapsed < TimeSpan.FromSeconds(4); number++)
        {
            foreach (var key in $"{number} ")
            {
                await ada.Page.Keyboard.PressAsync(key == ' ' ? "Space" : $"{key}");
                typed.Add((key, watch.Elapsed));
            }
        }

        var killed = watch.Elapsed;
        await first.StopAsync("KILL");
        await using var second = await ConsoleProcess.StartAsync(folder.Combine("data"), new Dictionary<string, string> { ["Urls"] = baseUrl });
        // In a tab of its own: the old one loads itself again and asks before it is left, either of which would end a visit there.
        var tab = await ada.Page.Context.NewPageAsync();
        await tab.GotoAsync(url);
        designer = new Designer(tab);
        await designer.IsOpenAsync();
        var kept = await designer.Description.InputValueAsync();

        var all = string.Concat(typed.Select(key => key.Key));
        Assert.StartsWith(kept, all, StringComparison.Ordinal);
        Assert.True(kept.Length >= typed.Count(key => key.At < killed - TimeSpan.FromSeconds(1)), $"{typed.Count} keys were typed, {kept.Length} were kept.");
        await designer.Description.FocusAsync();
        await designer.UndoAsync();
        await Expect(designer.Description).Not.ToHaveValueAsync(kept);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task TwoPeople_OnOneDraft_SeeEachOtherAndLoseNothing()
    {
        await using var console = await ConsoleProcess.StartAsync();
        var baseUrl = console.BaseUrl.GetLeftPart(UriPartial.Authority);
        await using var ada = await Visitor.ArriveAsync(browser, baseUrl, "en");
        await using var grace = await Visitor.ArriveAsync(browser, baseUrl, "zh-Hans");
        await ada.CreateFirstAccountAsync(console.SignInLink!, "ada");
        await ada.CreateAccountAsync("grace", "designer");
        await grace.SignInAsync("grace");
        var hers = await Designer.CreateAsync(ada, "digits");
        var theirs = await Designer.OpenAsync(grace, ada.Page.Url);

        // Each sees the other, and where.
        await theirs.Description.FocusAsync();
        await Expect(hers.People).ToContainTextAsync("grace is in the description");
        await Expect(theirs.People).ToContainTextAsync("ada");

        // A page that was left is not there any more.
        await grace.Page.ReloadAsync();
        await theirs.IsOpenAsync();
        await theirs.Names(AvaConsole.Web.Features.Apis.DraftList.Parameters).First.FocusAsync();
        await Expect(hers.People).ToContainTextAsync("grace is in");
        await Expect(hers.People.Locator("li")).ToHaveCountAsync(1);
        await theirs.Description.FocusAsync();
        await Expect(hers.People).ToContainTextAsync("grace is in the description");

        // Different fields: both stay, and each page shows the other's at once, without taking the focus.
        await hers.Names(AvaConsole.Web.Features.Apis.DraftList.Parameters).First.FocusAsync();
        await theirs.Description.FillAsync("由 grace 编写。");
        await Expect(hers.Description).ToHaveValueAsync("由 grace 编写。");
        await Expect(hers.News).ToContainTextAsync("grace changed: the description");
        Assert.Equal("field-Parameters-0-Name", await ada.Page.EvaluateAsync<string>("() => document.activeElement.id"));
        await ada.Page.Locator("#field-Group").FillAsync("vision");
        await Expect(grace.Page.Locator("#field-Group")).ToHaveValueAsync("vision");

        // The same field at the same time: whoever comes second is asked, and everything is saved meanwhile.
        await TypeTogetherAsync(hers, theirs);
        var (asked, other) = await hers.Conflicts.IsVisibleAsync() ? (hers, theirs) : (theirs, hers);
        await Expect(asked.Conflicts).ToContainTextAsync("from ada");
        await Expect(asked.Conflicts).ToContainTextAsync("from grace");
        await asked.IsSavedAsync();
        var theirValue = await other.Description.InputValueAsync();
        await Expect(asked.Description).ToHaveValueAsync(theirValue);
        await asked.Conflicts.GetByTestId("keep-mine").ClickAsync();
        await Expect(asked.Description).Not.ToHaveValueAsync(theirValue);
        await asked.IsSavedAsync();
        var mine = await asked.Description.InputValueAsync();
        await Expect(other.Description).ToHaveValueAsync(mine);

        // Whoever was overruled finds it in the history.
        await other.Description.FocusAsync();
        await other.UndoAsync();
        await Expect(other.Description).Not.ToHaveValueAsync(mine);
        Assert.Empty(ada.Faults);
        Assert.Empty(grace.Faults);
    }

    // Until the two saves meet; mostly they do at once.
    private static async Task TypeTogetherAsync(Designer hers, Designer theirs)
    {
        for (var tries = 0; tries < 20; tries++)
        {
            await Task.WhenAll(hers.Description.FillAsync($"{tries} from ada"), theirs.Description.FillAsync($"{tries} from grace"));
            await Task.WhenAll(SettledAsync(hers), SettledAsync(theirs));
            if (await hers.Conflicts.IsVisibleAsync() || await theirs.Conflicts.IsVisibleAsync())
            {
                return;
            }
        }

        Assert.Fail("The two never met.");
    }

    private static Task SettledAsync(Designer designer) =>
        Expect(designer.SaveState).ToHaveAttributeAsync("data-state", new System.Text.RegularExpressions.Regex("Saved|Moved"));
}
