using AvaConsole.Core.Common;

namespace AvaConsole.Core.Images.Registries;

/// <summary>
/// Asks one registry by the OCI distribution specification, under the egress rules. Nothing is written there. What a registry or an image says is
/// untrusted: bounded, checked against its digest, its texts cleaned of control characters and still to be shown as text alone.
/// </summary>
/// <remarks>
/// Errors are <c>registry.*</c> and <c>egress.*</c>; one that asks for patience is a <see cref="BusyError"/> with its seconds. A client serves one task at a
/// time or many.
/// </remarks>
public sealed class RegistryClient
{
    private readonly RegistryTransport _transport;
    private readonly RegistryPages _pages;
    private readonly RegistryLimits _limits;

    internal RegistryClient(RegistryEndpoint registry, IEgressExchange egress, TokenCache tokens, RegistryLimits limits, TimeProvider clock)
    {
        _limits = limits;
        Notices = new RegistryNotices(clock);
        _transport = new RegistryTransport(registry, egress, new RegistryAuthority(registry, egress, tokens, Notices, limits), Notices, limits);
        _pages = new RegistryPages(_transport, limits);
    }

    /// <summary>What the registry told besides the answers of this client.</summary>
    public RegistryNotices Notices { get; }

    private string Host => _transport.Registry.Host;

    /// <summary>Whether a registry answers there and lets us in.</summary>
    public async Task<Result> CheckAsync(CancellationToken ct)
    {
        var sent = await SendAsync(HttpMethod.Get, "", "", _limits.MaxManifestBytes, "application/json", ct).ConfigureAwait(false);
        if (!sent.IsSuccess) return sent.Error.Code == "registry.challenge_unknown" ? RegistryErrors.NotARegistry(Host) : sent.Error;
        return sent.Value.Status switch
        {
            // A site that answers everything with a page is no registry.
            200 when ManifestReader.MediaTypeOf(sent.Value) != "text/html" => Result.Success,
            200 or 404 => RegistryErrors.NotARegistry(Host),
            401 => RegistryErrors.Unauthorized(Host, _transport.Registry.Credentials is not null),
            _ => _transport.Explain(sent.Value, "/v2/"),
        };
    }

    /// <summary>Names of all repositories; <c>registry.catalogue_forbidden</c> where the registry does not tell, as public ones do not.</summary>
    public Task<Result<RegistryList<string>>> ListRepositoriesAsync(CancellationToken ct) => _pages.ReadAsync(
        _transport.Registry.Url($"_catalog?n={_limits.PageSize}"),
        "registry:catalog:*",
        "application/json",
        answer => Names(answer, "repositories", ImageReference.IsPath),
        answer => answer.Status is 401 or 403 or 404 or 405 ? RegistryErrors.CatalogueForbidden(Host) : _transport.Explain(answer, "_catalog"),
        ct);

    /// <summary>A repository's tags in the registry's order, which is no order of time.</summary>
    public async Task<Result<RegistryList<string>>> ListTagsAsync(string repository, CancellationToken ct)
    {
        if (!ImageReference.IsPath(repository)) return RegistryErrors.RepositoryInvalid(repository);
        return await _pages.ReadAsync(
            _transport.Registry.Url($"{repository}/tags/list?n={_limits.PageSize}"),
            PullOf(repository),
            "application/json",
            answer => Names(answer, "tags", ImageReference.IsTag),
            answer => answer.Status == 404 ? RegistryErrors.RepositoryUnknown(repository) : _transport.Explain(answer, repository),
            ct).ConfigureAwait(false);
    }

    /// <summary>
    /// What a tag or digest points at, for the price of a <c>HEAD</c>, which rate limits do not count. A tag that is listed and yet unknown here
    /// (<c>registry.manifest_unknown</c>) dangles.
    /// </summary>
    public async Task<Result<ManifestHead>> HeadAsync(string repository, string reference, CancellationToken ct)
    {
        if (Refuse(repository, reference) is { } refused) return refused;
        var sent = await SendAsync(HttpMethod.Head, $"{repository}/manifests/{reference}", PullOf(repository), 0, RegistryMediaTypes.Accepted, ct).ConfigureAwait(false);
        if (!sent.IsSuccess) return sent.Error;
        if (sent.Value.Status != 200) return ExplainManifest(sent.Value, repository, reference);
        var mediaType = ManifestReader.MediaTypeOf(sent.Value);
        if (RegistryMediaTypes.IsSchema1(mediaType)) return RegistryErrors.Schema1(reference);
        var digest = sent.Value.Header("Docker-Content-Digest");
        if (ImageReference.IsDigest(digest))
        {
            if (ImageReference.IsDigest(reference) && digest != reference) return RegistryErrors.DigestDiffers(Host, reference, digest);
            return new ManifestHead(digest, Untrusted.Line(mediaType), long.TryParse(sent.Value.Header("Content-Length"), out var bytes) ? Math.Max(0, bytes) : 0);
        }

        var manifest = await GetManifestAsync(repository, reference, ct).ConfigureAwait(false);
        return manifest.IsSuccess ? manifest.Value.Head : manifest.Error;
    }

    /// <summary>A manifest or an index, of exactly the digest where one is asked for.</summary>
    /// <param name="reference">Tag or digest.</param>
    public async Task<Result<Manifest>> GetManifestAsync(string repository, string reference, CancellationToken ct)
    {
        if (Refuse(repository, reference) is { } refused) return refused;
        var sent = await SendAsync(HttpMethod.Get, $"{repository}/manifests/{reference}", PullOf(repository), _limits.MaxManifestBytes, RegistryMediaTypes.Accepted, ct).ConfigureAwait(false);
        if (!sent.IsSuccess) return sent.Error;
        return sent.Value.Status == 200 ? ManifestReader.Read(sent.Value, Host, reference) : ExplainManifest(sent.Value, repository, reference);
    }

    /// <summary>An image's configuration, of exactly the digest.</summary>
    public async Task<Result<ImageConfig>> GetConfigAsync(string repository, string digest, CancellationToken ct)
    {
        if (RefuseDigest(repository, digest) is { } refused) return refused;
        var sent = await SendAsync(HttpMethod.Get, $"{repository}/blobs/{digest}", PullOf(repository), _limits.MaxConfigBytes, "*/*", ct).ConfigureAwait(false);
        if (!sent.IsSuccess) return sent.Error;
        if (sent.Value.Status == 404) return RegistryErrors.BlobUnknown(digest);
        if (sent.Value.Status != 200) return _transport.Explain(sent.Value, repository);
        if (ManifestReader.Hash(sent.Value.Body, digest) is var actual && actual != digest) return RegistryErrors.DigestDiffers(Host, digest, actual);
        return ManifestReader.ReadConfig(sent.Value.Body) is { } config ? config : RegistryErrors.AnswerInvalid(Host, digest);
    }

    /// <summary>All platforms of a tag or digest with sizes, layers and configurations: a question for each of them and two.</summary>
    public Task<Result<RegistryImage>> GetImageAsync(string repository, string reference, CancellationToken ct) =>
        new ImageReader(this, Host, _limits).ReadAsync(repository, reference, ct);

    /// <summary>What was attached to an image: signatures, bills of materials. Empty where the registry has none or does not know of it.</summary>
    /// <param name="artifactType">Only of this type; empty for all.</param>
    public async Task<Result<RegistryList<Descriptor>>> ListReferrersAsync(string repository, string digest, string artifactType, CancellationToken ct)
    {
        if (RefuseDigest(repository, digest) is { } refused) return refused;
        var query = artifactType.Length > 0 ? "?artifactType=" + Uri.EscapeDataString(artifactType) : "";
        var isMissing = false;
        var list = await _pages.ReadAsync(
            _transport.Registry.Url($"{repository}/referrers/{digest}{query}"),
            PullOf(repository),
            RegistryMediaTypes.OciIndex,
            Referrers,
            answer =>
            {
                isMissing = answer.Status == 404;
                return _transport.Explain(answer, repository);
            },
            ct).ConfigureAwait(false);
        // A registry from before the call keeps the same index under a tag, if a client put it there.
        if (isMissing) list = await TaggedReferrersAsync(repository, digest, ct).ConfigureAwait(false);
        if (!list.IsSuccess) return list.Error;
        // A filter is a registry's to apply or not; applied twice it does no harm.
        return list.Value with { Items = [.. list.Value.Items.Where(item => artifactType.Length == 0 || item.ArtifactType == artifactType)] };
    }

    private async Task<Result<RegistryList<Descriptor>>> TaggedReferrersAsync(string repository, string digest, CancellationToken ct)
    {
        // The specification cuts the digits at 64, since a tag holds 128 characters.
        var index = await GetManifestAsync(repository, digest[.."sha256:".Length].Replace(':', '-') + digest["sha256:".Length..][..64], ct).ConfigureAwait(false);
        if (index.IsSuccess) return new RegistryList<Descriptor>(index.Value.Entries, IsCut: false);
        return index.Error is NotFoundError ? new RegistryList<Descriptor>([], IsCut: false) : index.Error;
    }

    private Task<Result<EgressAnswer>> SendAsync(HttpMethod method, string path, string scope, long maxBytes, string accept, CancellationToken ct) =>
        _transport.SendAsync(method, _transport.Registry.Url(path), scope, maxBytes, accept, ct);

    /// <summary>A registry says which of the two is unknown, but not in answer to a <c>HEAD</c>.</summary>
    private Error ExplainManifest(EgressAnswer answer, string repository, string reference) => answer.Status != 404 ? _transport.Explain(answer, $"{repository}:{reference}")
        : RegistryTransport.CodeOf(answer) == "NAME_UNKNOWN" ? RegistryErrors.RepositoryUnknown(repository)
        : RegistryErrors.ManifestUnknown($"{repository}{(ImageReference.IsDigest(reference) ? '@' : ':')}{reference}");

    private static Error? Refuse(string repository, string reference) =>
        !ImageReference.IsPath(repository) ? RegistryErrors.RepositoryInvalid(repository)
        : ImageReference.IsTag(reference) ? null
        : RefuseDigest(repository, reference);

    private static Error? RefuseDigest(string repository, string digest) =>
        !ImageReference.IsPath(repository) ? RegistryErrors.RepositoryInvalid(repository)
        : ImageReference.IsDigest(digest) ? null
        : RegistryErrors.ReferenceInvalid(digest);

    private static string PullOf(string repository) => $"repository:{repository}:pull";

    /// <summary>The good names of a page; <c>null</c> instead of a list is an empty one, as some registries write it.</summary>
    private static List<string>? Names(EgressAnswer answer, string name, Func<string, bool> isGood)
    {
        using var document = UntrustedJson.Parse(answer.Body);
        return document is null ? null : [.. document.RootElement.ItemsOf(name).Select(item => item.TextOf()).Where(isGood)];
    }

    private static List<Descriptor>? Referrers(EgressAnswer answer)
    {
        using var document = UntrustedJson.Parse(answer.Body);
        return document is null ? null : [.. ManifestReader.DescriptorsOf(document.RootElement, "manifests")];
    }
}
