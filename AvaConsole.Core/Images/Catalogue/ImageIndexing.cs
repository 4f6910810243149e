using AvaConsole.Core.Images.Registries;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>What the index keeps of an image that was read.</summary>
internal static class ImageIndexing
{
    public static IndexedImage Of(RegistryImage image, DateTimeOffset now) => new()
    {
        Digest = image.Head.Digest,
        MediaType = image.Head.MediaType,
        ArtifactType = image.ArtifactType,
        SizeBytes = image.Platforms is [var first, ..] ? first.Bytes : 0,
        CreatedAt = image.Platforms.Max(platform => platform.Config?.Created),
        Platforms = [.. image.Platforms.Select(Platform)],
        IsCut = image.IsCut,
        ReadAt = now,
    };

    private static IndexedPlatform Platform(PlatformImage platform) => new(
        platform.Platform?.ToString() ?? "",
        platform.Digest,
        platform.Bytes,
        platform.Config?.Created,
        [.. platform.Layers.Select(layer => new IndexedLayer(layer.Digest, layer.Bytes))],
        platform.Config?.Labels ?? new Dictionary<string, string>(),
        platform.Config?.EnvironmentNames ?? [],
        [.. platform.Attestations.Select(KindOf).Distinct()]);

    /// <summary>Builders say it in different places.</summary>
    private static string KindOf(Descriptor evidence) =>
        evidence.ArtifactType.Length > 0 ? evidence.ArtifactType
        : evidence.Annotations.GetValueOrDefault(ManifestReader.AttestationType) is { Length: > 0 } type ? type
        : evidence.MediaType;
}
