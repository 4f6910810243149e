using System.Globalization;
using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Registries;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>
/// Names of a namespace's repositories where the registry's own catalogue is closed: from Docker Hub's public interface, to which no credentials are
/// sent, and from Harbor's, which lies at the registry's own address.
/// </summary>
internal sealed class VendorCatalogue(RegistryEndpoint registry, IEgressExchange egress, RegistryLimits limits)
{
    private const int PageSize = 100;
    private const int MaxPages = 100;

    private static readonly Uri s_dockerHub = new("https://hub.docker.com/v2/namespaces/");

    /// <summary>Null where this registry has no such interface or does not answer there.</summary>
    /// <param name="host">The registry's name in references.</param>
    /// <param name="space">The namespace; its first part is the account or project.</param>
    public async Task<IReadOnlyList<string>?> ListAsync(string host, string space, CancellationToken ct)
    {
        var owner = space.Split('/')[0];
        if (owner.Length == 0) return null;
        if (host == RegistryEndpoint.DockerHub)
            return await ListAsync(page => new Uri(s_dockerHub, $"{owner}/repositories?page_size={PageSize}&page={page}"), [], root => NamesIn(root, "results").Select(name => $"{owner}/{name}"), ct).ConfigureAwait(false);
        if (!await IsHarborAsync(ct).ConfigureAwait(false)) return null;
        return await ListAsync(page => Harbor($"projects/{owner}/repositories?page_size={PageSize}&page={page}"), Credentials(), root => NamesIn(root, ""), ct).ConfigureAwait(false);
    }

    private static IEnumerable<string> NamesIn(JsonElement root, string member) =>
        (member.Length > 0 ? root.ItemsOf(member) : root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : []).Select(item => item.TextOf("name"));

    /// <summary>Asked as anyone: only who says it is Harbor gets credentials at an address that the distribution protocol does not name.</summary>
    private async Task<bool> IsHarborAsync(CancellationToken ct)
    {
        using var answer = await ReadAsync(Harbor("systeminfo"), [], ct).ConfigureAwait(false);
        return answer is not null && answer.RootElement.TextOf("auth_mode").Length > 0;
    }

    private async Task<IReadOnlyList<string>?> ListAsync(
        Func<string, Uri> url, IReadOnlyList<KeyValuePair<string, string>> headers, Func<JsonElement, IEnumerable<string>> read, CancellationToken ct)
    {
        var names = new List<string>();
        for (var page = 1; page <= MaxPages; page++)
        {
            using var answer = await ReadAsync(url(page.ToString(CultureInfo.InvariantCulture)), headers, ct).ConfigureAwait(false);
            if (answer is null) return page == 1 ? null : names;
            var found = read(answer.RootElement).ToList();
            names.AddRange(found.Where(ImageReference.IsPath));
            if (found.Count < PageSize) break;
        }

        return names;
    }

    private async Task<JsonDocument?> ReadAsync(Uri url, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken ct)
    {
        var sent = await egress.SendAsync(new EgressRequest(HttpMethod.Get, url, limits.MaxPageBytes, limits.Deadline) { Headers = headers }, ct).ConfigureAwait(false);
        return sent.IsSuccess && sent.Value.Status == 200 ? UntrustedJson.ParseAny(sent.Value.Body) : null;
    }

    private Uri Harbor(string path) => new(registry.Address, "/api/v2.0/" + path);

    private IReadOnlyList<KeyValuePair<string, string>> Credentials() => registry.Credentials is { } user
        ? [KeyValuePair.Create("Authorization", user.Basic)]
        : [];
}
