using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace AvaConsole.Core.Schemas.Validation.Json;

/// <summary>
/// A JSON number, exactly: a whole number times a power of ten. Up to 18 digits are held in place; longer ones keep their digits. No power
/// of ten is ever multiplied out, so <c>1e999999999</c> costs no more than 1.
/// </summary>
internal readonly struct JsonNumber
{
    private const int SmallDigits = 18;
    private const long ExponentLimit = 1_000_000_000_000;

    private static readonly long[] s_powers = [.. Enumerable.Range(0, SmallDigits + 1).Select(exponent => (long)BigInteger.Pow(10, exponent))];

    private readonly long _small;
    private readonly byte[]? _digits;
    private readonly bool _isNegative;

    private JsonNumber(long small, byte[]? digits, bool isNegative, long exponent) =>
        (_small, _digits, _isNegative, Exponent) = (small, digits, isNegative, exponent);

    /// <summary>Power of ten; the digits do not end in 0.</summary>
    private long Exponent { get; }

    public bool IsInteger => Exponent >= 0;

    /// <summary>More than 28 digits before the point: a <see cref="decimal"/> could not hold it.</summary>
    public bool IsBeyondDecimal => !IsZero && (_digits?.Length ?? DigitsOf(_small)) + Exponent > 28;

    public bool IsZero => _small == 0 && _digits is null;

    public int Sign => IsZero ? 0 : _isNegative ? -1 : 1;

    /// <summary>The value where it is a whole number of at most 18 digits.</summary>
    public bool TryGetSmall(out long value)
    {
        value = _isNegative ? -_small : _small;
        for (var i = 0L; i < Exponent && _small != 0; i++)
        {
            if (i >= SmallDigits || Math.Abs(value) >= 100_000_000_000_000_000)
            {
                return false;
            }

            value *= 10;
        }

        return _digits is null && Exponent >= 0;
    }

    /// <summary>The digits before the point, with the sign; false where they are too many.</summary>
    /// <param name="text">A JSON number.</param>
    /// <param name="used">Bytes read: all of a number without fraction and exponent.</param>
    public static bool TryParseWhole(ReadOnlySpan<byte> text, out long value, out int used)
    {
        (value, used) = (0, text[0] == '-' ? 1 : 0);
        if (text.Length > SmallDigits)
        {
            return false;
        }

        for (; used < text.Length && (uint)(text[used] - '0') <= 9; used++)
        {
            value = (value * 10) + (text[used] - '0');
        }

        value = text[0] == '-' ? -value : value;
        return true;
    }

    /// <summary>The text must be a JSON number.</summary>
    public static JsonNumber Parse(ReadOnlySpan<byte> text) => text.Length <= SmallDigits && TryParseShort(text, out var number) ? number : ParseLong(text);

    /// <summary>Most numbers: few digits, perhaps a point, no exponent.</summary>
    private static bool TryParseShort(ReadOnlySpan<byte> text, out JsonNumber number)
    {
        var (value, point) = (0L, -1);
        for (var at = text[0] == '-' ? 1 : 0; at < text.Length; at++)
        {
            var digit = text[at] - '0';
            if ((uint)digit <= 9)
            {
                value = (value * 10) + digit;
            }
            else if (text[at] == '.')
            {
                point = at;
            }
            else
            {
                number = default;
                return false;
            }
        }

        number = FromSmall(value, text[0] == '-', point < 0 ? 0 : point + 1 - text.Length);
        return true;
    }

    private static JsonNumber ParseLong(ReadOnlySpan<byte> text)
    {
        var isNegative = text[0] == '-';
        var mark = text.IndexOfAny((byte)'e', (byte)'E');
        var exponent = mark < 0 ? 0 : ParseExponent(text[(mark + 1)..]);
        var body = text[(isNegative ? 1 : 0)..(mark < 0 ? text.Length : mark)];
        var point = body.IndexOf((byte)'.');
        exponent -= point < 0 ? 0 : body.Length - point - 1;
        return body.Length <= SmallDigits
            ? FromSmall(ParseSmall(body), isNegative, exponent)
            : FromDigits(body, point, isNegative, exponent);
    }

    public static JsonNumber Parse(string text) => Parse(Encoding.ASCII.GetBytes(text));

    public static int Compare(in JsonNumber left, in JsonNumber right)
    {
        if (left.Sign != right.Sign || left.Sign == 0)
        {
            return left.Sign.CompareTo(right.Sign);
        }

        return left.Sign * CompareMagnitude(left, right);
    }

    public static bool Equals(in JsonNumber left, in JsonNumber right) => Compare(left, right) == 0;

    /// <summary>Exact: 0.3 is a multiple of 0.1. <paramref name="divisor"/> is above 0.</summary>
    public bool IsMultipleOf(in JsonNumber divisor)
    {
        if (IsZero)
        {
            return true;
        }

        var shift = Exponent - divisor.Exponent;
        var small = _digits is null && divisor._digits is null;
        if (small && Math.Abs(shift) <= SmallDigits)
        {
            var scale = (UInt128)s_powers[Math.Abs(shift)];
            return shift >= 0
                ? (UInt128)_small * scale % (UInt128)divisor._small == 0
                : (UInt128)_small % ((UInt128)divisor._small * scale) == 0;
        }

        if (shift >= 0)
        {
            var modulus = divisor.Whole();
            return Whole() % modulus * BigInteger.ModPow(10, shift, modulus) % modulus == 0;
        }

        // The digits end in no 0, and so do the divisor's: a number divisible by 10 to the shift would have to.
        return -shift <= Digits().Length && Whole() % (divisor.Whole() * BigInteger.Pow(10, (int)-shift)) == 0;
    }

    /// <summary>The same for equal numbers.</summary>
    public override int GetHashCode()
    {
        if (_digits is null)
        {
            return HashCode.Combine(Sign, Exponent, _small);
        }

        var hash = new HashCode();
        hash.Add(Sign);
        hash.Add(Exponent);
        hash.AddBytes(_digits);
        return hash.ToHashCode();
    }

    private static int CompareMagnitude(in JsonNumber left, in JsonNumber right)
    {
        if (left._digits is null && right._digits is null && left.Exponent == right.Exponent)
        {
            return left._small.CompareTo(right._small);
        }

        var shift = left.Exponent - right.Exponent;
        if (left._digits is null && right._digits is null && Math.Abs(shift) <= SmallDigits)
        {
            var scale = (UInt128)s_powers[Math.Abs(shift)];
            return shift > 0 ? ((UInt128)left._small * scale).CompareTo((UInt128)right._small) : ((UInt128)left._small).CompareTo((UInt128)right._small * scale);
        }

        var (first, second) = (left.Digits(), right.Digits());
        var place = (first.Length + left.Exponent).CompareTo(second.Length + right.Exponent);
        return place != 0 ? place : Math.Sign(first.AsSpan().SequenceCompareTo(second));
    }

    private static long ParseSmall(ReadOnlySpan<byte> body)
    {
        var value = 0L;
        foreach (var digit in body)
        {
            value = digit == '.' ? value : (value * 10) + (digit - '0');
        }

        return value;
    }

    private static JsonNumber FromSmall(long value, bool isNegative, long exponent)
    {
        if (value == 0)
        {
            return default;
        }

        while (value % 10 == 0)
        {
            value /= 10;
            exponent++;
        }

        return new JsonNumber(value, null, isNegative, exponent);
    }

    private static JsonNumber FromDigits(ReadOnlySpan<byte> body, int point, bool isNegative, long exponent)
    {
        var digits = new byte[body.Length - (point < 0 ? 0 : 1)];
        body[..(point < 0 ? body.Length : point)].CopyTo(digits);
        body[(point < 0 ? body.Length : point + 1)..].CopyTo(digits.AsSpan(point < 0 ? body.Length : point));
        var significant = digits.AsSpan().TrimStart((byte)'0');
        var trimmed = significant.TrimEnd((byte)'0');
        exponent += significant.Length - trimmed.Length;
        return trimmed.Length <= SmallDigits
            ? FromSmall(ParseSmall(trimmed), isNegative, exponent)
            : new JsonNumber(0, trimmed.ToArray(), isNegative, exponent);
    }

    private static long ParseExponent(ReadOnlySpan<byte> text)
    {
        var digits = text[(text[0] is (byte)'+' or (byte)'-' ? 1 : 0)..].TrimStart((byte)'0');
        var value = digits.Length switch
        {
            0 => 0,
            > 12 => ExponentLimit,
            _ => Utf8Parser.TryParse(digits, out long parsed, out _) ? parsed : ExponentLimit,
        };
        return text[0] == '-' ? -value : value;
    }

    private static int DigitsOf(long value) => value == 0 ? 1 : (int)Math.Floor(Math.Log10(value)) + 1;

    private byte[] Digits() => _digits ?? Encoding.ASCII.GetBytes(_small.ToString(CultureInfo.InvariantCulture));

    private BigInteger Whole() => _digits is null ? _small : BigInteger.Parse(Encoding.ASCII.GetString(_digits), CultureInfo.InvariantCulture);
}
