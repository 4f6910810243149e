using System.Text.Json;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Images.Registries;

/// <summary>Meets a registry's challenge: with a token from the service that it names, or with the credentials themselves.</summary>
internal sealed class RegistryAuthority(RegistryEndpoint registry, IEgressExchange egress, TokenCache tokens, RegistryNotices notices, RegistryLimits limits)
{
    private const int MaxTokenBytes = 256 << 10;

    private static readonly TimeSpan s_usualLife = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_longestLife = TimeSpan.FromDays(1);

    public string? Find(string scope) => tokens.Find(registry, scope);

    public void Forget(string scope) => tokens.Forget(registry, scope);

    /// <summary>The value of <c>Authorization</c> for a scope.</summary>
    public async Task<Result<string>> AnswerAsync(AuthChallenge? challenge, string scope, CancellationToken ct)
    {
        if (challenge is null) return RegistryErrors.ChallengeUnknown(registry.Host);
        if (challenge.Scheme == AuthChallenge.Bearer) return await FetchTokenAsync(challenge, scope, ct).ConfigureAwait(false);
        if (registry.Credentials is not { } user) return RegistryErrors.Unauthorized(registry.Host, hasCredentials: false);
        var authorization = user.Basic;
        tokens.Keep(registry, scope, authorization, s_longestLife);
        return authorization;
    }

    private async Task<Result<string>> FetchTokenAsync(AuthChallenge challenge, string scope, CancellationToken ct)
    {
        // The realm is the registry's word: without these rules it could have the credentials sent anywhere.
        if (!Uri.TryCreate(challenge.Realm, UriKind.Absolute, out var realm) || realm.Scheme is not ("http" or "https"))
            return RegistryErrors.ChallengeUnknown(registry.Host);
        if (!registry.IsAllowed(realm)) return RegistryErrors.RealmForeign(registry.Host, Untrusted.Line(realm.Authority));
        if (realm.Scheme == "http" && registry.Address.Scheme != "http") return RegistryErrors.RealmInsecure(registry.Host, Untrusted.Line(realm.Authority));

        var request = new EgressRequest(HttpMethod.Get, UrlOf(realm, challenge.Service, scope), MaxTokenBytes, limits.Deadline)
        {
            Headers = registry.Credentials is { } user ? [KeyValuePair.Create("Authorization", user.Basic)] : [],
        };
        var sent = await egress.SendAsync(request, ct).ConfigureAwait(false);
        if (!sent.IsSuccess) return sent.Error;
        return notices.Read(registry, sent.Value) ?? Read(sent.Value, realm, scope);
    }

    private Result<string> Read(EgressAnswer answer, Uri realm, string scope)
    {
        if (answer.Status is 401 or 403) return RegistryErrors.Unauthorized(registry.Host, registry.Credentials is not null);
        if (answer.Status != 200) return RegistryErrors.Status(realm.Authority, answer.Status);
        using var document = UntrustedJson.Parse(answer.Body);
        if (document is null) return RegistryErrors.TokenInvalid(realm.Authority);
        var root = document.RootElement;
        var token = root.TextOf("token") is { Length: > 0 } first ? first : root.TextOf("access_token");
        if (token.Length == 0 || token.Any(character => character is <= ' ' or > '~')) return RegistryErrors.TokenInvalid(realm.Authority);
        var life = root.LongOf("expires_in") is > 0 and var seconds ? TimeSpan.FromSeconds(Math.Min(seconds, s_longestLife.TotalSeconds)) : s_usualLife;
        tokens.Keep(registry, scope, "Bearer " + token, life);
        return "Bearer " + token;
    }

    /// <summary>Our own scope, not the challenge's: it would ask for more than is needed if the registry said so.</summary>
    private static Uri UrlOf(Uri realm, string service, string scope)
    {
        var values = new (string Name, string Value)[] { ("service", service), ("scope", scope) };
        var query = string.Join('&', values.Where(value => value.Value.Length > 0).Select(value => $"{value.Name}={Uri.EscapeDataString(value.Value)}"));
        var given = realm.Query.TrimStart('?');
        return new UriBuilder(realm) { Query = given.Length > 0 && query.Length > 0 ? $"{given}&{query}" : given + query, Fragment = "" }.Uri;
    }
}
