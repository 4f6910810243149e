using System.Globalization;
using System.Text.RegularExpressions;

namespace AvaConsole.Core.Schemas.Compatibility.Rules;

/// <summary>Fills a rule's sentence. A part in brackets is left out where one of its values is empty: <c>changed[: {1} → {2}]</c>.</summary>
public static partial class RuleSentence
{
    /// <summary>The English sentence of a change, or the Chinese one.</summary>
    public static string Of(CompatibilityRule rule, IReadOnlyList<string> values, bool chinese = false) => Fill(chinese ? rule.Zh : rule.En, values);

    private static string Fill(string template, IReadOnlyList<string> values)
    {
        bool IsSaid(Match part) => Placeholder().Matches(part.Value).All(placeholder => Value(placeholder, values).Length > 0);
        var shown = Optional().Replace(template, part => IsSaid(part) ? part.Value[1..^1] : "");
        return Placeholder().Replace(shown, placeholder => Value(placeholder, values));
    }

    private static string Value(Match placeholder, IReadOnlyList<string> values)
    {
        var index = int.Parse(placeholder.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return index < values.Count ? values[index] : "";
    }

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Optional();

    [GeneratedRegex(@"\{([0-9])\}")]
    private static partial Regex Placeholder();
}
