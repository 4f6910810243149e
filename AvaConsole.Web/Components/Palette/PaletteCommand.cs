namespace AvaConsole.Web.Components.Palette;

/// <summary>Groups of the palette, in the order in which they are shown.</summary>
public enum PaletteGroup
{
    Pages,
    Actions,
    Apps,
    Apis,
    Images,
    Releases,
    Changes,
    Appearance,
}

/// <summary>One thing that the palette can do: go somewhere or press a button of the page.</summary>
/// <param name="Id">Stable, unique; also the option's element id.</param>
/// <param name="Title">In the reader's language.</param>
/// <param name="Icon">Material Symbol.</param>
public sealed record PaletteCommand(string Id, PaletteGroup Group, string Title, string Icon)
{
    /// <summary>Shown beside the title: a version, a state, an instance's name.</summary>
    public string Hint { get; init; } = "";

    /// <summary>Other words that find it, in any language.</summary>
    public string Keywords { get; init; } = "";

    /// <summary>Where it leads; null for commands that press a button.</summary>
    public string? Url { get; init; }

    /// <summary>Selector of the button that it presses, for what only a form post can do.</summary>
    public string? Button { get; init; }

    /// <summary>Second key after <c>g</c>, or null.</summary>
    public char? Chord { get; init; }
}
