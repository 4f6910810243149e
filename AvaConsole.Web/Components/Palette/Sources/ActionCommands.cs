using AvaConsole.Core.Accounts;
using AvaConsole.Web.Components.Layout;
using AvaConsole.Web.Features.Apps;
using AvaConsole.Web.Infrastructure.Culture;
using AvaConsole.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Components.Palette.Sources;

/// <summary>What can be started from anywhere, and how the console looks.</summary>
public sealed class ActionCommands(IStringLocalizer<PaletteText> texts, IStringLocalizer<LayoutText> layout) : IPaletteSource
{
    public ValueTask<IReadOnlyList<PaletteCommand>> FindAsync(string query, Actor actor, CancellationToken ct) =>
        ValueTask.FromResult<IReadOnlyList<PaletteCommand>>([.. Actions(actor), .. Appearance()]);

    private IEnumerable<PaletteCommand> Actions(Actor actor)
    {
        if (actor.Can(Permission.DesignApi))
        {
            yield return Go("design-api", "DesignApi", "add", ShellUrls.Apis);
        }

        if (actor.Can(Permission.ManageApps))
        {
            yield return Go("new-app", "NewApp", "add", AppUrls.New);
        }

        if (actor.Can(Permission.Approve))
        {
            yield return Go("approvals", "ReviewChanges", "fact_check", ShellUrls.Changes);
        }

        yield return Go("password", "ChangePassword", "key", ShellUrls.Password);
        yield return Press("sign-out", PaletteGroup.Actions, layout["SignOut"], "logout", "form[action='/account/logout'] button", "logout exit");
    }

    private IEnumerable<PaletteCommand> Appearance()
    {
        foreach (var (theme, key, icon) in ((string, string, string)[])
            [(ThemeNames.System, "ThemeSystem", "computer"), (ThemeNames.Light, "ThemeLight", "light_mode"), (ThemeNames.Dark, "ThemeDark", "dark_mode")])
        {
            yield return Press("theme-" + theme, PaletteGroup.Appearance, texts["ThemeCommand", layout[key]], icon, $"button[name='theme'][value='{theme}']", "theme " + theme);
        }

        foreach (var (name, nativeName) in Cultures.All)
        {
            yield return Press("language-" + name, PaletteGroup.Appearance, texts["LanguageCommand", nativeName], "translate", $"button[name='culture'][value='{name}']", "language " + name);
        }
    }

    private PaletteCommand Go(string id, string key, string icon, string url) =>
        new("action-" + id, PaletteGroup.Actions, texts[key], icon) { Url = url, Keywords = id };

    private static PaletteCommand Press(string id, PaletteGroup group, string title, string icon, string button, string keywords) =>
        new("action-" + id, group, title, icon) { Button = button, Keywords = keywords };
}
