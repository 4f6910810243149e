using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AvaConsole.Core.Naming;

/// <summary>
/// An image's recommended name by its parts, written <c>ava-caffe-gpu-classify-v20180228-1</c>: framework, device where it is for one alone, what kind of
/// model, the day it was made and a number.
/// </summary>
/// <param name="Framework">Lower-case letters and digits, with <c>.</c> or <c>_</c> between them, for example <c>caffe</c>.</param>
/// <param name="Device"><c>cpu</c>, <c>gpu</c>, or empty where it runs on both.</param>
/// <param name="Kind">As the framework's name, and may have hyphens, for example <c>face-det</c>.</param>
/// <param name="Sequence">0 is not written.</param>
public sealed partial record ImageName(string Framework, string Device, string Kind, DateOnly Date, int Sequence)
{
    public const string Prefix = "ava-";
    public const string Cpu = "cpu";
    public const string Gpu = "gpu";

    /// <summary>By content, then day, then number.</summary>
    public static IComparer<ImageName> Order { get; } = Comparer<ImageName>.Create(Compare);

    /// <summary>What releases call the image by: <c>v20180228-1</c>.</summary>
    public string Version => Sequence == 0
        ? string.Create(CultureInfo.InvariantCulture, $"v{Date:yyyyMMdd}")
        : string.Create(CultureInfo.InvariantCulture, $"v{Date:yyyyMMdd}-{Sequence}");

    public static bool IsFramework(string text) => FrameworkRegex().IsMatch(text) && text is not (Cpu or Gpu);

    /// <summary>It may not begin with a device, nor have a version within, or the name could be read in two ways.</summary>
    public static bool IsKind(string text) => KindRegex().IsMatch(text) && text.Split('-')[0] is not (Cpu or Gpu) && !text.Split('-').Any(part => VersionPartRegex().IsMatch(part));

    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageName? name)
    {
        name = null;
        if (text is null || NameRegex().Match(text) is not { Success: true } match
            || !DateOnly.TryParseExact(match.Groups["date"].ValueSpan, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || !IsFramework(match.Groups["framework"].Value) || !IsKind(match.Groups["kind"].Value))
        {
            return false;
        }

        var sequence = match.Groups["number"].Success ? int.Parse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        name = new ImageName(match.Groups["framework"].Value, match.Groups["device"].Value, match.Groups["kind"].Value, date, sequence);
        return true;
    }

    /// <summary>The next of the same content and day.</summary>
    public ImageName Next() => this with { Sequence = Sequence + 1 };

    /// <summary>The first, from this one on, that <paramref name="isTaken"/> does not know.</summary>
    public ImageName NextFree(Func<string, bool> isTaken) => NameNumber.FirstFree(this, name => name.Next(), isTaken);

    public override string ToString() => $"{Prefix}{Framework}{(Device.Length == 0 ? "" : "-" + Device)}-{Kind}-{Version}";

    private static int Compare(ImageName one, ImageName other)
    {
        foreach (var order in (int[])
                 [
                     string.CompareOrdinal(one.Framework, other.Framework), string.CompareOrdinal(one.Device, other.Device), string.CompareOrdinal(one.Kind, other.Kind),
                     one.Date.CompareTo(other.Date), one.Sequence.CompareTo(other.Sequence),
                 ])
        {
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    [GeneratedRegex("""\A[a-z0-9]+([._][a-z0-9]+)*\z""", RegexOptions.CultureInvariant)]
    private static partial Regex FrameworkRegex();

    [GeneratedRegex("""\A[a-z0-9]+([._-][a-z0-9]+)*\z""", RegexOptions.CultureInvariant)]
    private static partial Regex KindRegex();

    [GeneratedRegex("""\Av[0-9]{8}\z""", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPartRegex();

    [GeneratedRegex(
        """\Aava-(?<framework>[a-z0-9._]+)(-(?<device>cpu|gpu))?-(?<kind>[a-z0-9._-]+?)-v(?<date>[0-9]{8})(-(?<number>[1-9][0-9]{0,5}))?\z""",
        RegexOptions.CultureInvariant)]
    private static partial Regex NameRegex();
}
