using System.Buffers.Text;
using System.Text;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>What a schema asks of numbers. Bounds are exact; null for none.</summary>
internal sealed class NumberRules
{
    private const int PlainDigits = 18;

    private readonly List<(Keyword Keyword, JsonNumber Bound, string Text)> _bounds = [];
    private readonly List<(JsonNumber Divisor, string Text)> _divisors = [];
    private long _least = long.MinValue;
    private long _most = long.MaxValue;
    private bool _isPlain = true;
    private bool _isInclusive = true;

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

        _isInclusive &= keyword is Keyword.Minimum or Keyword.Maximum;
        switch (keyword)
        {
            case Keyword.Minimum:
                _least = Math.Max(_least, small);
                break;
            case Keyword.ExclusiveMinimum:
                _least = Math.Max(_least, small + 1);
                break;
            case Keyword.Maximum:
                _most = Math.Min(_most, small);
                break;
            default:
                _most = Math.Min(_most, small - 1);
                break;
        }
    }

    public void AddDivisor(string text) => _divisors.Add((JsonNumber.Parse(text), text));

    public bool Evaluate(ref ValidationRun run, int row)
    {
        var text = run.Raw(row);
        if (_isPlain && _divisors.Count == 0 && run.Rows[row].IsPlainInteger && text.Length <= PlainDigits && IsWithin(text))
        {
            return true;
        }

        var value = JsonNumber.Parse(text);
        return (_isPlain && _isInclusive && _divisors.Count == 0 && value.IsWithin(_least, _most)) || EvaluateExactly(ref run, row, value);
    }

    private bool IsWithin(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out long value, out _) && value >= _least && value <= _most;

    private bool EvaluateExactly(ref ValidationRun run, int row, JsonNumber value)
    {
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
