using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using AvaConsole.Core.Configuration;

namespace AvaConsole.Core.Releases;

/// <summary>What a release's custom files may be called and where they may come from. For the form and for the host that fetches them.</summary>
public static class CustomFileRules
{
    /// <summary>Files of one release.</summary>
    public const int MaxFiles = 64;

    /// <summary>Characters of a name.</summary>
    public const int MaxName = 128;

    /// <summary>Characters of an address.</summary>
    public const int MaxUrl = 2048;

    private const int MaxNameBytes = 255;

    // What a model package itself is known by.
    private static readonly string[] s_reserved = ["model.onnx", "service.yaml"];

    /// <summary>The name becomes a file on the host, outside of the package: one visible segment of a path, and none that is the package's own.</summary>
    public static bool IsName([NotNullWhen(true)] string? name) =>
        ConfigKey.IsSegment(name) && name is { Length: <= MaxName } && !name.Contains('\\', StringComparison.Ordinal) && name.Trim() == name
        && Encoding.UTF8.GetByteCount(name) <= MaxNameBytes && name.EnumerateRunes().All(IsVisible)
        && !s_reserved.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>http or https, and no password in it. Whether it may be fetched is for the egress rules to say.</summary>
    public static bool TryParseUrl(string? text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0
        && text!.Length <= MaxUrl && !text.Any(char.IsControl);

    // Format characters turn the writing direction, so that "txt.slebal" reads as "labels.txt".
    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) && rune != Rune.ReplacementChar;
}
