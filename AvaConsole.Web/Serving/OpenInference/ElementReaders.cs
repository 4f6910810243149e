using System.Globalization;
using System.Numerics;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>Reads one element of a tensor from its JSON.</summary>
internal interface IElementReader<T>
    where T : unmanaged
{
    /// <param name="at">On the element's first byte; afterwards behind the element. Where there is a fault, on the element.</param>
    static abstract ElementFault Read(ReadOnlySpan<byte> json, ref int at, out T value);
}

/// <summary>Integers: every digit counts, and no double is in between.</summary>
internal readonly struct IntegerReader<T> : IElementReader<T>
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    public static ElementFault Read(ReadOnlySpan<byte> json, ref int at, out T value)
    {
        value = default;
        var index = at;
        var isNegative = index < json.Length && json[index] == '-';
        index += isNegative ? 1 : 0;
        var start = index;
        var (magnitude, isTooLong) = (0UL, false);
        for (uint digit; index < json.Length && (digit = json[index] - (uint)'0') <= 9; index++)
        {
            var high = Math.BigMul(magnitude, 10, out var low);
            magnitude = low + digit;
            isTooLong |= high != 0 || magnitude < low;
        }

        if (index == start)
        {
            return ElementFaults.OfOther(json, at, isNumber: true);
        }

        if (json[start] == '0' && index - start > 1)
        {
            return ElementFault.NotJson;
        }

        if (index < json.Length && json[index] is (byte)'.' or (byte)'e' or (byte)'E')
        {
            return JsonDecimal.TryScan(json, ref at, out _) ? ElementFault.NotWhole : ElementFault.NotJson;
        }

        // The lowest is one further from zero than the highest; -0 is 0, also where there are no negative numbers.
        var highest = ulong.CreateTruncating(T.MaxValue);
        var limit = !isNegative ? highest : T.IsZero(T.MinValue) ? 0 : highest + 1;
        if (isTooLong || magnitude > limit)
        {
            return ElementFault.OutOfRange;
        }

        value = T.CreateTruncating(isNegative ? 0 - magnitude : magnitude);
        at = index;
        return ElementFault.None;
    }
}

internal readonly struct DoubleReader : IElementReader<double>
{
    public static ElementFault Read(ReadOnlySpan<byte> json, ref int at, out double value)
    {
        var start = at;
        if (!JsonDecimal.TryScan(json, ref at, out var number))
        {
            value = 0;
            return ElementFaults.OfOther(json, at, isNumber: true);
        }

        if (!number.IsExactInDouble || !number.TryApproximate(out value))
        {
            value = double.Parse(json[start..at], NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        return double.IsFinite(value) ? ElementFault.None : ElementFault.OutOfRange;
    }
}

internal readonly struct SingleReader : IElementReader<float>
{
    private const long BelowSingle = (1L << 29) - 1;
    private const long Midpoint = 1L << 28;

    public static ElementFault Read(ReadOnlySpan<byte> json, ref int at, out float value)
    {
        if (TryReadShort(json, ref at, out value))
        {
            return ElementFault.None;
        }

        var start = at;
        if (!JsonDecimal.TryScan(json, ref at, out var number))
        {
            value = 0;
            return ElementFaults.OfOther(json, at, isNumber: true);
        }

        if (number.TryApproximate(out var near) && IsClear(near))
        {
            value = (float)near;
        }
        else
        {
            value = float.Parse(json[start..at], NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        return float.IsFinite(value) ? ElementFault.None : ElementFault.OutOfRange;
    }

    /// <summary>One digit, a point and up to eight more, as nearly all numbers of pictures and probabilities are; false for any other form.</summary>
    private static bool TryReadShort(ReadOnlySpan<byte> json, ref int at, out float value)
    {
        value = 0;
        var index = at;
        var isNegative = (uint)index < (uint)json.Length && json[index] == '-';
        index += isNegative ? 1 : 0;
        uint whole;
        if (index + 1 >= json.Length || (whole = json[index] - (uint)'0') > 9 || json[index + 1] != '.'
            || !DigitGroup.Read(json[(index + 2)..], out var fraction, out var length))
        {
            return false;
        }

        index += length + 2;
        if ((uint)index < (uint)json.Length && (json[index] - (uint)'0' <= 9 || (json[index] | 0x20) == 'e'))
        {
            return false;
        }

        var near = ((whole * DigitGroup.Power(length)) + fraction) * DigitGroup.InversePower(length);
        if (!IsClear(near))
        {
            return false;
        }

        value = (float)(isNegative ? -near : near);
        at = index;
        return true;
    }

    // Rounded twice, only what lies next to the middle of two floats can come out wrong.
    private static bool IsClear(double near) => Math.Abs((BitConverter.DoubleToInt64Bits(near) & BelowSingle) - Midpoint) > ElementFaults.Doubt;
}

internal readonly struct HalfReader : IElementReader<Half>
{
    private const long BelowMidpoint = (1L << 41) - 1;

    public static ElementFault Read(ReadOnlySpan<byte> json, ref int at, out Half value)
    {
        var start = at;
        if (!JsonDecimal.TryScan(json, ref at, out var number))
        {
            value = default;
            return ElementFaults.OfOther(json, at, isNumber: true);
        }

        // Small halves have fewer bits: any multiple of the last bit but one may be a middle.
        var isNear = number.TryApproximate(out var near);
        var below = BitConverter.DoubleToInt64Bits(near) & BelowMidpoint;
        value = isNear && (number.IsSmallInteger || below is > ElementFaults.Doubt and < BelowMidpoint - ElementFaults.Doubt)
            ? (Half)near
            : Half.Parse(json[start..at], NumberStyles.Float, CultureInfo.InvariantCulture);
        return Half.IsFinite(value) ? ElementFault.None : ElementFault.OutOfRange;
    }
}

/// <summary>BF16, the upper half of a float: to the nearest, halves to even.</summary>
internal readonly struct BFloat16Reader : IElementReader<ushort>
{
    private const uint Infinity = 0x7F80;

    public static ElementFault Read(ReadOnlySpan<byte> json, ref int at, out ushort value)
    {
        value = 0;
        var fault = DoubleReader.Read(json, ref at, out var number);
        if (fault != ElementFault.None)
        {
            return fault;
        }

        // A float that is off, made odd in its last bit, lies on the same side of every middle as the number itself.
        var single = (float)number;
        var bits = BitConverter.SingleToUInt32Bits(single);
        if (single != number && float.IsFinite(single) && (bits & 1) == 0)
        {
            bits = Math.Abs(number) > Math.Abs((double)single) ? bits + 1 : bits - 1;
        }

        value = BFloat16.Round(bits);
        return (value & Infinity) == Infinity ? ElementFault.OutOfRange : ElementFault.None;
    }
}

internal readonly struct BooleanReader : IElementReader<byte>
{
    public static ElementFault Read(ReadOnlySpan<byte> json, ref int at, out byte value)
    {
        var rest = json[at..];
        value = rest.StartsWith("true"u8) ? (byte)1 : (byte)0;
        if (value == 0 && !rest.StartsWith("false"u8))
        {
            return ElementFaults.OfOther(json, at, isNumber: false);
        }

        at += value == 1 ? 4 : 5;
        return ElementFault.None;
    }
}

internal static class ElementFaults
{
    /// <summary>Units in a double's last place by which a quick reading may be off, and some.</summary>
    public const long Doubt = 4;

    /// <summary>Why there is no element of the wanted kind.</summary>
    /// <param name="isNumber">Numbers are wanted, which clients may have that JSON has no form for.</param>
    public static ElementFault OfOther(ReadOnlySpan<byte> json, int at, bool isNumber)
    {
        var rest = json[at..];
        if (isNumber && (rest.StartsWith("null"u8) || rest.StartsWith("NaN"u8) || rest.StartsWith("\"NaN"u8) || IsInfinity(rest)))
        {
            return ElementFault.NoJsonForm;
        }

        return rest.IsEmpty || rest[0] is not ((byte)'"' or (byte)'{' or (byte)'[' or (byte)'t' or (byte)'f' or (byte)'n' or (>= (byte)'0' and <= (byte)'9'))
            ? ElementFault.NotJson
            : rest[0] is >= (byte)'0' and <= (byte)'9' && isNumber ? ElementFault.NotJson : ElementFault.WrongKind;
    }

    private static bool IsInfinity(ReadOnlySpan<byte> rest)
    {
        rest = rest.StartsWith("\""u8) ? rest[1..] : rest;
        rest = rest.StartsWith("-"u8) ? rest[1..] : rest;
        return rest.StartsWith("Inf"u8);
    }
}
