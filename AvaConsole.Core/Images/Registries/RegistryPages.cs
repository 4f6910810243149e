using System.Text.RegularExpressions;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Images.Registries;

/// <summary>A list that a registry gives in pages.</summary>
/// <param name="IsCut">There is more than the limits allow, and it was left out.</param>
public sealed record RegistryList<T>(IReadOnlyList<T> Items, bool IsCut);

/// <summary>Reads a list page by page, each naming the next in <c>Link</c>; a short or an empty page is not the last one unless it names none.</summary>
internal sealed partial class RegistryPages(RegistryTransport transport, RegistryLimits limits)
{
    /// <param name="read">The page's entries; null where the answer is no such page.</param>
    /// <param name="explain">What a status other than 200 means.</param>
    /// <param name="accept">The page's media type.</param>
    public async Task<Result<RegistryList<T>>> ReadAsync<T>(
        Uri url, string scope, string accept, Func<EgressAnswer, IReadOnlyList<T>?> read, Func<EgressAnswer, Error> explain, CancellationToken ct)
    {
        var items = new List<T>();
        var seen = new HashSet<Uri>();
        for (var page = 0; page < limits.MaxPages; page++)
        {
            if (!seen.Add(url)) return RegistryErrors.LinkLoops(transport.Registry.Host);
            var sent = await transport.SendAsync(HttpMethod.Get, url, scope, limits.MaxPageBytes, accept, ct).ConfigureAwait(false);
            if (!sent.IsSuccess) return sent.Error;
            if (sent.Value.Status != 200) return explain(sent.Value);
            if (read(sent.Value) is not { } entries) return RegistryErrors.AnswerInvalid(transport.Registry.Host, Untrusted.Line(url.PathAndQuery));
            items.AddRange(entries.Take(limits.MaxItems - items.Count + 1));
            if (items.Count > limits.MaxItems) return new RegistryList<T>(items[..limits.MaxItems], IsCut: true);
            var next = NextOf(sent.Value);
            if (!next.IsSuccess) return next.Error;
            if (next.Value.Url is null) return new RegistryList<T>(items, IsCut: false);
            url = next.Value.Url;
        }

        return new RegistryList<T>(items, IsCut: true);
    }

    /// <summary>The next page, which is the registry's own or an error: its address gets our token.</summary>
    private Result<Next> NextOf(EgressAnswer answer)
    {
        var link = answer.Headers["Link"].SelectMany(header => LinkRegex().Matches(header.Length <= 8192 ? header : "")).FirstOrDefault(match => RelRegex().IsMatch(match.Groups["rest"].Value));
        if (link is null) return new Next(null);
        if (!Uri.TryCreate(answer.Url, link.Groups["url"].Value, out var next)) return RegistryErrors.AnswerInvalid(transport.Registry.Host, "Link");
        return transport.Registry.IsOwn(next) ? new Next(next) : RegistryErrors.LinkForeign(transport.Registry.Host, Untrusted.Line(next.Authority));
    }

    private sealed record Next(Uri? Url);

    [GeneratedRegex("""<(?<url>[^>]*)>(?<rest>[^<]*)""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LinkRegex();

    [GeneratedRegex(""";\s*rel\s*=\s*"?next"?\s*(;|,|\z)""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex RelRegex();
}
