using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Naming;

namespace AvaConsole.Tests.Core.Images.Catalogue;

/// <summary>The catalogue's answers as one would say them, without a thought for speed.</summary>
internal static class NaiveCatalogue
{
    public sealed record Row(string Repository, int Matching, DateTimeOffset? Newest, long Largest);

    public static IReadOnlyList<Row> Rows(IReadOnlyList<CatalogueImage> images, CatalogueQuery query)
    {
        var words = Words(query.Text);
        var found = images.Select(image => (Image: image, Tags: Matching(image, query, null).ToList())).Where(row => row.Tags.Count > 0).ToList();
        var ordered = query.Sort switch
        {
            CatalogueSort.Relevance when words.Count > 0 => found.OrderBy(row => row.Tags.Min(tag => words.Sum(word => Place(row.Image, tag, word)!.Value))),
            CatalogueSort.Newest => found.OrderByDescending(row => Newest(row.Tags)?.UtcTicks ?? 0),
            CatalogueSort.Size => found.OrderByDescending(row => Largest(row.Tags)),
            CatalogueSort.Tags => found.OrderByDescending(row => row.Tags.Count(tag => tag is not null)),
            _ => found.OrderBy(_ => 0),
        };
        return
        [
            .. ordered.ThenBy(row => row.Image.Name, NaturalOrder.Instance).ThenBy(row => row.Image.Repository, StringComparer.Ordinal)
                .Select(row => new Row(row.Image.Repository, row.Tags.Count(tag => tag is not null), Newest(row.Tags), Largest(row.Tags))),
        ];
    }

    public static Dictionary<string, int> Counts(IReadOnlyList<CatalogueImage> images, CatalogueQuery query, CatalogueFacet facet)
    {
        var candidates = facet == CatalogueFacet.Date ? CatalogueDates.All : images.SelectMany(image => image.Tags.DefaultIfEmpty(null!).Select(tag => Value(image, tag, facet))).Distinct();
        return candidates
            .Where(value => value.Length > 0)
            .ToDictionary(value => value, value => images.Count(image => Matching(image, query, facet).Any(tag => Has(image, tag, facet, value, query.DayStart))));
    }

    private static IEnumerable<CatalogueTag?> Matching(CatalogueImage image, CatalogueQuery query, CatalogueFacet? except) =>
        image.Tags.DefaultIfEmpty<CatalogueTag?>(null).Where(tag =>
            Words(query.Text).All(word => Place(image, tag, word) is not null)
            && query.Facets.Where(pair => pair.Key != except && pair.Value.Count > 0).All(pair => pair.Value.Any(value => Has(image, tag, pair.Key, value, query.DayStart))));

    private static int? Place(CatalogueImage image, CatalogueTag? tag, string word)
    {
        if (word.StartsWith("sha256:", StringComparison.Ordinal)) return tag?.Digest.StartsWith(word, StringComparison.Ordinal) is true ? 2 : null;
        var name = image.Name.ToLowerInvariant();
        if (name.StartsWith(word, StringComparison.Ordinal) || name.StartsWith("ava-" + word, StringComparison.Ordinal)) return 0;
        if (image.Repository.ToLowerInvariant().Contains(word, StringComparison.Ordinal)) return 1;
        if (tag is null) return null;
        if (tag.Name.ToLowerInvariant().Contains(word, StringComparison.Ordinal)) return 2;
        return $"{tag.LabelText}\n{tag.Facets.SearchText}".Contains(word, StringComparison.Ordinal) ? 3 : null;
    }

    private static bool Has(CatalogueImage image, CatalogueTag? tag, CatalogueFacet facet, string value, DateTimeOffset day)
    {
        if (facet != CatalogueFacet.Date) return value.Length > 0 && Value(image, tag, facet) == value;
        if (tag?.CreatedAt is not { } created) return false;
        return value switch
        {
            CatalogueDates.Today => created >= day,
            CatalogueDates.Week => created >= day.AddDays(-6),
            CatalogueDates.Month => created >= day.AddDays(-29),
            CatalogueDates.Year => created >= day.AddDays(-364),
            CatalogueDates.Older => created < day.AddDays(-364),
            _ => false,
        };
    }

    private static string Value(CatalogueImage image, CatalogueTag? tag, CatalogueFacet facet) => facet switch
    {
        CatalogueFacet.Framework => tag?.Facets.Framework ?? "",
        CatalogueFacet.Device => tag?.Facets.Device ?? "",
        CatalogueFacet.Cuda => tag?.Facets.Cuda ?? "",
        CatalogueFacet.Python => tag?.Facets.Python ?? "",
        CatalogueFacet.Kind => tag?.Facets.Kind ?? "",
        CatalogueFacet.Team => image.Team,
        CatalogueFacet.Registry => image.Host.Length == 0 ? CatalogueQuery.BaseSource : image.Registry,
        _ => throw new ArgumentOutOfRangeException(nameof(facet)),
    };

    private static List<string> Words(string text) => [.. CatalogueWords.Split(text)];

    private static DateTimeOffset? Newest(IEnumerable<CatalogueTag?> tags) => tags.Max(tag => tag?.CreatedAt);

    private static long Largest(IEnumerable<CatalogueTag?> tags) => tags.Max(tag => tag?.SizeBytes ?? 0);
}
