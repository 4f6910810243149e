using AvaConsole.Core.Accounts;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Web.Features.Images;

namespace AvaConsole.Web.Components.Palette.Sources;

/// <summary>Images of the catalogue, found as its page finds them.</summary>
public sealed class CatalogueCommands(CatalogueService catalogue) : IPaletteSource
{
    private const int MostImages = 8;

    public async ValueTask<IReadOnlyList<PaletteCommand>> FindAsync(string query, Actor actor, CancellationToken ct)
    {
        if (query.Length == 0 || !actor.Can(Permission.View))
        {
            return [];
        }

        var found = await catalogue.SearchAsync(new CatalogueQuery { Text = query, Take = MostImages }, ct);
        return
        [
            .. found.Rows.Select(row => new PaletteCommand($"image-{row.Image.Repository}", PaletteGroup.Images, row.Image.Name, "layers")
            {
                Url = CatalogueUrls.Of(row.Image),
                Hint = row.Image.Repository,
                // The catalogue has found it, by whatever it was: the palette must not drop it again.
                Keywords = query,
            }),
        ];
    }
}
