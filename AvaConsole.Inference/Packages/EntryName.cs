using System.Globalization;
using System.Text;

namespace AvaConsole.Inference.Packages;

/// <summary>Checks the names in an archive. They become paths on this machine.</summary>
internal static class EntryName
{
    private const int MaxSegmentBytes = 255;

    /// <summary>The path's segments; none for the archive's own root (<c>./</c>).</summary>
    /// <exception cref="PackageRejectedException">The name leads out of the folder or cannot be a path.</exception>
    public static IReadOnlyList<string> Parse(string name, UnpackLimits limits)
    {
        var shown = Show(name);
        if (name.StartsWith('/') || name.Contains('\\', StringComparison.Ordinal) || name is [_, ':', ..])
        {
            throw new PackageRejectedException(shown, "package.path_traversal", shown);
        }

        var segments = name.Split('/').ToList();
        segments.RemoveAll(segment => segment is "" or ".");
        if (segments.Contains(".."))
        {
            throw new PackageRejectedException(shown, "package.path_traversal", shown);
        }

        if (!segments.TrueForAll(IsSafe))
        {
            throw new PackageRejectedException(shown, "package.bad_name", shown);
        }

        return segments.Count <= limits.Depth ? segments : throw new PackageRejectedException(shown, "package.too_deep", shown, limits.Depth);
    }

    /// <summary>Without what would change how the text around it is shown, and not longer than a line.</summary>
    public static string Show(string name)
    {
        var shown = string.Concat(name.EnumerateRunes().Select(rune => IsVisible(rune) ? rune.ToString() : $"\\u{rune.Value:x4}"));
        return shown.Length <= 200 ? shown : shown[..200] + "…";
    }

    private static bool IsSafe(string segment) =>
        Encoding.UTF8.GetByteCount(segment) <= MaxSegmentBytes && segment.EnumerateRunes().All(IsVisible);

    // Format characters turn the writing direction, so that "gnp.exe" reads as "exe.png".
    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) && rune.Value != 0xFFFD;
}
