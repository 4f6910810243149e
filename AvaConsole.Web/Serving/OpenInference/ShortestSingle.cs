using System.Globalization;
using System.Numerics;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>
/// Writes a 32-bit float with the fewest digits that read back as the same float, the nearest of them where there are several, as JSON has numbers:
/// <c>0.1</c>, <c>16777216</c>, <c>1.5e-7</c>. By Schubfach (R. Giulietti, "The Schubfach way to render doubles", 2020) with 64-bit powers of ten. An
/// answer is mostly such numbers, and the framework's own formatting takes several times as long for each.
/// </summary>
internal static class ShortestSingle
{
    /// <summary>Bytes that any value fits into: sign, nine digits, point, exponent, or the zeros of a small number.</summary>
    public const int Longest = 24;

    private const int FractionBits = 23;
    private const int LeastExponent = -149;
    private const uint HiddenBit = 1u << FractionBits;

    /// <summary>Of the powers of ten that scale 2^-149 to 2^104 to integers of at most nine digits.</summary>
    private const int LeastPower = -31;
    private const int GreatestPower = 45;

    // From where a plain number would be longer than one with an exponent.
    private const int MostLeadingZeros = 4;
    private const int MostPlainDigits = 15;

    private static readonly ulong[] s_powers = [.. Enumerable.Range(LeastPower, GreatestPower - LeastPower + 1).Select(Power)];

    /// <param name="value">Finite.</param>
    /// <param name="target">At least <see cref="Longest"/> bytes.</param>
    /// <returns>How many were written.</returns>
    public static int Write(float value, Span<byte> target)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        var at = 0;
        if ((int)bits < 0)
        {
            target[at++] = (byte)'-';
        }

        var (fraction, biased) = (bits & (HiddenBit - 1), (int)(bits >> FractionBits) & 0xFF);
        var (significand, exponent) = biased == 0 ? (fraction, LeastExponent) : (fraction | HiddenBit, biased + LeastExponent - 1);
        if (exponent is <= 0 and > -FractionBits - 1 && (significand & ((1u << -exponent) - 1)) == 0)
        {
            return at + Digits(significand >> -exponent, target[at..]);
        }

        if (significand == 0)
        {
            target[at] = (byte)'0';
            return at + 1;
        }

        var (digits, power) = Shortest(significand, exponent);
        return at + Place(digits, power, target[at..]);
    }

    /// <summary>The decimal <c>digits · 10^power</c> for <c>significand · 2^exponent</c>.</summary>
    private static (uint Digits, int Power) Shortest(uint significand, int exponent)
    {
        // Below a power of two the neighbour is only half as far away.
        var isRegular = significand != HiddenBit || exponent == LeastExponent;
        var power = FloorLog10(exponent, isRegular);
        var shift = exponent + FloorLog2OfPower(-power) + 1;
        var scale = s_powers[-power - LeastPower];

        // In quarters of the decimal's unit: the value, and half way to its neighbours, which an even significand still owns.
        var middle = Scale(scale, (4 * significand) << shift);
        var outside = significand & 1;
        var lower = Scale(scale, ((4 * significand) - (isRegular ? 2u : 1u)) << shift) + outside;
        var upper = Scale(scale, ((4 * significand) + 2) << shift) - outside;

        var whole = middle / 4;
        if (whole >= 10)
        {
            var tens = whole / 10;
            var (isBelow, isAbove) = (lower <= 40 * tens, (40 * tens) + 40 <= upper);
            if (isBelow != isAbove)
            {
                return (isAbove ? tens + 1 : tens, power + 1);
            }
        }

        var (isFloor, isCeiling) = (lower <= 4 * whole, (4 * whole) + 4 <= upper);
        var rest = middle - (4 * whole);
        var isUp = isFloor != isCeiling ? isCeiling : rest > 2 || (rest == 2 && (whole & 1) == 1);
        return (isUp ? whole + 1 : whole, power);
    }

    /// <summary>The product's upper part; its last bit says whether anything was cut off ("round to odd").</summary>
    private static uint Scale(ulong scale, uint scaled)
    {
        var high = Math.BigMul(scale, (ulong)scaled, out var low);
        return (uint)high | (low >> 32 > 1 ? 1u : 0u);
    }

    private static int Place(uint digits, int power, Span<byte> target)
    {
        while (digits % 10 == 0)
        {
            (digits, power) = (digits / 10, power + 1);
        }

        var count = Digits(digits, target);
        var point = count + power;
        return point switch
        {
            > MostPlainDigits or < -MostLeadingZeros => Scientific(target, count, point - 1),
            <= 0 => Shifted(target, count, -point),
            _ when power >= 0 => Padded(target, count, power),
            _ => Pointed(target, count, point),
        };
    }

    private static int Padded(Span<byte> target, int count, int zeros)
    {
        target.Slice(count, zeros).Fill((byte)'0');
        return count + zeros;
    }

    private static int Shifted(Span<byte> target, int count, int zeros)
    {
        target[..count].CopyTo(target[(zeros + 2)..]);
        target[..(zeros + 2)].Fill((byte)'0');
        target[1] = (byte)'.';
        return count + zeros + 2;
    }

    private static int Pointed(Span<byte> target, int count, int point)
    {
        target[point..count].CopyTo(target[(point + 1)..]);
        target[point] = (byte)'.';
        return count + 1;
    }

    private static int Scientific(Span<byte> target, int count, int exponent)
    {
        var at = count == 1 ? 1 : Pointed(target, count, 1);
        target[at++] = (byte)'e';
        exponent.TryFormat(target[at..], out var length, default, CultureInfo.InvariantCulture);
        return at + length;
    }

    private static int Digits(uint value, Span<byte> target)
    {
        value.TryFormat(target, out var length, default, CultureInfo.InvariantCulture);
        return length;
    }

    /// <summary>Of 2^exponent, or of three quarters of it; exact for the exponents of a float.</summary>
    private static int FloorLog10(int exponent, bool isRegular) => ((exponent * 1262611) - (isRegular ? 0 : 524031)) >> 22;

    private static int FloorLog2OfPower(int power) => (power * 1741647) >> 19;

    /// <summary>The first 64 bits of 10^power, rounded up.</summary>
    private static ulong Power(int power)
    {
        var shift = FloorLog2OfPower(power) - 63;
        var (numerator, denominator) = power >= 0 ? (BigInteger.Pow(10, power), BigInteger.One) : (BigInteger.One, BigInteger.Pow(10, -power));
        return (ulong)((shift >= 0 ? numerator / (denominator << shift) : (numerator << -shift) / denominator) + 1);
    }
}
