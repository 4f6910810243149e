using System.Text.RegularExpressions;
using AvaConsole.Core.Images;

namespace AvaConsole.Core.Naming;

/// <summary>What a version, and the image's part of it, may look like.</summary>
public static partial class VersionNames
{
    private const int MaxImageVersion = 32;

    /// <summary>One segment of a key and of a URL: letters, digits, <c>.</c>, <c>_</c>, <c>-</c>; at most 64, beginning with a letter or digit.</summary>
    public static bool IsVersion(string? value) => value is not null && VersionRegex().IsMatch(value);

    /// <summary>
    /// <c>v20261101-1</c> from the end of the tag or, as the naming rule for images has it, of the image's name; else the tag, made fit
    /// for a key; else the beginning of the digest.
    /// </summary>
    public static string ImageVersionOf(ImageReference image)
    {
        foreach (var text in (string[])[image.Tag, image.Name])
        {
            if (DatedRegex().Match(text) is { Success: true } dated)
            {
                return dated.Groups["version"].Value;
            }
        }

        var tag = UnfitRegex().Replace(image.Tag, ".").TrimStart('.', '_', '-');
        return tag.Length > 0 ? tag[..Math.Min(tag.Length, MaxImageVersion)]
            : image.Digest.Length > 0 ? image.Digest["sha256:".Length..][..12]
            : "latest";
    }

    [GeneratedRegex("""\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z""", RegexOptions.CultureInvariant)]
    private static partial Regex VersionRegex();

    [GeneratedRegex("""(\A|[-_.])(?<version>v[0-9]{8}(-[0-9]+)?)\z""", RegexOptions.CultureInvariant)]
    private static partial Regex DatedRegex();

    [GeneratedRegex("[^A-Za-z0-9._-]", RegexOptions.CultureInvariant)]
    private static partial Regex UnfitRegex();
}
