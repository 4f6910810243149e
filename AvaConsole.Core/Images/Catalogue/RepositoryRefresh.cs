using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Registries;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>
/// Brings one repository's part of the index up to date: its list of tags, a <c>HEAD</c> for each, and the manifests and configurations of those
/// digests alone that no tag of any registry had before.
/// </summary>
/// <param name="told">How many tags were asked for, and how many of them were new or had moved.</param>
internal sealed partial class RepositoryRefresh(RegistryClient client, IndexWriter index, Func<int, int, Task> told)
{
    private const int BatchSize = 100;

    /// <summary>Questions at once: quick enough where an answer takes a while, and no crowd at anybody's door.</summary>
    private const int Parallelism = 4;

    /// <summary>Tags in a row that got no answer before the repository is given up for this time.</summary>
    private const int Patience = 8;

    /// <summary>What an image of this digest will be tomorrow, too.</summary>
    private static readonly HashSet<string> s_lasting =
        ["registry.schema1", "registry.index_too_deep", "registry.index_too_large", "registry.media_type_unknown", "registry.media_type_differs", "registry.answer_invalid", "egress.too_large"];

    private int _unanswered;

    /// <summary>Whether nobody may be asked any more: the registry or the budget says so, or the registry is another by now.</summary>
    public static bool IsStop(Error error) => error.Code is "registry.rate_limited" or RegistryBudget.SpentCode || ReferenceEquals(error, IndexWriter.Lost);

    /// <summary>Whether nothing answered, which the next question would meet as well.</summary>
    public static bool IsOutage(Error error) => error is UnavailableError { Code: "egress.unreachable" or "egress.tls_failed" or "registry.status" } or TimeoutError;

    /// <param name="path">The repository.</param>
    /// <param name="isNamed">A person named it: should it not exist, that is said and not passed over.</param>
    /// <param name="since">Tags that were asked for later are left out.</param>
    /// <returns>Null where it was gone through.</returns>
    public async Task<Error?> RunAsync(string path, bool isNamed, DateTimeOffset since, CancellationToken ct)
    {
        var listed = await client.ListTagsAsync(path, ct).ConfigureAwait(false);
        if (!listed.IsSuccess) return await FailAsync(path, isNamed, listed.Error, ct).ConfigureAwait(false);
        var names = listed.Value.Items.Where(name => !ReferrersRegex().IsMatch(name)).ToHashSet(StringComparer.Ordinal);
        if (await index.ListTagsAsync(path, names, listed.Value.IsCut, ct).ConfigureAwait(false) is not { } known) return IndexWriter.Lost;

        // New ones first: with a small budget they are what people wait for.
        var due = known.Tags.Where(tag => names.Contains(tag.Name) && !(tag.CheckedAt > since)).OrderBy(tag => tag.CheckedAt ?? DateTimeOffset.MinValue).ThenByDescending(tag => tag.Name, StringComparer.Ordinal);
        foreach (var batch in due.Chunk(BatchSize))
        {
            if (await CheckAsync(path, batch, ct).ConfigureAwait(false) is { } error) return IsStop(error) ? error : await FailAsync(path, isNamed, error, ct).ConfigureAwait(false);
        }

        return null;
    }

    private async Task<Error?> FailAsync(string path, bool isNamed, Error error, CancellationToken ct)
    {
        if (IsStop(error)) return error;
        if (error.Code == "registry.repository_unknown" && !isNamed) return await index.RemoveRepositoriesAsync([path], ct).ConfigureAwait(false) ? null : IndexWriter.Lost;
        return await index.FailRepositoryAsync(path, error, ct).ConfigureAwait(false) ? error : IndexWriter.Lost;
    }

    private async Task<Error?> CheckAsync(string path, KnownTag[] tags, CancellationToken ct)
    {
        var (heads, stopped) = await AskAsync(tags, (tag, token) => client.HeadAsync(path, tag.Name, token), ct).ConfigureAwait(false);
        var digests = heads.Where(head => head.Value.IsSuccess && !IsLasting(head.Key, head.Value.Value)).Select(head => head.Value.Value!.Digest).Distinct().ToList();
        var known = await index.FindImagesAsync(digests, ct).ConfigureAwait(false);
        var missing = digests.Where(digest => !known.Contains(digest)).ToList();
        var (images, stoppedLater) = stopped is null
            ? await AskAsync(missing, (digest, token) => client.GetImageAsync(path, digest, token), ct).ConfigureAwait(false)
            : ([], stopped);

        var findings = heads.Select(head => Find(head.Key, head.Value, known, images)).OfType<TagFinding>().ToList();
        if (!await index.WriteTagsAsync(findings, [.. images.Values.Select(image => image.Value).OfType<RegistryImage>()], ct).ConfigureAwait(false)) return IndexWriter.Lost;
        await told(findings.Count, findings.Count(finding => finding.Digest.Length > 0 && finding.Digest != finding.Tag.Digest)).ConfigureAwait(false);
        return stoppedLater;
    }

    /// <summary>Null where the answer is still to come.</summary>
    private static TagFinding? Find(KnownTag tag, Result<ManifestHead> head, HashSet<string> known, ConcurrentDictionary<string, Result<RegistryImage>> images)
    {
        if (!head.IsSuccess)
        {
            if (head.Error is NotFoundError) return new TagFinding(tag, "", TagState.Dangling, head.Error);
            // What is known stays so; that it could not be asked for this time is said beside.
            return new TagFinding(tag, tag.Digest, tag.State == TagState.Known ? TagState.Known : TagState.Unreadable, head.Error);
        }

        if (IsLasting(tag, head.Value)) return new TagFinding(tag, tag.Digest, tag.State, new Lasting(tag.ErrorCode));
        var digest = head.Value.Digest;
        if (images.TryGetValue(digest, out var image)) return image.IsSuccess ? new TagFinding(tag, digest, TagState.Known, null) : new TagFinding(tag, digest, TagState.Unreadable, image.Error);
        return known.Contains(digest) ? new TagFinding(tag, digest, TagState.Known, null) : null;
    }

    private static bool IsLasting(KnownTag tag, ManifestHead head) => tag.State == TagState.Unreadable && tag.Digest == head.Digest && s_lasting.Contains(tag.ErrorCode);

    /// <summary>Asks about each, a few at a time, until all are answered or nobody may be asked any more.</summary>
    /// <returns>The answers, and why there are not all of them.</returns>
    private async Task<(ConcurrentDictionary<TItem, Result<T>> Answers, Error? Stopped)> AskAsync<TItem, T>(
        IReadOnlyList<TItem> items, Func<TItem, CancellationToken, Task<Result<T>>> ask, CancellationToken ct)
        where TItem : notnull
    {
        var answers = new ConcurrentDictionary<TItem, Result<T>>();
        Error? stopped = null;
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = ct }, async (item, token) =>
        {
            if (Volatile.Read(ref stopped) is not null) return;
            var answer = await ask(item, token).ConfigureAwait(false);
            if (answer.IsSuccess || !IsOutage(answer.Error)) Interlocked.Exchange(ref _unanswered, 0);
            else if (Interlocked.Increment(ref _unanswered) >= Patience) Interlocked.CompareExchange(ref stopped, answer.Error, null);
            if (!answer.IsSuccess && IsStop(answer.Error)) Interlocked.CompareExchange(ref stopped, answer.Error, null);
            else answers[item] = answer;
        }).ConfigureAwait(false);
        return (answers, stopped);
    }

    /// <summary>An error that the tag has already.</summary>
    private sealed record Lasting(string Code) : Error(Code);

    /// <summary>Tags under which clients keep signatures and evidence for a digest, as <c>sha256-….sig</c>: no images of anybody's.</summary>
    [GeneratedRegex("""\Asha(256-[0-9a-f]{64}|512-[0-9a-f]{64,128})(\.[A-Za-z0-9._-]+)?\z""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ReferrersRegex();
}
