namespace AvaConsole.Core.Images.Catalogue;

/// <summary>One of two images that are compared.</summary>
/// <param name="Reference">As it was asked for, for example <c>reg.example/vision/ava-keras:py27-cpu</c>.</param>
/// <param name="Image">Null where the catalogue knows no more than the name.</param>
/// <param name="Facets">What its names and labels say.</param>
public sealed record ImageSide(string Reference, IndexedImage? Image, ImageFacets Facets);

/// <summary>What became of a part from the left image to the right one.</summary>
public enum ImageChange
{
    Shared,
    Removed,
    Added,

    /// <summary>Of a label: another value.</summary>
    Changed,
}

/// <param name="SizeBytes">Compressed.</param>
public sealed record LayerChange(ImageChange Change, string Digest, long SizeBytes);

/// <summary>A label; a text is empty where that side has none.</summary>
public sealed record LabelChange(ImageChange Change, string Name, string Left, string Right);

/// <summary>A variable of the environment, by its name alone: values may be secret and are not kept.</summary>
public sealed record VariableChange(ImageChange Change, string Name);

/// <summary>One platform that either image has.</summary>
/// <param name="Platform">For example <c>linux/amd64</c>; empty where neither says.</param>
/// <param name="Left">Null where only the right one has it.</param>
/// <param name="Right">Null where only the left one has it.</param>
/// <param name="Layers">Those of the left one that are gone, then the right one's from the lowest up. A layer counts as shared wherever it lies: it is not pulled again.</param>
/// <param name="Labels">By name.</param>
/// <param name="Variables">By name.</param>
public sealed record PlatformDiff(
    string Platform,
    IndexedPlatform? Left,
    IndexedPlatform? Right,
    IReadOnlyList<LayerChange> Layers,
    IReadOnlyList<LabelChange> Labels,
    IReadOnlyList<VariableChange> Variables)
{
    /// <summary>Of the layers of one kind; what is added is what a host that has the left image still has to pull.</summary>
    public long BytesOf(ImageChange change) => Layers.Where(layer => layer.Change == change).Sum(layer => layer.SizeBytes);

    public int CountOf(ImageChange change) => Layers.Count(layer => layer.Change == change);
}

/// <summary>
/// What differs from one image to another, from what the catalogue holds: nothing is fetched. <c>CatalogueService.CompareAsync</c> finds both
/// images by their references (a digest wins over a tag) and calls <see cref="Compare"/>; whoever has the images calls it directly.
/// </summary>
/// <param name="Platforms">The left image's in their order, then those that only the right one has. None where neither image is known.</param>
public sealed record ImageDiff(ImageSide Left, ImageSide Right, IReadOnlyList<PlatformDiff> Platforms)
{
    /// <summary>Two names of one thing.</summary>
    public bool IsSame => Left.Image is { } left && left.Digest == Right.Image?.Digest;

    /// <summary>Both images are known, so that what is not listed is not there.</summary>
    public bool IsComplete => Left.Image is { IsCut: false } && Right.Image is { IsCut: false };

    public static ImageDiff Compare(ImageSide left, ImageSide right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new ImageDiff(left, right, [.. Pairs(left.Image?.Platforms ?? [], right.Image?.Platforms ?? []).Select(pair => PlatformOf(pair.Left, pair.Right))]);
    }

    private static IEnumerable<(IndexedPlatform? Left, IndexedPlatform? Right)> Pairs(IReadOnlyList<IndexedPlatform> left, IReadOnlyList<IndexedPlatform> right)
    {
        // A builder that says no platform made the only one that there is.
        if (left is [var one] && right is [var other] && (one.Platform == other.Platform || one.Platform.Length == 0 || other.Platform.Length == 0))
        {
            return [(one, other)];
        }

        // An index may hold a platform twice, as for several versions of one system: the first meets the first.
        var rest = right.ToList();
        var pairs = new List<(IndexedPlatform?, IndexedPlatform?)>();
        foreach (var platform in left)
        {
            var same = rest.Find(candidate => candidate.Platform == platform.Platform);
            pairs.Add((platform, same));
            if (same is not null)
            {
                rest.Remove(same);
            }
        }

        return pairs.Concat(rest.Select(platform => ((IndexedPlatform?)null, (IndexedPlatform?)platform)));
    }

    private static PlatformDiff PlatformOf(IndexedPlatform? left, IndexedPlatform? right) => new(
        left is { Platform.Length: > 0 } ? left.Platform : right?.Platform ?? "",
        left,
        right,
        Layers(left?.Layers ?? [], right?.Layers ?? []),
        Labels(left?.Labels ?? new Dictionary<string, string>(), right?.Labels ?? new Dictionary<string, string>()),
        Variables(left?.EnvironmentNames ?? [], right?.EnvironmentNames ?? []));

    private static List<LayerChange> Layers(IReadOnlyList<IndexedLayer> left, IReadOnlyList<IndexedLayer> right)
    {
        var before = left.Select(layer => layer.Digest).ToHashSet(StringComparer.Ordinal);
        var after = right.Select(layer => layer.Digest).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. left.Where(layer => !after.Contains(layer.Digest)).Select(layer => new LayerChange(ImageChange.Removed, layer.Digest, layer.SizeBytes)),
            .. right.Select(layer => new LayerChange(before.Contains(layer.Digest) ? ImageChange.Shared : ImageChange.Added, layer.Digest, layer.SizeBytes)),
        ];
    }

    private static List<LabelChange> Labels(IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right) =>
    [
        .. left.Keys.Union(right.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name =>
        {
            var (before, after) = (left.GetValueOrDefault(name), right.GetValueOrDefault(name));
            var change = before is null ? ImageChange.Added : after is null ? ImageChange.Removed : before == after ? ImageChange.Shared : ImageChange.Changed;
            return new LabelChange(change, name, before ?? "", after ?? "");
        }),
    ];

    private static List<VariableChange> Variables(IReadOnlyList<string> left, IReadOnlyList<string> right) =>
    [
        .. left.Union(right, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => new VariableChange(
            !left.Contains(name, StringComparer.Ordinal) ? ImageChange.Added : right.Contains(name, StringComparer.Ordinal) ? ImageChange.Shared : ImageChange.Removed,
            name)),
    ];
}
