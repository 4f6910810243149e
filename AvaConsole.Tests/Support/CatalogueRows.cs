using System.Security.Cryptography;
using System.Text;
using AvaConsole.Core.Data;
using AvaConsole.Core.Images;
using AvaConsole.Core.Images.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Tests.Support;

/// <summary>Puts images into a console's catalogue as a refresh of their registry would.</summary>
internal static class CatalogueRows
{
    public static DateTimeOffset SeenAt { get; } = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>A digest for a name: the same for the same.</summary>
    public static string Digest(string name) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    /// <param name="reference">With registry and tag; the registry and the repository are added where they are new.</param>
    /// <param name="content">What makes the digest; null for the reference itself.</param>
    public static async Task<string> AddAsync(
        TestConsole console, string reference, string? content = null, TagState state = TagState.Known, DateTimeOffset? createdAt = null, IReadOnlyList<IndexedLayer>? layers = null,
        IReadOnlyDictionary<string, string>? labels = null, string platform = "linux/amd64")
    {
        Assert.True(ImageReference.TryParse(reference, out var parsed));
        var digest = state == TagState.Known ? Digest(content ?? reference) : "";
        await console.QueryAsync(async db =>
        {
            var repository = await RepositoryAsync(db, parsed);
            await db.ImageTags.Where(tag => tag.RepositoryId == repository.Id && tag.Name == parsed.Tag).ExecuteDeleteAsync();
            db.ImageTags.Add(new IndexedTag { Id = Guid.CreateVersion7(), RepositoryId = repository.Id, Name = parsed.Tag, Digest = digest, State = state, CheckedAt = SeenAt });
            if (digest.Length > 0 && !await db.Images.AnyAsync(image => image.Digest == digest))
            {
                layers ??= [new IndexedLayer(Digest("base"), 40 << 20), new IndexedLayer(Digest("layer " + digest), 2 << 20)];
                var size = layers.Sum(layer => layer.SizeBytes);
                db.Images.Add(new IndexedImage
                {
                    Digest = digest,
                    MediaType = "application/vnd.oci.image.manifest.v1+json",
                    SizeBytes = size,
                    CreatedAt = createdAt ?? SeenAt,
                    ReadAt = SeenAt,
                    Platforms = [new IndexedPlatform(platform, digest, size, createdAt ?? SeenAt, layers, labels ?? new Dictionary<string, string>(), [], [])],
                });
            }

            var registry = await db.ImageRegistries.SingleAsync(known => known.Id == repository.RegistryId);
            registry.IndexRevision++;
            return await db.SaveChangesAsync();
        });
        return digest;
    }

    private static async Task<IndexedRepository> RepositoryAsync(AvaDbContext db, ImageReference reference)
    {
        var host = reference.Registry.Length > 0 ? reference.Registry : "docker.io";
        var registry = await db.ImageRegistries.SingleOrDefaultAsync(known => known.Host == host);
        if (registry is null)
        {
            registry = new ImageRegistry { Id = Guid.CreateVersion7(), Name = host, Address = $"https://{host}/", Host = host, CreatedAt = SeenAt, UpdatedAt = SeenAt, NextRefreshAt = SeenAt };
            db.ImageRegistries.Add(registry);
        }

        var repository = await db.ImageRepositories.SingleOrDefaultAsync(known => known.RegistryId == registry.Id && known.Path == reference.Path);
        if (repository is null)
        {
            repository = new IndexedRepository { Id = Guid.CreateVersion7(), RegistryId = registry.Id, Path = reference.Path, ListedAt = SeenAt };
            db.ImageRepositories.Add(repository);
        }

        await db.SaveChangesAsync();
        return repository;
    }
}
