using System.Runtime.CompilerServices;
using System.Text;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>What a schema asks of numbers. Bounds are exact; null for none.</summary>
internal sealed class NumberRules
{
    private readonly List<(Keyword Keyword, JsonNumber Bound, string Text)> _bounds = [];
    private readonly List<(JsonNumber Divisor, string Text)> _divisors = [];
    private long _least = long.MinValue;
    private long _most = long.MaxValue;
    private long _above = long.MinValue;
    private long _below = long.MaxValue;
    private bool _isPlain = true;

    /// <summary>Numbers that the models' own number type cannot hold are told as such, not as being out of bounds.</summary>
    public bool RefusesHuge { get; init; }

    /// <param name="text">The bound as the schema writes it.</param>
    public void AddBound(Keyword keyword, string text)
    {
        var bound = JsonNumber.Parse(text);
        _bounds.Add((keyword, bound, text));
        if (!bound.TryGetSmall(out var small))
        {
            _isPlain = false;
            return;
        }

        // A whole number is compared with the bound that takes it in, one with a fraction with either kind.
        if (keyword is Keyword.Minimum or Keyword.ExclusiveMinimum)
        {
            _above = Math.Max(_above, small);
            _least = Math.Max(_least, keyword == Keyword.Minimum ? small : small + 1);
        }
        else
        {
            _below = Math.Min(_below, small);
            _most = Math.Min(_most, keyword == Keyword.Maximum ? small : small - 1);
        }
    }

    public void AddDivisor(string text)
    {
        _isPlain = false;
        _divisors.Add((JsonNumber.Parse(text), text));
    }

    // Not inlined: see PlainObject.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Evaluate(ref ValidationRun run, int row)
    {
        var text = run.Raw(row);
        return (_isPlain && run.Rows[row].IsPlainDecimal && IsSurelyWithin(text)) || EvaluateExactly(ref run, row);
    }

    /// <summary>Most numbers, by the digits before their point alone; false says nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsSurelyWithin(ReadOnlySpan<byte> text)
    {
        if (!JsonNumber.TryParseWhole(text, out var whole, out var used))
        {
            return false;
        }

        if (used == text.Length)
        {
            return whole >= _least && whole <= _most;
        }

        // Strictly between two whole numbers, unless its fraction is but zeros.
        var isNegative = text[0] == '-';
        return text[^1] != '0' && (isNegative ? whole - 1 : whole) >= _above && (isNegative ? whole : whole + 1) <= _below;
    }

    private bool EvaluateExactly(ref ValidationRun run, int row)
    {
        var value = JsonNumber.Parse(run.Raw(row));
        if (RefusesHuge && value.IsBeyondDecimal)
        {
            return run.IsCollecting && run.Fail(row, Keyword.NumberTooLarge, Show(ref run, row));
        }

        var fits = true;
        foreach (var (keyword, bound, text) in _bounds)
        {
            var order = JsonNumber.Compare(value, bound);
            var isWithin = keyword switch
            {
                Keyword.Minimum => order >= 0,
                Keyword.ExclusiveMinimum => order > 0,
                Keyword.Maximum => order <= 0,
                _ => order < 0,
            };
            if (!isWithin)
            {
                fits = run.IsCollecting && run.Fail(row, keyword, Show(ref run, row), text);
            }
        }

        foreach (var (divisor, text) in _divisors)
        {
            if (!value.IsMultipleOf(divisor))
            {
                fits = run.IsCollecting && run.Fail(row, Keyword.MultipleOf, Show(ref run, row), text);
            }
        }

        return fits;
    }

    private static string Show(ref ValidationRun run, int row) => Encoding.ASCII.GetString(run.Raw(row)) is { Length: <= 64 } text ? text : JsonText.Shorten(run.Raw(row));
}
