using System.Globalization;
using System.Text.RegularExpressions;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>
/// Patterns for the gateway, whose expressions run in linear time: the same language but for a few spellings, without looking around or back. Those spellings
/// are replaced by ones that both understand.
/// </summary>
internal static partial class GatewayPattern
{
    private const int MaxRepetition = 1000;
    private const int MaxHexEscape = 0xff;

    /// <summary>The pattern as both spell it: <c>\u4e00</c> is the character itself, a group's name is left out.</summary>
    public static string Write(string pattern) =>
        NamedGroup().Replace(CodePoint().Replace(pattern, Character), "${before}(");

    /// <summary>What the gateway does not have; empty for a pattern that it can run.</summary>
    public static string Missing(string pattern)
    {
        if (Around().Match(pattern) is { Success: true } around)
        {
            return around.Groups["what"].Value;
        }

        if (Write(pattern).EnumerateRunes().Any(rune => rune.Value == 0xfffd))
        {
            return "\\u";
        }

        var repetition = Repetition().Matches(pattern).FirstOrDefault(match => !int.TryParse(match.Groups["count"].Value, out var count) || count > MaxRepetition);
        return repetition?.Value ?? "";
    }

    private static string Character(Match match)
    {
        var code = int.Parse(match.Groups["hex"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        // Below 256 a character may mean something in a pattern; \x is understood everywhere.
        return match.Groups["before"].Value + (code <= MaxHexEscape ? $"\\x{code:x2}" : ((char)code).ToString());
    }

    [GeneratedRegex(@"(?<before>(?<!\\)(\\\\)*)\\u(?<hex>[0-9A-Fa-f]{4})", RegexOptions.CultureInvariant)]
    private static partial Regex CodePoint();

    [GeneratedRegex(@"(?<before>(?<!\\)(\\\\)*)\(\?<[A-Za-z_]\w*>", RegexOptions.CultureInvariant)]
    private static partial Regex NamedGroup();

    [GeneratedRegex(@"(?<!\\)(\\\\)*(?<what>\(\?<?[=!]|\\[1-9]|\\k<|\\c[A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Around();

    [GeneratedRegex(@"\{(\d*,)?(?<count>\d+),?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Repetition();
}
