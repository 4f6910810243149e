using AvaConsole.Core.Common;

namespace AvaConsole.Core.Images.Registries;

/// <summary>What a registry can fail to do, by code. Where a host is named it comes first.</summary>
internal static class RegistryErrors
{
    public static Error RepositoryInvalid(string repository) => new InvalidError("repository", "registry.repository_invalid", Untrusted.Line(repository));

    public static Error ReferenceInvalid(string reference) => new InvalidError("reference", "registry.reference_invalid", Untrusted.Line(reference));

    /// <summary>Nothing at <c>/v2/</c> that speaks the protocol.</summary>
    public static Error NotARegistry(string host) => new UnavailableError("registry.not_a_registry", host);

    public static Error Status(string host, int status) => new UnavailableError("registry.status", host, status);

    /// <summary>Credentials are missing or were not accepted.</summary>
    public static Error Unauthorized(string host, bool hasCredentials) => new ForbiddenError(hasCredentials ? "registry.credentials_refused" : "registry.credentials_required", host);

    /// <summary>Who we are there may not read this.</summary>
    public static Error Denied(string host, string what) => new ForbiddenError("registry.denied", host, what);

    /// <summary>Repositories have to be named: this registry lists none.</summary>
    public static Error CatalogueForbidden(string host) => new ForbiddenError("registry.catalogue_forbidden", host);

    public static Error RepositoryUnknown(string repository) => new NotFoundError("registry.repository_unknown", repository);

    /// <summary>Also a tag that is listed although its manifest is gone.</summary>
    public static Error ManifestUnknown(string reference) => new NotFoundError("registry.manifest_unknown", reference);

    public static Error BlobUnknown(string digest) => new NotFoundError("registry.blob_unknown", digest);

    public static Error RateLimited(string host, int seconds) => new BusyError("registry.rate_limited", seconds, host, seconds);

    public static Error ChallengeUnknown(string host) => new UnavailableError("registry.challenge_unknown", host);

    public static Error RealmForeign(string host, string realm) => new ForbiddenError("registry.realm_foreign", host, realm);

    public static Error RealmInsecure(string host, string realm) => new ForbiddenError("registry.realm_insecure", host, realm);

    public static Error TokenInvalid(string realm) => new UnavailableError("registry.token_invalid", realm);

    public static Error LinkForeign(string host, string other) => new UnavailableError("registry.link_foreign", host, other);

    public static Error LinkLoops(string host) => new UnavailableError("registry.link_loops", host);

    public static Error AnswerInvalid(string host, string what) => new UnavailableError("registry.answer_invalid", host, what);

    public static Error MediaTypeDiffers(string host, string header, string body) => new UnavailableError("registry.media_type_differs", host, Untrusted.Line(header), Untrusted.Line(body));

    public static Error MediaTypeUnknown(string host, string mediaType) => new UnavailableError("registry.media_type_unknown", host, Untrusted.Line(mediaType));

    /// <summary>Docker's first manifest format, which has neither sizes nor a configuration.</summary>
    public static Error Schema1(string reference) => new UnavailableError("registry.schema1", reference);

    public static Error DigestDiffers(string host, string expected, string actual) => new UnavailableError("registry.digest_differs", host, expected, actual);

    public static Error IndexTooDeep(string host, int depth) => new UnavailableError("registry.index_too_deep", host, depth);

    public static Error IndexTooLarge(string host, int entries) => new UnavailableError("registry.index_too_large", host, entries);
}
