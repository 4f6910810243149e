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

    // Classes such as \p{L} are hundreds of ranges: the automaton takes a second to build, and the time limit bounds the other engine as well.
    private const int MaxAutomatonLength = 2048;

    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(250);

    private readonly BytePattern? _bytes;
    private readonly Regex? _regex;

    private PatternMatcher(string source, BytePattern? bytes, Regex? regex) => (Source, _bytes, _regex) = (source, bytes, regex);

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
            var bytes = BytePattern.Find(source);
            return new PatternMatcher(source, bytes, bytes is null ? Build(translated.Value) : null);
        }
        catch (ArgumentException)
        {
            return new InvalidError("", "pattern.invalid", source);
        }
    }

    public PatternResult Match(ReadOnlySpan<byte> text, RunBuffers buffers)
    {
        if (_bytes is not null)
        {
            return _bytes.IsMatch(text) ? PatternResult.Match : PatternResult.NoMatch;
        }

        try
        {
            return _regex!.IsMatch(buffers.Chars(text)) ? PatternResult.Match : PatternResult.NoMatch;
        }
        catch (RegexMatchTimeoutException)
        {
            return PatternResult.TooSlow;
        }
    }

    private static Regex Build(TranslatedPattern pattern)
    {
        if (pattern.IsRegular && pattern.Text.Length <= MaxAutomatonLength)
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
