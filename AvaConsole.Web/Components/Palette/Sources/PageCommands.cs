using AvaConsole.Core.Accounts;
using AvaConsole.Web.Components.Layout;
using AvaConsole.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Components.Palette.Sources;

/// <summary>The pages of the navigation, with their chords.</summary>
public sealed class PageCommands(IStringLocalizer<LayoutText> texts) : IPaletteSource
{
    private sealed record Entry(string Key, string Icon, string Url, char Chord, Permission Permission);

    private static readonly Entry[] s_pages =
    [
        new("Home", "home", ShellUrls.Home, 'h', Permission.View),
        new("Apis", "schema", ShellUrls.Apis, 'i', Permission.View),
        new("Apps", "deployed_code", ShellUrls.Apps, 'a', Permission.View),
        new("Images", "layers", ShellUrls.Images, 'm', Permission.View),
        new("Changes", "published_with_changes", ShellUrls.Changes, 'c', Permission.View),
        new("Hosts", "dns", ShellUrls.Hosts, 'o', Permission.View),
        new("Audit", "history", ShellUrls.Audit, 'l', Permission.ViewAudit),
        new("Accounts", "group", ShellUrls.Accounts, 'u', Permission.Administer),
        new("Settings", "settings", ShellUrls.Settings, 's', Permission.View),
    ];

    public ValueTask<IReadOnlyList<PaletteCommand>> FindAsync(string query, Actor actor, CancellationToken ct) => ValueTask.FromResult(For(actor));

    /// <summary>The pages that this actor may open.</summary>
    public IReadOnlyList<PaletteCommand> For(Actor actor) =>
    [
        .. s_pages
            .Where(page => actor.Can(page.Permission))
            .Select(page => new PaletteCommand("page-" + page.Url.TrimStart('/'), PaletteGroup.Pages, texts[page.Key], page.Icon)
            {
                Url = page.Url,
                Chord = page.Chord,
                Keywords = page.Url.TrimStart('/'),
            }),
    ];
}
