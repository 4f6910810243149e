using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis;
using AvaConsole.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>The designer under the hands of one person: one history over both panes, the keyboard alone, an input method.</summary>
[Trait("Category", "EndToEnd")]
[Collection(SecondBrowserCollection.Name)]
public sealed class DesignerTests(BrowserFixture browser, RunningConsole console) : IClassFixture<RunningConsole>, IAsyncLifetime
{
    private Visitor _visitor = null!;

    private IPage Page => _visitor.Page;

    public async Task InitializeAsync()
    {
        _visitor = await Visitor.ArriveAsync(browser, console.Process.BaseUrl.GetLeftPart(UriPartial.Authority), "en");
        await _visitor.SignInAsync(RunningConsole.Admin);
    }

    public async Task DisposeAsync()
    {
        await _visitor.DisposeAsync();
        Assert.Empty(_visitor.Faults);
    }

    [Fact]
    public async Task Undo_AcrossFormCodeAndImport_IsOneHistoryThatSurvivesAReload()
    {
        var designer = await Designer.CreateAsync(_visitor, "panes");
        await designer.CodeHasAsync("serviceName: panes");

        await designer.Description.FillAsync("Typed in the form.");
        await designer.CodeHasAsync("Typed in the form.");
        await designer.GoBehindAsync("Typed in the form.");
        await Page.Keyboard.TypeAsync(" And in the code.");
        await Expect(designer.Description).ToHaveValueAsync("Typed in the form. And in the code.");
        await Page.Locator("#import-file").SetInputFilesAsync(new FilePayload
        {
            Name = "other.yaml",
            MimeType = "text/yaml",
            Buffer = System.Text.Encoding.UTF8.GetBytes((await designer.CodeAsync()).Replace("And in the code.", "And imported.", StringComparison.Ordinal)),
        });
        await Page.GetByTestId("import-replace").ClickAsync();
        await Expect(designer.Description).ToHaveValueAsync("Typed in the form. And imported.");

        // In the code pane, in a field, and with the button: the same history.
        await designer.GoBehindAsync("And imported.");
        await designer.UndoAsync();
        await Expect(designer.Description).ToHaveValueAsync("Typed in the form. And in the code.");
        await designer.IsSavedAsync();
        await Page.ReloadAsync();
        await designer.IsOpenAsync();
        await designer.Description.FocusAsync();
        await designer.UndoAsync();
        await Expect(designer.Description).ToHaveValueAsync("Typed in the form.");
        await designer.CodeLacksAsync("And in the code.");
        await Page.GetByTestId("undo").ClickAsync();
        await Expect(designer.Description).Not.ToHaveValueAsync("Typed in the form.");
        await Expect(Page.GetByTestId("undo")).ToBeDisabledAsync();

        await designer.Description.FocusAsync();
        await designer.RedoAsync();
        await designer.RedoAsync();
        await Page.Keyboard.PressAsync("Control+y");
        await Expect(designer.Description).ToHaveValueAsync("Typed in the form. And imported.");
        await designer.CodeHasAsync("And imported.");
    }

    [Fact]
    public async Task Code_SyntaxError_MarksTheLineAndKeepsTheForm()
    {
        var designer = await Designer.CreateAsync(_visitor, "broken");
        await designer.GoBehindAsync("serviceName: broken");

        await Page.Keyboard.TypeAsync(": [");

        await Expect(Page.GetByTestId("code-state")).ToHaveAttributeAsync("data-state", "broken");
        await Expect(Page.Locator("#field-Service")).ToHaveValueAsync("broken");
        var line = (await designer.CodeAsync()).Split('\n').TakeWhile(text => !text.Contains(": [", StringComparison.Ordinal)).Count() + 1;
        var marked = await Page.EvaluateAsync<int>("() => window.monaco.editor.getModelMarkers({ owner: 'draft' })[0].startLineNumber");
        Assert.InRange(marked, line, line + 1);
        await designer.UndoAsync();
        await Expect(Page.GetByTestId("code-state")).ToHaveAttributeAsync("data-state", "sync");
        await designer.CodeLacksAsync(": [");
    }

    [Fact]
    public async Task Code_FormEdited_KeepsTheCursorWhereItIs()
    {
        var designer = await Designer.CreateAsync(_visitor, "cursor");
        await designer.GoBehindAsync("version: \"1.0.0\"");
        var before = await PositionAsync();

        await designer.Description.FillAsync("Longer than before.");
        await designer.CodeHasAsync("Longer than before.");

        Assert.Equal(before, await PositionAsync());
        Assert.Equal("field-Description", await Page.EvaluateAsync<string>("() => document.activeElement.id"));
    }

    [Fact]
    public async Task Keyboard_Alone_ReachesEveryPane()
    {
        var designer = await Designer.CreateAsync(_visitor, "keys");
        await designer.CodeHasAsync("serviceName: keys");
        var seen = new List<string>();

        await Page.GetByTestId("history").FocusAsync();
        for (var presses = 0; presses < 400 && !(seen.Contains("code") && seen.Contains("divider")); presses++)
        {
            await Page.Keyboard.PressAsync("Tab");
            seen.Add(await Page.EvaluateAsync<string>(
                "() => { const at = document.activeElement; return at.closest('.monaco-editor') ? 'code' : at.matches('[data-divider]') ? 'divider' : at.id || at.dataset.testid || at.tagName; }"));
            if (seen[^1] == "divider")
            {
                await Page.Keyboard.PressAsync("ArrowRight");
                await Expect(Page.Locator("[data-divider]")).ToHaveAttributeAsync("aria-valuenow", "54");
            }
        }

        Assert.Contains("field-Service", seen);
        Assert.Contains("code", seen);
        await Page.Keyboard.PressAsync("Tab");
        Assert.False(await Page.EvaluateAsync<bool>("() => document.activeElement.closest('.monaco-editor') !== null"), "The keyboard is caught in the code.");
    }

    [Fact]
    public async Task Panes_BothThemesAndWidths_HaveNoSeriousFinding()
    {
        await Designer.CreateAsync(_visitor, "looks");
        var url = new Uri(Page.Url).AbsolutePath;
        var findings = new List<string>();
        foreach (var pane in (string[])["form", "code", "preview", "check"])
        {
            await Page.GotoAsync(pane == "form" ? url : $"{url}?pane={pane}");
            foreach (var theme in (string[])["light", "dark"])
            {
                await _visitor.SwitchThemeAsync(theme);
                foreach (var width in (int[])[1440, 390])
                {
                    await Page.SetViewportSizeAsync(width, 900);
                    await Expect(Page.GetByTestId("history")).ToBeVisibleAsync();
                    if (pane == "code" || (pane == "form" && width == 1440))
                    {
                        await Expect(Page.Locator(".view-lines .view-line").First).ToBeVisibleAsync();
                    }

                    await Screenshots.TakeAsync(Page, $"pages/designer-{pane}-{theme}-{width}");
                    findings.AddRange((await AccessibilityTests.FindAsync(_visitor, $"{pane} ({theme}, {width} px)")));
                }
            }
        }

        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));
    }

    [Fact]
    public async Task InputMethod_Composing_IsNotDisturbedAndIsOneStep()
    {
        var designer = await Designer.CreateAsync(_visitor, "pinyin");
        var start = await designer.Description.InputValueAsync();
        await designer.Description.FillAsync("");
        await designer.IsSavedAsync();
        var keyboard = await Page.Context.NewCDPSessionAsync(Page);
        await designer.Description.FocusAsync();

        foreach (var text in (string[])["s", "sh", "shu", "shu'zi"])
        {
            await keyboard.SendAsync("Input.imeSetComposition", new Dictionary<string, object> { ["text"] = text, ["selectionStart"] = text.Length, ["selectionEnd"] = text.Length });
        }

        // What another page saves meanwhile waits: nothing may be changed under a composition.
        await ChangeElsewhereAsync("vision");
        await Expect(designer.Description).ToHaveValueAsync("shu'zi");
        await designer.CodeLacksAsync("shu'zi");
        await keyboard.SendAsync("Input.insertText", new Dictionary<string, object> { ["text"] = "数字" });

        await Expect(designer.Description).ToHaveValueAsync("数字");
        await designer.CodeHasAsync("数字");
        await Expect(Page.Locator("#field-Group")).ToHaveValueAsync("vision");
        Assert.NotEqual("数字", start);
        await Page.GetByTestId("history").ClickAsync();
        await Expect(Page.GetByTestId("history-list").GetByText(_visitor.Texts.Get<EditText>("Member_Description")).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task InputMethod_ComposingInTheCode_IsNotDisturbed()
    {
        var designer = await Designer.CreateAsync(_visitor, "daima");
        await designer.Description.FillAsync("Says");
        await designer.GoBehindAsync("description: Says");
        var keyboard = await Page.Context.NewCDPSessionAsync(Page);

        await keyboard.SendAsync("Input.imeSetComposition", new Dictionary<string, object> { ["text"] = "shu'zi", ["selectionStart"] = 6, ["selectionEnd"] = 6 });
        await ChangeElsewhereAsync("vision");
        await keyboard.SendAsync("Input.insertText", new Dictionary<string, object> { ["text"] = "数字" });

        await Expect(designer.Description).ToHaveValueAsync("Says数字");
        await designer.CodeHasAsync("group: vision");
    }

    /// <summary>The same person at another browser saves another field.</summary>
    private async Task ChangeElsewhereAsync(string group)
    {
        await using var other = await Visitor.ArriveAsync(browser, console.Process.BaseUrl.GetLeftPart(UriPartial.Authority), "en");
        await other.SignInAsync(RunningConsole.Admin);
        var designer = await Designer.OpenAsync(other, Page.Url);
        await other.Page.Locator("#field-Group").FillAsync(group);
        await designer.IsSavedAsync();
    }

    private Task<string> PositionAsync() =>
        Page.EvaluateAsync<string>("() => { const { lineNumber, column } = window.monaco.editor.getEditors()[0].getPosition(); return `${lineNumber}:${column}`; }");
}
