using System.Runtime.CompilerServices;
using AvaConsole.Core.Schemas.Validation.Json;
using AvaConsole.Core.Schemas.Validation.Patterns;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>A named form of text.</summary>
/// <param name="Name">As the schema names it.</param>
/// <param name="Check">True where the text, without escapes, has the form.</param>
internal sealed record StringFormat(string Name, StringCheck Check);

internal delegate bool StringCheck(ReadOnlySpan<byte> text);

/// <summary>What a schema asks of strings.</summary>
internal sealed class StringRules
{
    public int MinLength { get; set; }

    public int MaxLength { get; set; } = int.MaxValue;

    /// <summary>Lengths are bytes of UTF-8 instead of characters.</summary>
    public bool CountsBytes { get; init; }

    public List<PatternMatcher> Patterns { get; } = [];

    public List<StringFormat> Formats { get; } = [];

    public bool IsEmpty => MinLength == 0 && MaxLength == int.MaxValue && Patterns.Count == 0 && Formats.Count == 0;

    // Not inlined: see PlainObject.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Evaluate(ref ValidationRun run, int row)
    {
        // A character is one to four bytes: most lengths need no counting.
        ref readonly var value = ref run.Rows[row];
        var fits = (!value.IsEscaped && value.Length <= MaxLength && value.Length > (MinLength - 1L) * 4) || HasLength(ref run, row);
        return Patterns.Count == 0 && Formats.Count == 0 ? fits : EvaluateForm(ref run, row, fits);
    }

    private bool EvaluateForm(ref ValidationRun run, int row, bool fits)
    {
        foreach (var pattern in Patterns)
        {
            if (!fits && !run.IsCollecting)
            {
                return false;
            }

            fits &= Matches(ref run, row, pattern);
        }

        foreach (var format in Formats)
        {
            if (!format.Check(run.Text(row)))
            {
                fits = run.IsCollecting && run.Fail(row, Keyword.Format, format.Name);
            }
        }

        return fits;
    }

    private bool HasLength(ref ValidationRun run, int row)
    {
        if (MinLength == 0 && MaxLength == int.MaxValue)
        {
            return true;
        }

        var text = run.Text(row);
        var length = CountsBytes ? text.Length : JsonText.CountCharacters(text);
        if (length < MinLength)
        {
            return run.IsCollecting && run.Fail(row, Keyword.MinLength, length, MinLength);
        }

        return length <= MaxLength || (run.IsCollecting && run.Fail(row, Keyword.MaxLength, length, MaxLength));
    }

    private static bool Matches(ref ValidationRun run, int row, PatternMatcher pattern) => pattern.Match(run.Text(row), run.Buffers) switch
    {
        PatternResult.Match => true,
        PatternResult.TooSlow => run.Abort(row, Keyword.PatternTooSlow, pattern.Source),
        _ => run.IsCollecting && run.Fail(row, Keyword.Pattern, pattern.Source),
    };
}
