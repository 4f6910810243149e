namespace AvaConsole.Core.Images.Catalogue;

/// <summary>A repository with its tags, as the catalogue's index keeps it: enough to find and list it.</summary>
public sealed record CatalogueImage
{
    /// <summary>As the registry is called; empty for AVA's base images.</summary>
    public string Registry { get; init; } = "";

    /// <summary>In references; empty for a base image that no registry of the catalogue holds.</summary>
    public string Host { get; init; } = "";

    /// <summary>Within the registry, for example <c>vision/ava-keras</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The row of AVA's matrix that this image is, wherever it lies; null for others.</summary>
    public BaseImage? Base { get; init; }

    /// <summary>In no certain order.</summary>
    public IReadOnlyList<CatalogueTag> Tags { get; init; } = [];

    /// <summary>When its tags were last listed; null before the first time.</summary>
    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>The registry has more tags than are taken.</summary>
    public bool IsCut { get; init; }

    /// <summary>Why its tags could not be listed; empty where they could.</summary>
    public string ErrorCode { get; init; } = "";

    public IReadOnlyList<string> ErrorArgs { get; init; } = [];

    /// <summary>Without tag; of a base image that no registry holds, its path alone.</summary>
    public string Repository => Host.Length == 0 ? Path : $"{Host}/{Path}";

    /// <summary>The last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The first part of the path, which is whose image it is; empty where there is none before the name.</summary>
    public string Team => Path.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 ? Path[..slash] : "";
}

/// <summary>A tag in the catalogue's index.</summary>
/// <param name="Digest">Empty where it is not known.</param>
/// <param name="HasMoved">It pointed at something else before.</param>
/// <param name="SizeBytes">Compressed, of the first platform; 0 where it is not known.</param>
/// <param name="ArtifactType">Of what is no image; empty for an image.</param>
public sealed record CatalogueTag(
    string Name, string Digest, TagState State, bool HasMoved, long SizeBytes, DateTimeOffset? CreatedAt, string ArtifactType, ImageFacets Facets)
{
    /// <summary>Values of labels, in lower case, one a line.</summary>
    internal string LabelText { get; init; } = "";
}
