namespace AvaConsole.Core.Images.Catalogue;

/// <summary>A repository of a registry as it was last seen: an image with its tags.</summary>
public sealed class IndexedRepository
{
    public Guid Id { get; set; }

    public Guid RegistryId { get; set; }

    public ImageRegistry Registry { get; set; } = null!;

    /// <summary>Within the registry, for example <c>vision/ava-keras</c>; unique there.</summary>
    public string Path { get; set; } = "";

    /// <summary>When its tags were last listed.</summary>
    public DateTimeOffset? ListedAt { get; set; }

    /// <summary>The registry has more tags than are taken.</summary>
    public bool IsCut { get; set; }

    /// <summary>Why it could not be listed; empty where it could.</summary>
    public string ErrorCode { get; set; } = "";

    public string[] ErrorArgs { get; set; } = [];

    public List<IndexedTag> Tags { get; set; } = [];
}

/// <summary>A tag and what it points at.</summary>
public sealed class IndexedTag
{
    public Guid Id { get; set; }

    public Guid RepositoryId { get; set; }

    public IndexedRepository Repository { get; set; } = null!;

    /// <summary>Unique within the repository.</summary>
    public string Name { get; set; } = "";

    /// <summary>Of the manifest or index; empty before it was asked for, and where the tag dangles.</summary>
    public string Digest { get; set; } = "";

    public TagState State { get; set; }

    /// <summary>What it pointed at before; empty where it never moved. A tag that moved is mutable.</summary>
    public string PreviousDigest { get; set; } = "";

    public DateTimeOffset? MovedAt { get; set; }

    /// <summary>When its digest was last asked for.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    public string ErrorCode { get; set; } = "";

    public string[] ErrorArgs { get; set; } = [];
}

/// <summary>What is known of a tag.</summary>
public enum TagState
{
    /// <summary>Listed; its digest was not asked for yet.</summary>
    Listed,

    /// <summary>Its digest and its image are known.</summary>
    Known,

    /// <summary>Listed, and yet its manifest is gone.</summary>
    Dangling,

    /// <summary>Its manifest could not be read; the tag says why.</summary>
    Unreadable,
}

/// <summary>An image by its digest, whichever tags point at it.</summary>
public sealed class IndexedImage
{
    /// <summary>Of the manifest or index.</summary>
    public string Digest { get; set; } = "";

    public string MediaType { get; set; } = "";

    /// <summary>Of what is no image; empty for an image.</summary>
    public string ArtifactType { get; set; } = "";

    /// <summary>Compressed, of the first platform; what one host pulls.</summary>
    public long SizeBytes { get; set; }

    /// <summary>The youngest platform's; null where no builder kept it.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>One for an image without an index (jsonb).</summary>
    public List<IndexedPlatform> Platforms { get; set; } = [];

    /// <summary>Some platforms are without size and configuration, because there are too many.</summary>
    public bool IsCut { get; set; }

    public DateTimeOffset ReadAt { get; set; }
}

/// <summary>One platform's image. Texts are a stranger's.</summary>
/// <param name="Platform">For example <c>linux/arm/v7</c>; empty where none is said.</param>
/// <param name="Digest">Of its manifest.</param>
/// <param name="SizeBytes">Compressed; 0 where its manifest was not read.</param>
/// <param name="EnvironmentNames">Without values, which may be secret.</param>
/// <param name="Attestations">Types of the build evidence kept for it.</param>
public sealed record IndexedPlatform(
    string Platform,
    string Digest,
    long SizeBytes,
    DateTimeOffset? CreatedAt,
    IReadOnlyList<IndexedLayer> Layers,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyList<string> EnvironmentNames,
    IReadOnlyList<string> Attestations);

/// <param name="SizeBytes">Compressed.</param>
public sealed record IndexedLayer(string Digest, long SizeBytes);
