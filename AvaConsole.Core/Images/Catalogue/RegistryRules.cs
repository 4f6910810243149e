using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Registries;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>Reads what was typed into a registry's values; all problems are found at once.</summary>
internal static class RegistryRules
{
    public const int MinMinutes = 5;
    public const int MaxMinutes = 7 * 24 * 60;
    public const int MinBudget = 10;
    public const int MaxBudget = 100_000;

    private const int MaxName = 100;
    private const int MaxUserName = 255;
    private const int MaxSecret = 8192;
    private const int MaxHosts = 20;
    private const int MaxRepositories = 1000;
    private const int MaxAddress = 512;

    private static readonly string[] s_dockerHub = [RegistryEndpoint.DockerHub, "index.docker.io", "hub.docker.com", "registry-1.docker.io"];

    /// <summary>Fills in all but identity, secret and times.</summary>
    public static List<Problem> Fill(ImageRegistry registry, RegistryRequest request)
    {
        var problems = new List<Problem>();
        registry.Name = ReadName(request.Name, problems);
        if (ReadAddress(request.Address, problems) is { } address) (registry.Address, registry.Host) = address;
        var isDockerHub = registry.Host == RegistryEndpoint.DockerHub;
        registry.AllowedHosts = ReadHosts(request.AllowedHosts, isDockerHub, problems);
        registry.Namespace = request.Namespace.Trim().Trim('/');
        if (registry.Namespace.Length > 0 && !ImageReference.IsPath(registry.Namespace))
            problems.Add(new Problem(nameof(request.Namespace), "registry.namespace_invalid", Untrusted.Line(request.Namespace)));
        registry.Repositories = ReadRepositories(request.Repositories, registry.Host, isDockerHub, problems);
        registry.ListsRepositories = request.ListsRepositories;
        if (!registry.ListsRepositories && registry.Repositories.Length == 0) problems.Add(new Problem(nameof(request.Repositories), "registry.repositories_missing"));
        registry.UserName = request.UserName.Trim();
        CheckUser(registry.UserName, request.Secret, problems);
        (registry.RefreshMinutes, registry.RequestBudget, registry.Enabled) = (request.RefreshMinutes, request.RequestBudget, request.Enabled);
        CheckNumber(nameof(request.RefreshMinutes), request.RefreshMinutes, MinMinutes, MaxMinutes, problems);
        CheckNumber(nameof(request.RequestBudget), request.RequestBudget, MinBudget, MaxBudget, problems);
        return problems;
    }

    /// <summary>Whether the secret that is kept may be used as it is.</summary>
    /// <param name="registry">With the new values, and with the secret as it will be kept.</param>
    /// <param name="address">That the stored secret was typed for; empty for none.</param>
    public static IEnumerable<Problem> CheckSecret(ImageRegistry registry, string address, RegistryRequest request)
    {
        var hasSecret = registry.SealedSecret.Length > 0;
        if (registry.UserName.Length > 0 && !hasSecret) yield return new Problem(nameof(request.Secret), "registry.secret_missing");
        if (hasSecret && request.Secret is null && address != registry.Address) yield return new Problem(nameof(request.Secret), "registry.secret_retype", address);
    }

    private static string ReadName(string text, List<Problem> problems)
    {
        var name = text.Trim();
        if (name.Length == 0) problems.Add(new Problem(nameof(RegistryRequest.Name), "registry.name_missing"));
        Text.Check(problems, nameof(RegistryRequest.Name), name, MaxName);
        return name;
    }

    /// <summary>The address without what it may not have, and the registry's name in references.</summary>
    private static (string Address, string Host)? ReadAddress(string text, List<Problem> problems)
    {
        const string field = nameof(RegistryRequest.Address);
        var typed = text.Trim();
        if (typed.Length == 0)
        {
            problems.Add(new Problem(field, "registry.address_missing"));
            return null;
        }

        var hasScheme = typed.Contains("://", StringComparison.Ordinal);
        if (typed.Length > MaxAddress || !Ascii.IsValid(typed) || !Uri.TryCreate(hasScheme ? typed : "https://" + typed, UriKind.Absolute, out var url)
            || url.Scheme is not ("https" or "http") || url.Host.Length == 0 || url.AbsolutePath.Contains('%', StringComparison.Ordinal))
        {
            problems.Add(new Problem(field, "registry.address_invalid", Untrusted.Line(typed)));
            return null;
        }

        // Such a password would stand in the clear wherever the address is shown.
        if (url.UserInfo.Length > 0) problems.Add(new Problem(field, "registry.address_has_credentials"));
        if (url.Query.Length > 0 || url.Fragment.Length > 0) problems.Add(new Problem(field, "registry.address_has_query"));
        if (s_dockerHub.Contains(url.Host, StringComparer.OrdinalIgnoreCase)) return ("https://registry-1.docker.io", RegistryEndpoint.DockerHub);
        // People copy the interface's own address, to which the client adds its "v2" again.
        var path = url.AbsolutePath.TrimEnd('/');
        path = path.EndsWith("/v2", StringComparison.Ordinal) ? path[..^"/v2".Length] : path;
        return ($"{url.Scheme}://{url.Authority}{path}", url.Authority);
    }

    private static string[] ReadHosts(IReadOnlyList<string> typed, bool isDockerHub, List<Problem> problems)
    {
        var hosts = typed.Select(host => host.Trim().ToLowerInvariant()).Where(host => host.Length > 0).ToList();
        foreach (var host in hosts.Where(host => !Ascii.IsValid(host) || !Uri.TryCreate("https://" + host, UriKind.Absolute, out var url) || url.Authority != host))
            problems.Add(new Problem(nameof(RegistryRequest.AllowedHosts), "registry.allowed_host_invalid", Untrusted.Line(host)));
        if (hosts.Count > MaxHosts) problems.Add(new Problem(nameof(RegistryRequest.AllowedHosts), "registry.too_many", MaxHosts));
        if (isDockerHub) hosts.AddRange(RegistryEndpoint.Of(RegistryEndpoint.DockerHub).AllowedHosts);
        return [.. hosts.Distinct()];
    }

    private static string[] ReadRepositories(IReadOnlyList<string> typed, string host, bool isDockerHub, List<Problem> problems)
    {
        const string field = nameof(RegistryRequest.Repositories);
        var paths = new List<string>();
        foreach (var text in typed.Select(text => text.Trim()).Where(text => text.Length > 0))
        {
            // With its registry in front it is how people know it, and what Docker Hub calls "python" is "library/python".
            var path = host.Length > 0 && text.StartsWith(host + "/", StringComparison.Ordinal) ? text[(host.Length + 1)..] : text;
            if (isDockerHub && !path.Contains('/', StringComparison.Ordinal)) path = "library/" + path;
            if (ImageReference.IsPath(path) && host.Length + 1 + path.Length <= ImageReference.MaxRepository) paths.Add(path);
            else problems.Add(new Problem(field, "registry.repository_invalid", Untrusted.Line(text)));
        }

        if (paths.Count > MaxRepositories) problems.Add(new Problem(field, "registry.too_many", MaxRepositories));
        return [.. paths.Distinct().Order(StringComparer.Ordinal)];
    }

    private static void CheckUser(string name, string? secret, List<Problem> problems)
    {
        Text.Check(problems, nameof(RegistryRequest.UserName), name, MaxUserName);
        Text.Check(problems, nameof(RegistryRequest.Secret), secret, MaxSecret);
        // The colon divides the two where they are sent.
        if (name.Contains(':', StringComparison.Ordinal)) problems.Add(new Problem(nameof(RegistryRequest.UserName), "registry.user_name_invalid"));
        if (name.Length == 0 && secret is { Length: > 0 }) problems.Add(new Problem(nameof(RegistryRequest.UserName), "registry.user_name_missing"));
    }

    private static void CheckNumber(string field, int value, int min, int max, List<Problem> problems)
    {
        if (value < min || value > max) problems.Add(new Problem(field, "registry.number_out_of_range", min, max));
    }
}
