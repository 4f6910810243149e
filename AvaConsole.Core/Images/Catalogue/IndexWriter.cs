using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Data.Configurations;
using AvaConsole.Core.Images.Registries;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>A tag as the index has it.</summary>
internal sealed record KnownTag(Guid Id, string Name, string Digest, TagState State, string ErrorCode, DateTimeOffset? CheckedAt);

/// <summary>What a refresh learnt of a tag.</summary>
/// <param name="Error">Null where all is well.</param>
internal sealed record TagFinding(KnownTag Tag, string Digest, TagState State, Error? Error)
{
    public bool IsNews => Digest != Tag.Digest || State != Tag.State || (Error is null ? "" : ErrorCause.Texts(Error).Code) != Tag.ErrorCode;
}

/// <summary>
/// Writes a registry's index for one refresh, in batches of a transaction each. Whoever edits or removes the registry meanwhile ends the refresh:
/// then nothing more is written (<see cref="Lost"/>).
/// </summary>
internal sealed class IndexWriter(IDbContextFactory<AvaDbContext> contexts, TimeProvider clock, Guid registryId, int revision)
{
    public static readonly Error Lost = new ConflictError("registry.changed_meanwhile", "");

    private const int NamesAtOnce = 5_000;

    /// <summary>Images to which neither a tag nor a release points, nor a tag that was moved away from it.</summary>
    public static Task RemoveUnusedImagesAsync(AvaDbContext db, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        DELETE FROM images i WHERE NOT EXISTS (SELECT 1 FROM image_tags t WHERE t.digest = i.digest)
        AND i.digest NOT IN (SELECT previous_digest FROM image_tags WHERE previous_digest <> '')
        AND i.digest NOT IN (SELECT image_digest FROM releases WHERE image_digest <> '')
        """, ct);

    /// <summary>Paths that the index has.</summary>
    public async Task<List<string>> ListRepositoriesAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.ImageRepositories.Where(repository => repository.RegistryId == registryId).Select(repository => repository.Path).ToListAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Removes what the registry no longer has.</summary>
    public Task<bool> RemoveRepositoriesAsync(IReadOnlyList<string> paths, CancellationToken ct) => paths.Count == 0 ? Task.FromResult(true) : WriteAsync(
        async db => await db.ImageRepositories.Where(repository => repository.RegistryId == registryId && paths.Contains(repository.Path)).ExecuteDeleteAsync(ct).ConfigureAwait(false) > 0, ct);

    /// <summary>Notes that a repository could not be listed; what is known of it stays.</summary>
    public Task<bool> FailRepositoryAsync(string path, Error error, CancellationToken ct) => WriteAsync(
        async db =>
        {
            var repository = await FindAsync(db, path, ct).ConfigureAwait(false);
            var (code, args) = TextsOf(error);
            var isNews = repository.ErrorCode != code;
            (repository.ErrorCode, repository.ErrorArgs) = (code, args);
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
            return isNews;
        }, ct);

    /// <summary>Makes the repository's tags those of the list: new ones are added, others removed unless the list is cut.</summary>
    /// <returns>All tags of the list; null where the refresh has lost its registry.</returns>
    public async Task<(Guid Id, List<KnownTag> Tags)?> ListTagsAsync(string path, IReadOnlyCollection<string> names, bool isCut, CancellationToken ct)
    {
        (Guid, List<KnownTag>)? result = null;
        var written = await WriteAsync(
            async db =>
            {
                var repository = await FindAsync(db, path, ct).ConfigureAwait(false);
                var isNews = repository.ListedAt is null || repository.ErrorCode.Length > 0 || repository.IsCut != isCut;
                (repository.ListedAt, repository.IsCut, repository.ErrorCode, repository.ErrorArgs) = (clock.GetUtcNow(), isCut, "", []);
                await db.SaveChangesAsync(ct).ConfigureAwait(false);
                var known = await ReadTagsAsync(db, repository.Id, ct).ConfigureAwait(false);
                var listed = names.ToHashSet(StringComparer.Ordinal);
                var gone = isCut ? [] : known.Where(tag => !listed.Contains(tag.Name)).Select(tag => tag.Id).ToList();
                listed.ExceptWith(known.Select(tag => tag.Name));
                await AddTagsAsync(db, repository.Id, [.. listed], ct).ConfigureAwait(false);
                if (gone.Count > 0) await db.ImageTags.Where(tag => gone.Contains(tag.Id)).ExecuteDeleteAsync(ct).ConfigureAwait(false);
                isNews |= listed.Count > 0 || gone.Count > 0;
                result = (repository.Id, isNews ? await ReadTagsAsync(db, repository.Id, ct).ConfigureAwait(false) : known);
                return isNews;
            }, ct).ConfigureAwait(false);
        return written ? result : null;
    }

    /// <summary>Which of the digests belong to an image that is known.</summary>
    public async Task<HashSet<string>> FindImagesAsync(IReadOnlyList<string> digests, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.Images.Where(image => digests.Contains(image.Digest)).Select(image => image.Digest).ToHashSetAsync(ct).ConfigureAwait(false);
    }

    public Task<bool> WriteTagsAsync(IReadOnlyList<TagFinding> findings, IReadOnlyList<RegistryImage> images, CancellationToken ct) => WriteAsync(
        async db =>
        {
            var now = clock.GetUtcNow();
            foreach (var image in images) await AddImageAsync(db, ImageIndexing.Of(image, now), ct).ConfigureAwait(false);
            var same = findings.Where(finding => !finding.IsNews).Select(finding => finding.Tag.Id).ToList();
            await db.ImageTags.Where(tag => same.Contains(tag.Id)).ExecuteUpdateAsync(set => set.SetProperty(tag => tag.CheckedAt, now), ct).ConfigureAwait(false);
            var news = findings.Where(finding => finding.IsNews).ToDictionary(finding => finding.Tag.Id);
            var changed = news.Keys.ToList();
            foreach (var tag in await db.ImageTags.Where(tag => changed.Contains(tag.Id)).ToListAsync(ct).ConfigureAwait(false)) Fill(tag, news[tag.Id], now);
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
            return news.Count > 0;
        }, ct);

    /// <summary>Tells how far the refresh is.</summary>
    public async Task SaveAsync(RefreshReport report, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await db.ImageRegistries.Where(registry => registry.Id == registryId && registry.Revision == revision)
            .ExecuteUpdateAsync(set => set.SetProperty(registry => registry.Refresh, report), ct).ConfigureAwait(false);
    }

    /// <summary>An error as texts that the database can hold: half of a character, which a stranger may send, it cannot.</summary>
    public static (string Code, string[] Args) TextsOf(Error error)
    {
        var (code, args) = ErrorCause.Texts(error);
        return (code, [.. args.Select(arg => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(arg)))]);
    }

    /// <summary>Writes in a transaction that holds the registry as it was; false where it is no longer so.</summary>
    /// <param name="write">Says whether anything changed that a reader of the index would want to know.</param>
    private async Task<bool> WriteAsync(Func<AvaDbContext, Task<bool>> write, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await using var transaction = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        var mine = db.ImageRegistries.Where(registry => registry.Id == registryId && registry.Revision == revision);
        // Locks the row, so that an edit waits for the batch and the next batch sees the edit.
        if (await mine.ExecuteUpdateAsync(set => set.SetProperty(registry => registry.Revision, revision), ct).ConfigureAwait(false) == 0) return false;
        if (await write(db).ConfigureAwait(false))
            await mine.ExecuteUpdateAsync(set => set.SetProperty(registry => registry.IndexRevision, registry => registry.IndexRevision + 1), ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        return true;
    }

    private async Task<IndexedRepository> FindAsync(AvaDbContext db, string path, CancellationToken ct)
    {
        var known = await db.ImageRepositories.SingleOrDefaultAsync(repository => repository.RegistryId == registryId && repository.Path == path, ct).ConfigureAwait(false);
        return known ?? db.ImageRepositories.Add(new IndexedRepository { Id = Guid.CreateVersion7(), RegistryId = registryId, Path = path }).Entity;
    }

    private static Task<List<KnownTag>> ReadTagsAsync(AvaDbContext db, Guid repositoryId, CancellationToken ct) => db.ImageTags
        .Where(tag => tag.RepositoryId == repositoryId)
        .Select(tag => new KnownTag(tag.Id, tag.Name, tag.Digest, tag.State, tag.ErrorCode, tag.CheckedAt))
        .ToListAsync(ct);

    /// <summary>By one statement for thousands: a hundred thousand tags would take the change tracker a minute.</summary>
    private static async Task AddTagsAsync(AvaDbContext db, Guid repositoryId, IReadOnlyList<string> names, CancellationToken ct)
    {
        foreach (var some in names.Chunk(NamesAtOnce))
        {
            var ids = Array.ConvertAll(some, _ => Guid.CreateVersion7());
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO image_tags (id, repository_id, name, digest, state, previous_digest, error_code, error_args)
                SELECT id, {repositoryId}, name, '', {nameof(TagState.Listed)}, '', '', ARRAY[]::text[] FROM unnest({ids}, {some}) AS tag (id, name)
                ON CONFLICT DO NOTHING
                """, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Another console may have read the same image.</summary>
    private static Task<int> AddImageAsync(AvaDbContext db, IndexedImage image, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO images (digest, media_type, artifact_type, size_bytes, created_at, platforms, is_cut, read_at)
        VALUES ({image.Digest}, {image.MediaType}, {image.ArtifactType}, {image.SizeBytes}, {image.CreatedAt}, {JsonColumn.Write(image.Platforms)}::jsonb, {image.IsCut}, {image.ReadAt})
        ON CONFLICT DO NOTHING
        """, ct);

    private static void Fill(IndexedTag tag, TagFinding finding, DateTimeOffset now)
    {
        if (tag.Digest.Length > 0 && finding.Digest.Length > 0 && tag.Digest != finding.Digest) (tag.PreviousDigest, tag.MovedAt) = (tag.Digest, now);
        (tag.Digest, tag.State, tag.CheckedAt) = (finding.Digest, finding.State, now);
        (tag.ErrorCode, tag.ErrorArgs) = finding.Error is null ? ("", []) : TextsOf(finding.Error);
    }
}
