using System.Globalization;
using System.Text.RegularExpressions;

namespace AvaConsole.Core.Naming;

/// <summary>
/// A release's version by its parts, written <c>yyyymmdd-vxxx-i</c>: the day of the release, the version of its image, and a number where the same is
/// released again that day. The parts are what is stored; the text is made from them, and can be read in more than one way: in
/// <c>20180301-v20180228-1</c> the last number belongs to the image or to the release.
/// </summary>
/// <param name="ImageVersion">One segment of a key and of a URL, for example <c>v20180228-1</c>.</param>
/// <param name="Sequence">0 is not written.</param>
public sealed partial record AppVersion(DateOnly Date, string ImageVersion, int Sequence)
{
    /// <summary>By day, then image, then number.</summary>
    public static IComparer<AppVersion> Order { get; } = Comparer<AppVersion>.Create(Compare);

    /// <summary>The next of the same day and image.</summary>
    public AppVersion Next() => this with { Sequence = Sequence + 1 };

    /// <summary>The first, from this one on, that <paramref name="isTaken"/> does not know.</summary>
    public AppVersion NextFree(Func<string, bool> isTaken) => NameNumber.FirstFree(this, version => version.Next(), isTaken);

    /// <summary>All ways to read a text, the release's own number first; empty where it is no such version. At most two.</summary>
    public static IReadOnlyList<AppVersion> Readings(string text)
    {
        if (text.Length < 10 || text[8] != '-' || !DateOnly.TryParseExact(text.AsSpan(0, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return [];
        }

        var rest = text[9..];
        var readings = new List<AppVersion>(2);
        if (NumberedRegex().Match(rest) is { Success: true } numbered && IsImageVersion(numbered.Groups["image"].Value)
            && int.TryParse(numbered.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            readings.Add(new AppVersion(date, numbered.Groups["image"].Value, sequence));
        }

        if (IsImageVersion(rest))
        {
            readings.Add(new AppVersion(date, rest, 0));
        }

        return readings;
    }

    public override string ToString() => Sequence == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Date:yyyyMMdd}-{ImageVersion}")
        : string.Create(CultureInfo.InvariantCulture, $"{Date:yyyyMMdd}-{ImageVersion}-{Sequence}");

    /// <summary>A dated version has one number at most behind its day; any other text is as its team likes it.</summary>
    private static bool IsImageVersion(string text) => DatedRegex().IsMatch(text) || (VersionNames.IsVersion(text) && !DatedStartRegex().IsMatch(text));

    private static int Compare(AppVersion one, AppVersion other)
    {
        var byDate = one.Date.CompareTo(other.Date);
        var byImage = byDate != 0 ? byDate : NaturalOrder.Compare(one.ImageVersion, other.ImageVersion);
        return byImage != 0 ? byImage : one.Sequence.CompareTo(other.Sequence);
    }

    [GeneratedRegex("""\A(?<image>.+)-(?<number>[1-9][0-9]{0,5})\z""", RegexOptions.CultureInvariant)]
    private static partial Regex NumberedRegex();

    [GeneratedRegex("""\Av[0-9]{8}(-[1-9][0-9]{0,5})?\z""", RegexOptions.CultureInvariant)]
    private static partial Regex DatedRegex();

    [GeneratedRegex("""\Av[0-9]{8}(-|\z)""", RegexOptions.CultureInvariant)]
    private static partial Regex DatedStartRegex();
}
