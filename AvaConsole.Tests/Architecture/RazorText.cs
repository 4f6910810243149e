using System.Text.RegularExpressions;

namespace AvaConsole.Tests.Architecture;

/// <summary>
/// Finds words in the markup of a Razor file that did not come from a resource. A heuristic: it looks at text between tags and at
/// attributes that people read, after taking out code.
/// </summary>
internal static partial class RazorText
{
    // Names that are the same in every language.
    private static readonly string[] s_allowed = ["EN", "中文", "SHA-256"];

    public static IReadOnlyList<string> Find(string markup)
    {
        var text = Comments().Replace(markup, "");
        text = CodeBlock().Replace(text, "");
        text = Literal().Replace(text, "");
        text = WithoutExpressions(text);
        var found = Visible().Matches(text).Select(match => match.Groups["text"].Value)
            .Concat(ReadAttribute().Matches(text).Select(match => match.Groups["text"].Value))
            .Select(value => Entity().Replace(value, " ").Trim())
            .Where(value => Word().IsMatch(value) && !s_allowed.Contains(value));
        return [.. found];
    }

    /// <summary>Drops lines that are Razor or C#, and <c>@(…)</c> and <c>@name.member(…)["…"]</c> inside markup.</summary>
    private static string WithoutExpressions(string text)
    {
        var lines = text.Split('\n').Where(line => !CodeLine().IsMatch(line.Trim()));
        text = string.Join('\n', lines);
        string before;
        do
        {
            before = text;
            text = Bracketed().Replace(Parenthesised().Replace(text, ""), "");
        }
        while (before != text);
        return Expression().Replace(text, "");
    }

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->|<style.*?</style>|<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^@code\s*\{.*", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"<(code|pre|kbd)\b[^>]*>[^<]*</\1>")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^(@(page|using|inject|inherits|implements|attribute|layout|typeparam|rendermode|namespace|if|else|for|foreach|switch|while|key|code)\b|else\b|if\b|for\b|foreach\b|while\b|case\b|default:|break;|var\b|\{|\}|\)|return\b|@\{|[\w.\[\]]+\s*=[^<>]*;$)")]
    private static partial Regex CodeLine();

    [GeneratedRegex(@"\((?:[^()""]|""[^""]*"")*\)")]
    private static partial Regex Parenthesised();

    [GeneratedRegex(@"\[(?:[^\[\]""]|""[^""]*"")*\]")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"@[\w.?!]*(\[[^\]]*\])?[\w.?!]*")]
    private static partial Regex Expression();

    [GeneratedRegex(@">(?<text>[^<>=;{}]+)<")]
    private static partial Regex Visible();

    [GeneratedRegex(@"\b(title|alt|placeholder|aria-label|Title|Text|Label|Hint|Subtitle)=""(?<text>[^""]*)""")]
    private static partial Regex ReadAttribute();

    [GeneratedRegex(@"&\w+;")]
    private static partial Regex Entity();

    [GeneratedRegex(@"[A-Za-z]{2,}|\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Word();
}
