using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace AvaConsole.Core.Images;

/// <summary>A container image's reference, for example <c>reg.example:5000/ava-public/ava-caffe:v20261101-1@sha256:…</c>.</summary>
/// <param name="Repository">With registry, without tag and digest.</param>
/// <param name="Tag">Empty for none.</param>
/// <param name="Digest">Empty for none.</param>
public sealed partial record ImageReference(string Repository, string Tag, string Digest)
{
    private const int MaxLength = 512;

    /// <summary>Last component of the repository: the image's own name.</summary>
    public string Name => Repository[(Repository.LastIndexOf('/') + 1)..];

    /// <summary>By the grammar of the OCI distribution specification.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageReference? reference)
    {
        var match = text is { Length: <= MaxLength } ? ReferenceRegex().Match(text) : Match.Empty;
        reference = match.Success ? new ImageReference(match.Groups["repository"].Value, match.Groups["tag"].Value, match.Groups["digest"].Value) : null;
        return match.Success;
    }

    [GeneratedRegex(
        """\A(?<repository>([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*)(:(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(@(?<digest>sha256:[0-9a-f]{64}))?\z""",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ReferenceRegex();
}
