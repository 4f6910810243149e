using System.Globalization;
using AvaConsole.Core.Images.Catalogue;

namespace AvaConsole.Web.Features.Images;

/// <summary>What the catalogue page shows: everything that its address says, so that a link is a saved filter.</summary>
public sealed record CatalogueFilter
{
    public string Text { get; init; } = "";

    /// <summary>Chosen values; a facet without any is left out.</summary>
    public IReadOnlyDictionary<CatalogueFacet, IReadOnlyList<string>> Facets { get; init; } = new Dictionary<CatalogueFacet, IReadOnlyList<string>>();

    public CatalogueSort Sort { get; init; }

    /// <summary>As a table instead of cards.</summary>
    public bool IsTable { get; init; }

    /// <summary>Counts from 1.</summary>
    public int Page { get; init; } = 1;

    public bool IsFiltered => Text.Length > 0 || Facets.Count > 0;

    public IReadOnlyList<string> Of(CatalogueFacet facet) => Facets.GetValueOrDefault(facet) ?? [];

    /// <summary>Chosen or not, whatever it was; on the first page. Ages hold each other, so that one replaces the other.</summary>
    public CatalogueFilter Toggle(CatalogueFacet facet, string value)
    {
        var values = Of(facet).Contains(value) ? Of(facet).Where(known => known != value) : facet == CatalogueFacet.Date ? [value] : Of(facet).Append(value);
        var facets = Facets.Where(pair => pair.Key != facet).ToDictionary(pair => pair.Key, pair => pair.Value);
        IReadOnlyList<string> chosen = [.. values];
        if (chosen.Count > 0) facets[facet] = chosen;
        return this with { Facets = facets, Page = 1 };
    }

    /// <summary>The same look at everything.</summary>
    public CatalogueFilter Cleared() => new() { Sort = Sort, IsTable = IsTable };
}

/// <summary>Addresses of the catalogue's pages.</summary>
public static class CatalogueUrls
{
    public const string BasePath = ImageUrls.Catalogue + "/base";

    private const int MaxValues = 50;

    public static string List(CatalogueFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var query = new List<(string, string?)> { ("q", filter.Text) };
        foreach (var facet in Enum.GetValues<CatalogueFacet>())
        {
            query.AddRange(filter.Of(facet).Select(value => (Name(facet), (string?)value)));
        }

        query.Add(("sort", filter.Sort == CatalogueSort.Relevance ? null : Name(filter.Sort)));
        query.Add(("view", filter.IsTable ? "table" : null));
        query.Add(("page", filter.Page > 1 ? filter.Page.ToString(CultureInfo.InvariantCulture) : null));
        return QueryText.Append(ImageUrls.Catalogue, [.. query]);
    }

    /// <summary>Unknown names and values are ignored.</summary>
    public static CatalogueFilter Parse(string? text, string? sort, string? view, string? page, Func<CatalogueFacet, IReadOnlyList<string>?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new CatalogueFilter
        {
            Text = text?.Trim() ?? "",
            Facets = Enum.GetValues<CatalogueFacet>()
                .Select(facet => (facet, Chosen: (IReadOnlyList<string>)[.. (values(facet) ?? []).Where(value => !string.IsNullOrWhiteSpace(value)).Distinct().Take(MaxValues)]))
                .Where(pair => pair.Chosen.Count > 0)
                .ToDictionary(pair => pair.facet, pair => pair.Chosen),
            Sort = Enum.GetValues<CatalogueSort>().FirstOrDefault(known => Name(known) == sort),
            IsTable = view == "table",
            Page = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 1 and < 1_000_000 ? number : 1,
        };
    }

    /// <summary>The image's own page; of a base image that no registry holds, its place among the base images.</summary>
    public static string Of(CatalogueImage image, string? tag = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.Host.Length == 0 ? Base(image.Name) : ImageUrls.Image(image.Host, image.Path, tag);
    }

    /// <param name="image">The base image whose tags are shown; null for none.</param>
    public static string Base(string? image = null, bool cards = false) => QueryText.Append(BasePath, ("image", image), ("view", cards ? "cards" : null));

    /// <summary>An image's tags, narrowed down.</summary>
    public static string Tags(string host, string path, string? tag, string? search, string? sort, int page)
    {
        var address = ImageUrls.Image(host, path, tag);
        var more = QueryText.Append("", ("q", search), ("sort", sort), ("page", page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null));
        return more.Length == 0 ? address : address.Contains('?', StringComparison.Ordinal) ? $"{address}&{more[1..]}" : address + more;
    }

    public static string Name(CatalogueFacet facet) => facet.ToString().ToLowerInvariant();

    public static string Name(CatalogueSort sort) => sort.ToString().ToLowerInvariant();
}
