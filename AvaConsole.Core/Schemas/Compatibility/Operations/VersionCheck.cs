using System.Globalization;
using System.Text.RegularExpressions;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>A breaking change asks for the next major version; versions that are no semantic ones (semver.org) are not judged.</summary>
internal static partial class VersionCheck
{
    private const string Core = "(0|[1-9][0-9]*)";

    // A part of a pre-release ("-rc.1"): a number without leading zeros, or anything with a letter.
    private const string Word = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";

    public static void Check(string from, string to, ChangeSink sink)
    {
        if (Parse(from) is not { } before || Parse(to) is not { } after || sink.Changes.All(change => change.Level < ChangeLevel.Err))
        {
            return;
        }

        if (from == to)
        {
            Add(sink, "api-version-not-bumped", from, to);
        }
        else if (after.CompareTo(before) <= 0)
        {
            Add(sink, "api-version-decreased", from, to);
        }
        else if (!IsNextMajor(before, after))
        {
            Add(sink, "api-major-version-not-bumped", from, to);
        }
    }

    // Below 1.0.0 the second number has the part of the first.
    private static bool IsNextMajor((int Major, int Minor, int Patch) from, (int Major, int Minor, int Patch) to) =>
        from.Major == 0 && to.Major == 0 ? to.Minor > from.Minor : to.Major > from.Major;

    private static (int Major, int Minor, int Patch)? Parse(string version)
    {
        var match = Pattern().Match(version);
        return match.Success && Number(match, 1) is { } major && Number(match, 2) is { } minor && Number(match, 3) is { } patch ? (major, minor, patch) : null;
    }

    private static int? Number(Match match, int group) =>
        int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void Add(ChangeSink sink, string id, string from, string to) => sink.Add(id, "", "", "/info/version", "", from, to);

    [GeneratedRegex($@"^v?{Core}\.{Core}\.{Core}(-{Word}(\.{Word})*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
