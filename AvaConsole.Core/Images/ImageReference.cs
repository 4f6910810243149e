using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AvaConsole.Core.Images;

/// <summary>
/// A container image's reference, for example <c>reg.example:5000/ava-public/ava-caffe:v20261101-1@sha256:…</c>, by the grammar of the OCI
/// distribution specification and, for the host in front, of the reference implementation.
/// </summary>
/// <param name="Repository">With registry, without tag and digest; at most 255 characters.</param>
/// <param name="Tag">Empty for none.</param>
/// <param name="Digest"><c>sha256:</c> or <c>sha512:</c> and hexadecimal digits in lower case; empty for none.</param>
public sealed partial record ImageReference(string Repository, string Tag, string Digest)
{
    private const string DockerHub = Registries.RegistryEndpoint.DockerHub;
    private const string OfficialNamespace = "library/";

    /// <summary>Characters of a repository with its registry.</summary>
    internal const int MaxRepository = 255;

    /// <summary>The longest repository, tag and digest with what divides them.</summary>
    private const int MaxLength = MaxRepository + 1 + 128 + 1 + 135;

    /// <summary>Host, with its port where it has one; empty where the reference names none, which by convention means docker.io.</summary>
    public string Registry => RegistryOf(Repository);

    /// <summary>The repository within its registry.</summary>
    public string Path => Registry is { Length: > 0 } registry ? Repository[(registry.Length + 1)..] : Repository;

    /// <summary>Last component of the repository: the image's own name.</summary>
    public string Name => Repository[(Repository.LastIndexOf('/') + 1)..];

    /// <summary>The same with what is left out by convention: <c>python</c> is <c>docker.io/library/python</c>, and a host with a dot or a port is in lower case.</summary>
    public ImageReference Qualified()
    {
        // A host of one word is told from a namespace by its capitals alone.
        var host = Registry.Length == 0 ? DockerHub : Registry.AsSpan().ContainsAny('.', ':') ? Registry.ToLowerInvariant() : Registry;
        var isOfficial = host == DockerHub && !Path.Contains('/', StringComparison.Ordinal);
        return this with { Repository = $"{host}/{(isOfficial ? OfficialNamespace : "")}{Path}" };
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageReference? reference)
    {
        reference = null;
        if (text is null or { Length: > MaxLength })
        {
            return false;
        }

        var (rest, digest) = Cut(text, text.IndexOf('@', StringComparison.Ordinal));
        // A colon before the last slash belongs to the host's port.
        var colon = rest.LastIndexOf(':');
        var (repository, tag) = Cut(rest, colon > rest.LastIndexOf('/') ? colon : -1);
        if (!IsRepository(repository) || (tag is not null && !IsTag(tag)) || (digest is not null && !IsDigest(digest)))
        {
            return false;
        }

        reference = new ImageReference(repository, tag ?? "", digest ?? "");
        return true;
    }

    /// <summary>A repository within a registry, such as <c>ava-public/ava-caffe</c>.</summary>
    public static bool IsPath(string? text) => text is { Length: <= MaxRepository } && PathRegex().IsMatch(text);

    public static bool IsTag(string? text) => text is not null && TagRegex().IsMatch(text);

    public static bool IsDigest(string? text) => text is not null && DigestRegex().IsMatch(text);

    /// <summary>Lies in a registry or namespace, for example <c>reg.example/vision</c>, with or without a slash at its end.</summary>
    public bool IsUnder(string root) => Repository.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal);

    public override string ToString() => Repository + (Tag.Length > 0 ? ":" + Tag : "") + (Digest.Length > 0 ? "@" + Digest : "");

    private static bool IsRepository(string text)
    {
        var registry = RegistryOf(text);
        return text.Length <= MaxRepository && (registry.Length == 0 ? IsPath(text) : IsHost(registry) && IsPath(text[(registry.Length + 1)..]));
    }

    /// <summary>Of <c>a/b</c>, <c>a</c> is a host where it could be no part of a path's first name: with a dot, a port or capitals, or <c>localhost</c>.</summary>
    private static string RegistryOf(string repository)
    {
        var slash = repository.IndexOf('/', StringComparison.Ordinal);
        var first = slash > 0 ? repository[..slash] : "";
        return first == "localhost" || first.AsSpan().ContainsAny('.', ':') || first.Any(char.IsAsciiLetterUpper) ? first : "";
    }

    private static bool IsHost(string text) =>
        HostRegex().Match(text) is { Success: true } match
        && (match.Groups["port"].Value is not { Length: > 0 } port || int.Parse(port, CultureInfo.InvariantCulture) is > 0 and <= 65535);

    private static (string Before, string? After) Cut(string text, int at) => at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);

    [GeneratedRegex("""\A[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PathRegex();

    [GeneratedRegex(
        """\A([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:.]+\])(:(?<port>[0-9]{1,5}))?\z""",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex HostRegex();

    [GeneratedRegex("""\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex TagRegex();

    [GeneratedRegex("""\A(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})\z""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DigestRegex();
}
