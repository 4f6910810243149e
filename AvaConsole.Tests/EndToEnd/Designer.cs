using AvaConsole.Web.Features.Apis;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>The designer page as its users see it.</summary>
public sealed class Designer(IPage page)
{
    // The editor draws only the lines in sight; its model has the whole text.
    private const string CodeText = "() => window.monaco?.editor.getModels()[0]?.getValue() ?? ''";

    public ILocator Description => page.Locator("#field-Description");

    public ILocator SaveState => page.Locator(".save-state");

    public ILocator Conflicts => page.GetByTestId("conflicts");

    public ILocator News => page.GetByTestId("news");

    public ILocator People => page.GetByTestId("presence");

    public ILocator Names(DraftList list) => page.Locator($"[id^='field-{list}-'][id$='-Name']");

    /// <summary>Creates an API from the template and opens its draft.</summary>
    public static async Task<Designer> CreateAsync(Visitor visitor, string service)
    {
        await visitor.Page.GotoAsync(ApiUrls.List(create: true));
        await visitor.Page.Locator("#new-service").FillAsync(service);
        await visitor.Page.Locator("form:has(#new-service) button[type=submit]").ClickAsync();
        var designer = new Designer(visitor.Page);
        await designer.IsOpenAsync();
        return designer;
    }

    public static async Task<Designer> OpenAsync(Visitor visitor, string url)
    {
        await visitor.Page.GotoAsync(url);
        var designer = new Designer(visitor.Page);
        await designer.IsOpenAsync();
        return designer;
    }

    public async Task IsOpenAsync()
    {
        await Expect(Description).ToBeVisibleAsync();
        await Expect(page.Locator("[data-designer][data-ready]")).ToHaveCountAsync(1);
    }

    public Task IsSavedAsync() => Expect(SaveState).ToHaveAttributeAsync("data-state", "Saved");

    public Task<string> CodeAsync() => page.EvaluateAsync<string>(CodeText);

    public Task CodeHasAsync(string text) => page.WaitForFunctionAsync($"text => ({CodeText})().includes(text)", text);

    public Task CodeLacksAsync(string text) => page.WaitForFunctionAsync($"text => ({CodeText})() !== '' && !({CodeText})().includes(text)", text);

    /// <summary>Puts the cursor behind a text in the code.</summary>
    public async Task GoBehindAsync(string text)
    {
        await CodeHasAsync(text);
        await page.EvaluateAsync(
            """
            text => {
              const editor = window.monaco.editor.getEditors()[0];
              const { range } = editor.getModel().findMatches(text, false, false, true, null, false)[0];
              editor.setPosition({ lineNumber: range.endLineNumber, column: range.endColumn });
              editor.focus();
            }
            """,
            text);
    }

    public Task UndoAsync() => page.Keyboard.PressAsync("Control+z");

    public Task RedoAsync() => page.Keyboard.PressAsync("Control+Shift+z");
}
