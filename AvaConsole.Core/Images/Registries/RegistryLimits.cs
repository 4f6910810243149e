namespace AvaConsole.Core.Images.Registries;

/// <summary>What one question to a registry may take; its answers are a stranger's.</summary>
public sealed record RegistryLimits
{
    /// <summary>For one exchange, its body with it.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Entries asked for in a page of repositories or tags; a registry may give fewer or more.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>Pages of one list; the rest is left out and the list says so.</summary>
    public int MaxPages { get; init; } = 1000;

    /// <summary>Entries of one list; the rest is left out and the list says so.</summary>
    public int MaxItems { get; init; } = 200_000;

    /// <summary>Bytes of one page of a list: some registries send all tags in one.</summary>
    public long MaxPageBytes { get; init; } = 16 << 20;

    /// <summary>Bytes of a manifest or an index, as registries have it.</summary>
    public long MaxManifestBytes { get; init; } = 4 << 20;

    /// <summary>Bytes of an image's configuration.</summary>
    public long MaxConfigBytes { get; init; } = 4 << 20;

    /// <summary>Indexes within indexes.</summary>
    public int MaxIndexDepth { get; init; } = 3;

    /// <summary>Images of an index with all within it.</summary>
    public int MaxIndexEntries { get; init; } = 256;

    /// <summary>Images of an index whose manifest and configuration are read; the rest is listed without.</summary>
    public int MaxDetailedPlatforms { get; init; } = 32;
}
