namespace AvaConsole.Core.Images.Registries;

/// <summary>Media types of manifests and what is in them.</summary>
public static class RegistryMediaTypes
{
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    internal const string OciConfig = "application/vnd.oci.image.config.v1+json";
    internal const string DockerConfig = "application/vnd.docker.container.image.v1+json";

    /// <summary>All four, or a registry turns what it has into something else with another digest.</summary>
    internal const string Accepted = $"{OciIndex}, {OciManifest}, {DockerList}, {DockerManifest}";

    public static bool IsIndex(string mediaType) => mediaType is OciIndex or DockerList;

    internal static bool IsManifest(string mediaType) => mediaType is OciManifest or DockerManifest;

    internal static bool IsSchema1(string mediaType) => mediaType.StartsWith("application/vnd.docker.distribution.manifest.v1+", StringComparison.Ordinal);

    internal static bool IsConfig(string mediaType) => mediaType is OciConfig or DockerConfig;
}

/// <summary>What a tag points at, without having read it.</summary>
/// <param name="Digest">Of the manifest or index.</param>
/// <param name="MediaType">One of <see cref="RegistryMediaTypes"/>, as the registry said it; empty where it did not.</param>
/// <param name="Bytes">Of the manifest itself, not of the image; 0 where it was not said.</param>
public sealed record ManifestHead(string Digest, string MediaType, long Bytes);

/// <summary>A part of an image or index.</summary>
/// <param name="Bytes">As it is stored, compressed.</param>
/// <param name="Platform">Of an index's entry; null where none is said.</param>
/// <param name="Annotations">A stranger's words.</param>
public sealed record Descriptor(
    string Digest, string MediaType, long Bytes, string ArtifactType, ImagePlatform? Platform, IReadOnlyDictionary<string, string> Annotations);

/// <summary>For example <c>linux/arm/v7</c>.</summary>
/// <param name="Variant">Empty for none.</param>
/// <param name="OsVersion">Empty for none; Windows images have one.</param>
public sealed record ImagePlatform(string Os, string Architecture, string Variant, string OsVersion)
{
    public override string ToString() => string.Join('/', ((string[])[Os, Architecture, Variant]).Where(part => part.Length > 0));
}

/// <summary>A manifest or an index, verified and read.</summary>
/// <param name="Config">Of a manifest; null for an index.</param>
/// <param name="Layers">Of a manifest, the lowest first.</param>
/// <param name="Entries">Of an index.</param>
/// <param name="ArtifactType">Of what is no image; empty for an image.</param>
public sealed record Manifest(
    ManifestHead Head, Descriptor? Config, IReadOnlyList<Descriptor> Layers, IReadOnlyList<Descriptor> Entries, string ArtifactType,
    IReadOnlyDictionary<string, string> Annotations)
{
    public bool IsIndex => RegistryMediaTypes.IsIndex(Head.MediaType);
}

/// <summary>What an image's configuration tells; all texts are a stranger's.</summary>
/// <param name="Created">Null where the builder keeps none.</param>
/// <param name="EnvironmentNames">Without their values, which may be secret.</param>
public sealed record ImageConfig(ImagePlatform Platform, DateTimeOffset? Created, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> EnvironmentNames);

/// <summary>One platform's image.</summary>
/// <param name="Digest">Of its manifest.</param>
/// <param name="Bytes">Layers and configuration as they are pulled; 0 where the manifest was not read.</param>
/// <param name="Config">Null where it was not read or there is none.</param>
/// <param name="Attestations">Build evidence that the index holds for it.</param>
public sealed record PlatformImage(
    string Digest, ImagePlatform? Platform, long Bytes, IReadOnlyList<Descriptor> Layers, ImageConfig? Config, IReadOnlyList<Descriptor> Attestations);

/// <summary>All that a reference stands for.</summary>
/// <param name="ArtifactType">Of what is no image, such as a chart or a signature; empty for an image.</param>
/// <param name="Platforms">One for an image without an index.</param>
/// <param name="OtherAttestations">Evidence for images that the index does not hold.</param>
/// <param name="IsCut">Some platforms are listed without their size and configuration, because there are too many.</param>
public sealed record RegistryImage(
    ManifestHead Head, string ArtifactType, IReadOnlyList<PlatformImage> Platforms, IReadOnlyList<Descriptor> OtherAttestations, bool IsCut);
