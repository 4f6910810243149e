using System.Globalization;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Images.Registries;

/// <summary>
/// Asks a registry: meets its challenge once, follows its redirects, and says its refusals in our words. <c>Authorization</c> goes to the registry
/// alone, and a redirect that left it does not get it back.
/// </summary>
internal sealed class RegistryTransport(RegistryEndpoint registry, IEgressExchange egress, RegistryAuthority authority, RegistryNotices notices, RegistryLimits limits)
{
    private const int MaxRedirects = 3;

    public RegistryEndpoint Registry => registry;

    /// <summary>Any status but 429; the caller knows what it means there.</summary>
    /// <param name="scope">For a token, such as <c>repository:ava/caffe:pull</c>; empty for none.</param>
    public async Task<Result<EgressAnswer>> SendAsync(HttpMethod method, Uri url, string scope, long maxBytes, string accept, CancellationToken ct)
    {
        var authorization = authority.Find(scope);
        var answer = await FollowAsync(method, url, authorization, maxBytes, accept, ct).ConfigureAwait(false);
        // Only the registry's own challenge counts: storage that it redirected to gets no token.
        if (!answer.IsSuccess || answer.Value.Status != 401 || !registry.IsOwn(answer.Value.Url)) return answer;

        // A token may have ended before its time, in the middle of a list for example.
        if (authorization is not null) authority.Forget(scope);
        var met = await authority.AnswerAsync(AuthChallenge.Parse(answer.Value.Headers["WWW-Authenticate"]), scope, ct).ConfigureAwait(false);
        return met.IsSuccess ? await FollowAsync(method, url, met.Value, maxBytes, accept, ct).ConfigureAwait(false) : met.Error;
    }

    /// <summary>What a status other than 200 means where nothing special does.</summary>
    /// <param name="what">That was asked for.</param>
    public Error Explain(EgressAnswer answer, string what) => answer.Status switch
    {
        401 => Refusal(answer, what),
        403 => RegistryErrors.Denied(registry.Host, what),
        _ => RegistryErrors.Status(answer.Url.Authority, answer.Status),
    };

    /// <summary>The first code of the body's error list, for example <c>NAME_UNKNOWN</c>; empty for none.</summary>
    public static string CodeOf(EgressAnswer answer)
    {
        using var document = UntrustedJson.Parse(answer.Body);
        return document?.RootElement.ItemsOf("errors").Select(error => error.TextOf("code")).FirstOrDefault("") ?? "";
    }

    /// <summary>A token that was given and is not enough means that this identity may not; a password that was not taken, that it is no identity.</summary>
    private Error Refusal(EgressAnswer answer, string what) =>
        registry.Credentials is not null && AuthChallenge.Parse(answer.Headers["WWW-Authenticate"])?.Scheme == AuthChallenge.Bearer
            ? RegistryErrors.Denied(registry.Host, what)
            : RegistryErrors.Unauthorized(registry.Host, registry.Credentials is not null);

    private async Task<Result<EgressAnswer>> FollowAsync(HttpMethod method, Uri url, string? authorization, long maxBytes, string accept, CancellationToken ct)
    {
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            var headers = new List<KeyValuePair<string, string>> { KeyValuePair.Create("Accept", accept) };
            if (authorization is not null) headers.Add(KeyValuePair.Create("Authorization", authorization));
            var answer = await egress.SendAsync(new EgressRequest(method, url, maxBytes, limits.Deadline) { Headers = headers }, ct).ConfigureAwait(false);
            if (!answer.IsSuccess) return answer;
            // Where storage answers, its headers are no word of the registry.
            if (registry.IsOwn(url) && notices.Read(registry, answer.Value) is { } busy) return busy;
            if (answer.Value.Status is not (301 or 302 or 303 or 307 or 308) || !Uri.TryCreate(url, answer.Value.Header("Location"), out var next)) return answer;

            if (url.Scheme == "https" && next.Scheme != "https") return new InvalidError("url", "egress.redirect_insecure", Untrusted.Line(next.Host));
            if (!registry.IsOwn(next)) authorization = null;
            url = next;
        }

        return new InvalidError("url", "egress.too_many_redirects", MaxRedirects.ToString(CultureInfo.InvariantCulture));
    }
}
