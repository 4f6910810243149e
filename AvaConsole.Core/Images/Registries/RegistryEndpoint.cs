using System.Text;

namespace AvaConsole.Core.Images.Registries;

/// <summary>A registry as a person named it: where it is, whom else it may send us to, and who we are there.</summary>
/// <param name="Address">
/// <c>https://reg.example</c>, with a port or a path before <c>v2/</c> where it has one. <c>http</c> says that this registry and its token service are
/// asked without TLS; an <c>https</c> one never leads to <c>http</c>. Private hosts and ports besides 80 and 443 need the egress rules' leave as well.
/// </param>
public sealed record RegistryEndpoint(Uri Address)
{
    public const string DockerHub = "docker.io";

    /// <summary>
    /// Hosts besides its own, with their port where it is not the scheme's own, that may get credentials and tokens for it: its token service's, such as
    /// <c>auth.docker.io</c>. Storage to which it redirects needs no place here, since nothing secret is sent there.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Null asks as anyone.</summary>
    public RegistryCredentials? Credentials { get; init; }

    /// <summary>The registry's name in an image reference.</summary>
    public string Host => Address.Authority;

    /// <summary>The registry of a reference: docker.io and the empty name are Docker Hub, whose interface and token service are elsewhere.</summary>
    /// <param name="registry">As in <see cref="ImageReference.Registry"/>.</param>
    public static RegistryEndpoint Of(string registry, bool isPlainHttp = false) => registry is "" or DockerHub or "index." + DockerHub
        ? new RegistryEndpoint(new Uri("https://registry-1.docker.io/")) { AllowedHosts = ["auth.docker.io"] }
        : new RegistryEndpoint(new Uri($"{(isPlainHttp ? "http" : "https")}://{registry}/"));

    /// <summary>By scheme, host and port.</summary>
    internal bool IsOwn(Uri url) => Address.Scheme == url.Scheme && Address.Authority.Equals(url.Authority, StringComparison.OrdinalIgnoreCase);

    internal bool IsAllowed(Uri url) => IsOwn(url) || AllowedHosts.Contains(url.Authority, StringComparer.OrdinalIgnoreCase);

    /// <param name="path">After <c>v2/</c>.</param>
    internal Uri Url(string path) => new(Address.AbsoluteUri.TrimEnd('/') + "/v2/" + path);
}

/// <param name="Secret">Password or access token.</param>
public sealed record RegistryCredentials(string UserName, string Secret)
{
    /// <summary>The value of <c>Authorization</c> that carries them.</summary>
    internal string Basic => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{Secret}"));

    /// <summary>Never the secret.</summary>
    public override string ToString() => UserName;
}
