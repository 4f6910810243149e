using System.Text.RegularExpressions;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Patterns for the gateway, whose expressions run in linear time: the same language but for a few spellings, without looking around or back.</summary>
internal static partial class GatewayPattern
{
    private const int MaxRepetition = 1000;

    /// <summary>The pattern as the gateway spells it.</summary>
    public static string Write(string pattern) =>
        NamedGroup().Replace(CodePoint().Replace(pattern, match => $"{match.Groups["before"].Value}\\x{{{match.Groups["hex"].Value}}}"), "${before}(?P<");

    /// <summary>What the gateway does not have; empty for a pattern that it can run.</summary>
    public static string Missing(string pattern)
    {
        if (Around().Match(pattern) is { Success: true } around)
        {
            return around.Groups["what"].Value;
        }

        var repetition = Repetition().Matches(pattern).FirstOrDefault(match => !int.TryParse(match.Groups["count"].Value, out var count) || count > MaxRepetition);
        return repetition?.Value ?? "";
    }

    [GeneratedRegex(@"(?<before>(?<!\\)(\\\\)*)\\u(?<hex>[0-9A-Fa-f]{4})", RegexOptions.CultureInvariant)]
    private static partial Regex CodePoint();

    [GeneratedRegex(@"(?<before>(?<!\\)(\\\\)*)\(\?<(?=[A-Za-z_])", RegexOptions.CultureInvariant)]
    private static partial Regex NamedGroup();

    [GeneratedRegex(@"(?<!\\)(\\\\)*(?<what>\(\?<?[=!]|\\[1-9]|\\k<|\\c[A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Around();

    [GeneratedRegex(@"\{(\d*,)?(?<count>\d+),?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Repetition();
}
