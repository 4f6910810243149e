using AvaConsole.Core.Naming;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>
/// All images at one moment, laid out so that every question is one walk over arrays: an entry for each tag, those of an image side by side, and
/// one for an image without tags. Never changes, so any number of searches may run on it.
/// </summary>
public sealed class CatalogueSnapshot
{
    /// <summary>The facets whose values do not depend on the moment.</summary>
    internal const int FixedFacets = (int)CatalogueFacet.Date;

    private readonly Dictionary<string, int> _byRepository;

    /// <param name="registries">How many registries the catalogue has, those included that hold nothing.</param>
    public CatalogueSnapshot(IEnumerable<CatalogueImage> images, int registries)
    {
        Registries = registries;
        Images = [.. images.OrderBy(image => image.Name, NaturalOrder.Instance).ThenBy(image => image.Repository, StringComparer.Ordinal)];
        RepositoryTexts = Array.ConvertAll(Images, image => image.Repository.ToLowerInvariant());
        NameTexts = Array.ConvertAll(Images, image => image.Name.ToLowerInvariant());
        var count = Images.Sum(image => Math.Max(1, image.Tags.Count));
        (Tags, ImageOf, Terms, Labels, CreatedTicks) = (new CatalogueTag?[count], new int[count], new TextTable(count), new TextTable(count), new long[count]);
        Values = [.. Enumerable.Range(0, FixedFacets).Select(_ => new TextTable(count))];
        Fill();
        TagCount = Tags.Count(tag => tag is not null);
        _byRepository = Images.Select((image, index) => (image.Repository, index)).DistinctBy(pair => pair.Repository).ToDictionary(pair => pair.Repository, pair => pair.index, StringComparer.Ordinal);
    }

    public int Registries { get; }

    public int TagCount { get; }

    /// <summary>By name: the index is the place in that order.</summary>
    internal CatalogueImage[] Images { get; }

    /// <summary>In lower case, by image.</summary>
    internal string[] RepositoryTexts { get; }

    /// <summary>In lower case, by image.</summary>
    internal string[] NameTexts { get; }

    /// <summary>Null for an image without tags.</summary>
    internal CatalogueTag?[] Tags { get; }

    /// <summary>The image of each entry; grows along the entries.</summary>
    internal int[] ImageOf { get; }

    /// <summary>Names of tags in lower case, each kept once.</summary>
    internal TextTable Terms { get; }

    /// <summary>Values of labels and what else is known of a tag, in lower case, each set kept once.</summary>
    internal TextTable Labels { get; }

    /// <summary>UTC; 0 where it is not known.</summary>
    internal long[] CreatedTicks { get; }

    /// <summary>By facet.</summary>
    internal TextTable[] Values { get; }

    /// <summary>Null where the catalogue does not hold it.</summary>
    public CatalogueImage? Find(string repository) => _byRepository.TryGetValue(repository, out var index) ? Images[index] : null;

    private void Fill()
    {
        var entry = 0;
        for (var index = 0; index < Images.Length; index++)
        {
            var image = Images[index];
            var source = image.Host.Length == 0 ? CatalogueQuery.BaseSource : image.Registry;
            foreach (var tag in image.Tags.DefaultIfEmpty<CatalogueTag?>(null))
            {
                var facets = tag?.Facets ?? ImageFacets.None;
                (Tags[entry], ImageOf[entry], CreatedTicks[entry]) = (tag, index, tag?.CreatedAt?.UtcTicks ?? 0);
                Terms.Set(entry, tag?.Name.ToLowerInvariant() ?? "");
                Labels.Set(entry, tag is null ? "" : $"{tag.LabelText}\n{facets.SearchText}");
                Values[(int)CatalogueFacet.Framework].Set(entry, facets.Framework);
                Values[(int)CatalogueFacet.Device].Set(entry, facets.Device);
                Values[(int)CatalogueFacet.Cuda].Set(entry, facets.Cuda);
                Values[(int)CatalogueFacet.Python].Set(entry, facets.Python);
                Values[(int)CatalogueFacet.Kind].Set(entry, facets.Kind);
                Values[(int)CatalogueFacet.Team].Set(entry, image.Team);
                Values[(int)CatalogueFacet.Registry].Set(entry, source);
                entry++;
            }
        }
    }
}

/// <summary>A text for each of many entries, where few of them differ. Number 0 is the empty text.</summary>
internal sealed class TextTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<string> _texts = [""];

    public TextTable(int entries) => Numbers = new int[entries];

    /// <summary>By entry.</summary>
    public int[] Numbers { get; }

    /// <summary>By number.</summary>
    public IReadOnlyList<string> Texts => _texts;

    public void Set(int entry, string text)
    {
        if (!_numbers.TryGetValue(text, out var number))
        {
            number = _texts.Count;
            _numbers.Add(text, number);
            _texts.Add(text);
        }

        Numbers[entry] = number;
    }

    /// <summary>Null where no entry has it.</summary>
    public int? NumberOf(string text) => _numbers.TryGetValue(text, out var number) ? number : null;
}
