using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>What the catalogue knows of a reference that is to be attached to a release.</summary>
/// <param name="Digest">What the tag points at, as last seen; empty where that is not known.</param>
/// <param name="SeenAt">When the tag was last asked for.</param>
/// <param name="Image">Null where it was not read.</param>
public sealed record ImagePin(ImageReference Reference, PinState State, string Digest, DateTimeOffset? SeenAt, IndexedImage? Image)
{
    /// <summary>The reference with its tag for people and its digest for hosts; the same where it has one already, or none is known.</summary>
    public ImageReference Pinned => Reference.Digest.Length > 0 || Digest.Length == 0 ? Reference : Reference with { Digest = Digest };
}

/// <summary>How a reference stands to the catalogue.</summary>
public enum PinState
{
    /// <summary>No registry of that host was added.</summary>
    UnknownRegistry,

    /// <summary>The registry has no such repository.</summary>
    UnknownRepository,

    /// <summary>The repository has no such tag.</summary>
    UnknownTag,

    /// <summary>The tag is listed; its digest was not asked for yet, or could not be read.</summary>
    Unread,

    /// <summary>The tag is listed, and yet its manifest is gone: hosts cannot pull it.</summary>
    Dangling,

    /// <summary>The digest is known, and where the reference names one it is the same.</summary>
    Known,

    /// <summary>The reference names a digest, and its tag points at another since.</summary>
    Moved,
}

/// <summary>Turns tags, which move, into digests, which do not, by what was last seen. Asks no registry.</summary>
public sealed class ImagePins(IDbContextFactory<AvaDbContext> contexts)
{
    public async Task<ImagePin> FindAsync(ImageReference reference, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var qualified = reference.Qualified();
        var (host, path) = (qualified.Registry, qualified.Path);
        if (!await db.ImageRegistries.AnyAsync(registry => registry.Host == host, ct).ConfigureAwait(false))
        {
            return await PinAsync(db, reference, PinState.UnknownRegistry, null, ct).ConfigureAwait(false);
        }

        var repositories = await db.ImageRepositories
            .Where(repository => repository.Registry.Host == host && repository.Path == path)
            .Select(repository => repository.Id)
            .ToListAsync(ct)
            .ConfigureAwait(false);
        if (repositories.Count == 0)
        {
            return await PinAsync(db, reference, PinState.UnknownRepository, null, ct).ConfigureAwait(false);
        }

        var name = reference is { Tag.Length: 0, Digest.Length: 0 } ? "latest" : reference.Tag;
        var tag = await db.ImageTags
            .AsNoTracking()
            .Where(known => repositories.Contains(known.RepositoryId) && (name.Length > 0 ? known.Name == name : known.Digest == reference.Digest))
            .OrderByDescending(known => known.CheckedAt)
            .FirstOrDefaultAsync(ct)
            .ConfigureAwait(false);
        return await PinAsync(db, reference, StateOf(reference, tag), tag, ct).ConfigureAwait(false);
    }

    /// <summary>Tags like what was typed so far: of the best matching repositories, the newest first.</summary>
    /// <param name="typed">For example <c>caffe</c>, <c>reg.example/vision/ava-caffe</c> or <c>ava-caffe:v2026</c>.</param>
    public async Task<IReadOnlyList<ImageReference>> SuggestAsync(string typed, int max, CancellationToken ct)
    {
        var text = typed.Trim();
        var colon = text.LastIndexOf(':') is var at && at > text.LastIndexOf('/') ? at : -1;
        var repositoryPattern = SearchPattern.Contains(colon < 0 ? text : text[..colon]);
        var tagPattern = SearchPattern.Contains(colon < 0 ? "" : text[(colon + 1)..]);
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var repositories = await db.ImageRepositories
            .Where(repository => EF.Functions.ILike(repository.Registry.Host + "/" + repository.Path, repositoryPattern, SearchPattern.Escape))
            .OrderBy(repository => repository.Path.Length)
            .ThenBy(repository => repository.Path)
            .Select(repository => new { repository.Id, Name = repository.Registry.Host + "/" + repository.Path })
            .Take(max)
            .ToDictionaryAsync(repository => repository.Id, repository => repository.Name, ct)
            .ConfigureAwait(false);
        var tags = await (
            from tag in db.ImageTags
            where repositories.Keys.Contains(tag.RepositoryId) && tag.State == TagState.Known && EF.Functions.ILike(tag.Name, tagPattern, SearchPattern.Escape)
            join image in db.Images on tag.Digest equals image.Digest
            where image.ArtifactType == ""
            orderby image.CreatedAt descending, tag.Name descending
            select new { tag.RepositoryId, tag.Name }).Take(max).ToListAsync(ct).ConfigureAwait(false);
        return tags.ConvertAll(tag => new ImageReference(repositories[tag.RepositoryId], tag.Name, ""));
    }

    private static PinState StateOf(ImageReference reference, IndexedTag? tag) => tag?.State switch
    {
        null => PinState.UnknownTag,
        TagState.Dangling => PinState.Dangling,
        TagState.Known when reference.Digest.Length > 0 && reference.Digest != tag.Digest => PinState.Moved,
        TagState.Known => PinState.Known,
        _ => PinState.Unread,
    };

    private static async Task<ImagePin> PinAsync(AvaDbContext db, ImageReference reference, PinState state, IndexedTag? tag, CancellationToken ct)
    {
        var digest = tag is { State: TagState.Known } ? tag.Digest : "";
        var wanted = reference.Digest.Length > 0 ? reference.Digest : digest;
        var image = wanted.Length == 0 ? null : await db.Images.AsNoTracking().SingleOrDefaultAsync(known => known.Digest == wanted, ct).ConfigureAwait(false);
        return new ImagePin(reference, state, digest, tag?.CheckedAt, image);
    }
}
