using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>
/// What pages ask of the catalogue: found in memory, with details from the database. No registry is asked; that is the refresh's alone.
/// </summary>
public sealed class CatalogueService(IDbContextFactory<AvaDbContext> contexts, CatalogueIndex index, ImagePins pins)
{
    public async Task<CatalogueResult> SearchAsync(CatalogueQuery query, CancellationToken ct)
    {
        var snapshot = await index.GetAsync(ct).ConfigureAwait(false);
        return CatalogueSearch.Run(snapshot, query, ct);
    }

    /// <summary>AVA's base images, each with the repository that a registry of the catalogue holds it in, if one does.</summary>
    public async Task<IReadOnlyList<CatalogueImage>> BaseImagesAsync(CancellationToken ct)
    {
        var snapshot = await index.GetAsync(ct).ConfigureAwait(false);
        return [.. BaseImages.All.Select(known => snapshot.Images.First(image => image.Base?.Name == known.Name))];
    }

    /// <param name="host">Of the registry; empty for a base image that no registry holds.</param>
    public async Task<Result<CatalogueImage>> GetAsync(string host, string path, CancellationToken ct)
    {
        var snapshot = await index.GetAsync(ct).ConfigureAwait(false);
        var repository = host.Length == 0 ? path : $"{host}/{path}";
        return snapshot.Find(repository) is { } image ? image : new NotFoundError("catalogue.image_not_found", repository);
    }

    /// <summary>One tag with all that is known of what it points at.</summary>
    public async Task<Result<TagDetails>> GetTagAsync(string host, string path, string tag, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var found = await Tags(db, host, path).OrderBy(known => known.Id).FirstOrDefaultAsync(known => known.Name == tag, ct).ConfigureAwait(false);
        if (found is null)
        {
            return new NotFoundError("catalogue.tag_not_found", $"{host}/{path}:{tag}");
        }

        var image = await ImageAsync(db, found.Digest, ct).ConfigureAwait(false);
        var others = found.Digest.Length == 0
            ? []
            : await Tags(db, host, path).Where(known => known.Digest == found.Digest && known.Name != tag).OrderBy(known => known.Name).Select(known => known.Name).Take(TagDetails.MaxOtherTags)
                .ToListAsync(ct).ConfigureAwait(false);
        return new TagDetails(found, image, Facets(path, tag, image), others);
    }

    /// <summary>Compares two images by their references; a digest wins over a tag, and no tag means <c>latest</c>.</summary>
    public async Task<Result<ImageDiff>> CompareAsync(string left, string right, CancellationToken ct)
    {
        var one = await SideAsync(left, "a", ct).ConfigureAwait(false);
        var other = await SideAsync(right, "b", ct).ConfigureAwait(false);
        return !one.IsSuccess ? one.Error : !other.IsSuccess ? other.Error : ImageDiff.Compare(one.Value, other.Value);
    }

    private async Task<Result<ImageSide>> SideAsync(string text, string field, CancellationToken ct)
    {
        if (!ImageReference.TryParse(text, out var reference))
        {
            return new InvalidError(field, "catalogue.reference_invalid", text);
        }

        var image = (await pins.FindAsync(reference, ct).ConfigureAwait(false)).Image;
        return new ImageSide(text, image, Facets(reference.Qualified().Path, reference.Tag, image));
    }

    private static IQueryable<IndexedTag> Tags(AvaDbContext db, string host, string path) =>
        db.ImageTags.AsNoTracking().Where(tag => tag.Repository.Registry.Host == host && tag.Repository.Path == path);

    private static Task<IndexedImage?> ImageAsync(AvaDbContext db, string digest, CancellationToken ct) =>
        digest.Length == 0 ? Task.FromResult<IndexedImage?>(null) : db.Images.AsNoTracking().SingleOrDefaultAsync(image => image.Digest == digest, ct);

    private static ImageFacets Facets(string path, string tag, IndexedImage? image)
    {
        var first = image is { Platforms: [var platform, ..] } ? platform : null;
        return ImageFacets.Of(path[(path.LastIndexOf('/') + 1)..], tag, first?.Labels, first?.EnvironmentNames);
    }
}

/// <summary>A tag with what it points at.</summary>
/// <param name="Image">Null where it is not known; the tag's state says why.</param>
/// <param name="OtherTags">Of the same image in the same repository, at most <see cref="MaxOtherTags"/>.</param>
public sealed record TagDetails(IndexedTag Tag, IndexedImage? Image, ImageFacets Facets, IReadOnlyList<string> OtherTags)
{
    public const int MaxOtherTags = 50;
}
