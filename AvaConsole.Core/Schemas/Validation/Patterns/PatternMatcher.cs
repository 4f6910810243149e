using System.Text.RegularExpressions;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation.Engine;

namespace AvaConsole.Core.Schemas.Validation.Patterns;

internal enum PatternResult
{
    NoMatch,
    Match,

    /// <summary>The pattern needs more time than a text may take.</summary>
    TooSlow,
}

/// <summary>
/// A pattern of ECMA-262, ready to match. It runs in time proportional to the text where the framework's automaton can run it, and under a time
/// limit where it cannot (look-around, back-references).
/// </summary>
internal sealed class PatternMatcher
{
    private const int MaxLength = 65_536;

    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(250);

    private readonly Regex _regex;

    private PatternMatcher(string source, Regex regex) => (Source, _regex) = (source, regex);

    /// <summary>As the schema writes it.</summary>
    public string Source { get; }

    /// <summary>An error with code <c>pattern.*</c> says why the text is no pattern.</summary>
    public static Result<PatternMatcher> Compile(string source)
    {
        if (source.Length > MaxLength)
        {
            return new InvalidError("", "pattern.too_long", MaxLength);
        }

        var translated = EcmaPattern.Translate(source);
        if (!translated.IsSuccess)
        {
            return translated.Error;
        }

        try
        {
            return new PatternMatcher(source, Build(translated.Value));
        }
        catch (ArgumentException)
        {
            return new InvalidError("", "pattern.invalid", source);
        }
    }

    public PatternResult Match(ReadOnlySpan<byte> text, RunBuffers buffers)
    {
        try
        {
            return _regex.IsMatch(buffers.Chars(text)) ? PatternResult.Match : PatternResult.NoMatch;
        }
        catch (RegexMatchTimeoutException)
        {
            return PatternResult.TooSlow;
        }
    }

    private static Regex Build(TranslatedPattern pattern)
    {
        if (pattern.IsRegular)
        {
            try
            {
                return new Regex(pattern.Text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, s_limit);
            }
            catch (NotSupportedException)
            {
                // Counted repetitions that the automaton would be too large for.
            }
        }

        return new Regex(pattern.Text, RegexOptions.CultureInvariant, s_limit);
    }
}
