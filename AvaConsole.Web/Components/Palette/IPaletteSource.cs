using AvaConsole.Core.Accounts;

namespace AvaConsole.Web.Components.Palette;

/// <summary>Brings commands into the palette. Sources return only what the actor may do or see.</summary>
public interface IPaletteSource
{
    /// <param name="query">What was typed; empty for the list that is shown first. Fixed commands ignore it: the palette filters them.</param>
    ValueTask<IReadOnlyList<PaletteCommand>> FindAsync(string query, Actor actor, CancellationToken ct);
}
