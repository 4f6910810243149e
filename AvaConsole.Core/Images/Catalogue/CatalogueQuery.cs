namespace AvaConsole.Core.Images.Catalogue;

/// <summary>By what images are narrowed down.</summary>
public enum CatalogueFacet
{
    Framework,
    Device,
    Cuda,
    Python,
    Kind,
    Team,

    /// <summary>By its name; AVA's base images have <see cref="CatalogueQuery.BaseSource"/>.</summary>
    Registry,

    /// <summary>One of <see cref="CatalogueDates"/>.</summary>
    Date,
}

/// <summary>Values of <see cref="CatalogueFacet.Date"/>: when a tag's image was made. All but the last one hold those before them.</summary>
public static class CatalogueDates
{
    public const string Today = "today";
    public const string Week = "week";
    public const string Month = "month";
    public const string Year = "year";
    public const string Older = "older";

    public static IReadOnlyList<string> All { get; } = [Today, Week, Month, Year, Older];
}

public enum CatalogueSort
{
    /// <summary>Where the words were found: at the beginning of the name, in the name, in a tag, in a label. Without words as <see cref="Name"/>.</summary>
    Relevance,
    Name,

    /// <summary>The youngest matching tag first.</summary>
    Newest,

    /// <summary>The largest matching tag first.</summary>
    Size,

    /// <summary>Most matching tags first.</summary>
    Tags,
}

/// <summary>What is looked for in the catalogue.</summary>
public sealed record CatalogueQuery
{
    /// <summary>Stands among the registries for those of AVA's base images that none of them holds.</summary>
    public const string BaseSource = "@ava";

    /// <summary>Words that a tag must all match, in its image's name, in itself or in a label; a reference or the beginning of a digest does, too.</summary>
    public string Text { get; init; } = "";

    /// <summary>Values of one facet are alternatives, facets are all required.</summary>
    public IReadOnlyDictionary<CatalogueFacet, IReadOnlyList<string>> Facets { get; init; } = new Dictionary<CatalogueFacet, IReadOnlyList<string>>();

    public CatalogueSort Sort { get; init; }

    /// <summary>When the reader's day began.</summary>
    public DateTimeOffset DayStart { get; init; }

    /// <summary>Images that are left out in front.</summary>
    public int Skip { get; init; }

    /// <summary>Images at most.</summary>
    public int Take { get; init; } = 25;
}

/// <summary>What was found.</summary>
/// <param name="Rows">One page.</param>
/// <param name="Total">Images on all pages.</param>
/// <param name="TotalTags">Matching tags of all of them.</param>
/// <param name="All">Images in the catalogue, AVA's base images among them.</param>
/// <param name="AllTags">Their tags.</param>
/// <param name="Registries">Registries of the catalogue.</param>
public sealed record CatalogueResult(
    IReadOnlyList<CatalogueRow> Rows, int Total, int TotalTags, IReadOnlyDictionary<CatalogueFacet, IReadOnlyList<FacetCount>> Facets, int All, int AllTags,
    int Registries);

/// <summary>An image that has matching tags.</summary>
/// <param name="Matching">Number of its tags that match.</param>
/// <param name="Tags">Some of them, the youngest first.</param>
/// <param name="Newest">Of the matching tags; null where none says.</param>
/// <param name="LargestBytes">Of the matching tags; 0 where none is known.</param>
/// <param name="Values">What the matching tags are for, by facet, each value once.</param>
public sealed record CatalogueRow(
    CatalogueImage Image, int Matching, IReadOnlyList<CatalogueTag> Tags, DateTimeOffset? Newest, long LargestBytes,
    IReadOnlyDictionary<CatalogueFacet, IReadOnlyList<string>> Values);

/// <param name="Images">How many images there would be with this value alone chosen of its facet.</param>
public sealed record FacetCount(string Value, int Images, bool IsChosen);
