using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>Regular expressions: they compile, and no text makes them run for minutes.</summary>
internal static class PatternLint
{
    // Judging a pattern costs more than all other rules together, and a draft is judged at every key stroke, mostly unchanged.
    private static readonly ConditionalWeakTable<ApiParameter, string> s_verdicts = [];

    public static void Check(LintSite<ApiParameter> site, ApiParameter parameter, LintSink sink)
    {
        if (parameter.Pattern.Length == 0)
        {
            return;
        }

        if (parameter.Type != ParameterTypes.String)
        {
            sink.Add("schema.pattern_wrong_type", site.Member("Pattern"), site.Fix(now => now.Type == ParameterTypes.String ? now : now with { Pattern = "" }), parameter.Type);
        }
        else if (s_verdicts.GetValue(parameter, static known => Judge(known.Pattern)) is { Length: > 0 } rule)
        {
            sink.Add(rule, site.Member("Pattern"), null, parameter.Pattern);
        }
    }

    /// <returns>The rule that it breaks; empty for none.</returns>
    private static string Judge(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
        }
        catch (ArgumentException)
        {
            return "schema.pattern_invalid";
        }

        return PatternRisk.IsCatastrophic(pattern) ? "schema.pattern_catastrophic" : "";
    }
}
