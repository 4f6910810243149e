using AvaConsole.Core.Common;

namespace AvaConsole.Core.Images.Registries;

/// <summary>Reads, once, all that a reference stands for: an index's images, those of indexes within it, and each one's configuration.</summary>
internal sealed class ImageReader(RegistryClient client, string host, RegistryLimits limits)
{
    private int _entriesSeen;

    public async Task<Result<RegistryImage>> ReadAsync(string repository, string reference, CancellationToken ct)
    {
        var root = await client.GetManifestAsync(repository, reference, ct).ConfigureAwait(false);
        if (!root.IsSuccess) return root.Error;
        if (!root.Value.IsIndex)
        {
            var only = await ReadPlatformAsync(repository, root.Value, null, [], ct).ConfigureAwait(false);
            return only.IsSuccess ? new RegistryImage(root.Value.Head, root.Value.ArtifactType, [only.Value], [], IsCut: false) : only.Error;
        }

        var entries = new List<Descriptor>();
        return await FlattenAsync(repository, root.Value, 1, entries, ct).ConfigureAwait(false) is { } failed
            ? failed
            : await ReadIndexAsync(repository, root.Value, entries, ct).ConfigureAwait(false);
    }

    /// <summary>Adds what is no index; an index within an index counts as its entries.</summary>
    private async Task<Error?> FlattenAsync(string repository, Manifest index, int depth, List<Descriptor> entries, CancellationToken ct)
    {
        foreach (var entry in index.Entries)
        {
            // Indexes count, too: many empty ones would be as many questions.
            if (++_entriesSeen > limits.MaxIndexEntries) return RegistryErrors.IndexTooLarge(host, limits.MaxIndexEntries);
            if (!RegistryMediaTypes.IsIndex(entry.MediaType))
            {
                entries.Add(entry);
            }
            else if (depth >= limits.MaxIndexDepth)
            {
                return RegistryErrors.IndexTooDeep(host, limits.MaxIndexDepth);
            }
            else
            {
                var inner = await client.GetManifestAsync(repository, entry.Digest, ct).ConfigureAwait(false);
                if (!inner.IsSuccess) return inner.Error;
                if (await FlattenAsync(repository, inner.Value, depth + 1, entries, ct).ConfigureAwait(false) is { } failed) return failed;
            }
        }

        return null;
    }

    private async Task<Result<RegistryImage>> ReadIndexAsync(string repository, Manifest index, List<Descriptor> entries, CancellationToken ct)
    {
        var images = entries.Where(entry => !IsAttestation(entry)).DistinctBy(entry => entry.Digest).ToList();
        var attestations = entries.Where(IsAttestation).ToLookup(entry => entry.Annotations.GetValueOrDefault(ManifestReader.AttestationSubject, ""));
        var platforms = new List<PlatformImage>();
        foreach (var image in images)
        {
            if (platforms.Count >= limits.MaxDetailedPlatforms)
            {
                platforms.Add(new PlatformImage(image.Digest, image.Platform, 0, [], null, [.. attestations[image.Digest]]));
                continue;
            }

            var manifest = await client.GetManifestAsync(repository, image.Digest, ct).ConfigureAwait(false);
            if (!manifest.IsSuccess) return manifest.Error;
            var platform = await ReadPlatformAsync(repository, manifest.Value, image.Platform, [.. attestations[image.Digest]], ct).ConfigureAwait(false);
            if (!platform.IsSuccess) return platform.Error;
            platforms.Add(platform.Value);
        }

        var held = images.Select(image => image.Digest).ToHashSet();
        return new RegistryImage(
            index.Head, index.ArtifactType, platforms, [.. attestations.Where(group => !held.Contains(group.Key)).SelectMany(group => group)], images.Count > limits.MaxDetailedPlatforms);
    }

    private async Task<Result<PlatformImage>> ReadPlatformAsync(
        string repository, Manifest manifest, ImagePlatform? platform, IReadOnlyList<Descriptor> attestations, CancellationToken ct)
    {
        ImageConfig? config = null;
        if (manifest.Config is { } part && RegistryMediaTypes.IsConfig(part.MediaType))
        {
            var read = await client.GetConfigAsync(repository, part.Digest, ct).ConfigureAwait(false);
            if (!read.IsSuccess) return read.Error;
            config = read.Value;
        }

        var bytes = manifest.Layers.Sum(layer => (decimal)layer.Bytes) + (manifest.Config?.Bytes ?? 0);
        // Some builders write "unknown" into the index and the truth into the configuration.
        var known = platform is { Os: not "unknown" } ? platform : config?.Platform;
        return new PlatformImage(
            manifest.Head.Digest, known, (long)Math.Min(bytes, long.MaxValue), manifest.Layers, config, attestations);
    }

    private static bool IsAttestation(Descriptor entry) => entry.Annotations.ContainsKey(ManifestReader.AttestationType);
}
