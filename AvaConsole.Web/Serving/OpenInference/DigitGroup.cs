using System.Buffers.Binary;
using System.Numerics;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>
/// Up to eight decimal digits at once, as the bytes of one register: a tensor's numbers are mostly fractions of seven to nine digits, and taking
/// them one by one is most of the time of reading them.
/// </summary>
internal static class DigitGroup
{
    /// <summary>Digits in a group at most.</summary>
    public const int Most = 8;

    private const ulong Zeros = 0x3030_3030_3030_3030;
    private const ulong HighBits = 0x8080_8080_8080_8080;

    private static readonly ulong[] s_powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    private static readonly double[] s_inverses = [1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8];

    /// <param name="text">Begins with the digits.</param>
    /// <param name="value">The number that they are.</param>
    /// <param name="length">How many, 1 to 8: fewer than 8 where another byte follows them.</param>
    /// <returns>False where there is no digit, or where fewer than eight bytes are left to look at.</returns>
    public static bool Read(ReadOnlySpan<byte> text, out ulong value, out int length)
    {
        (value, length) = (0, 0);
        if (!BinaryPrimitives.TryReadUInt64LittleEndian(text, out var bytes))
        {
            return false;
        }

        // Digits become 0 to 9. What is above 9 gets its highest bit set; a carry out of it only reaches bytes behind it.
        bytes ^= Zeros;
        var others = ((bytes + 0x7676_7676_7676_7676) | bytes) & HighBits;
        length = BitOperations.TrailingZeroCount(others) / 8;
        if (length == 0)
        {
            return false;
        }

        // To the register's upper end: zeros come before the digits, which are weighed in pairs, fours and all.
        bytes <<= 8 * (Most - length);
        bytes = (bytes * 10) + (bytes >> 8);
        value = (((bytes & 0x0000_00FF_0000_00FF) * 0x000F_4240_0000_0064) + (((bytes >> 16) & 0x0000_00FF_0000_00FF) * 0x0000_2710_0000_0001)) >> 32;
        return true;
    }

    /// <summary>10^<paramref name="length"/>, 0 to 8.</summary>
    public static ulong Power(int length) => s_powers[length];

    /// <summary>10^-<paramref name="length"/>, half a unit in the last place off at most.</summary>
    public static double InversePower(int length) => s_inverses[length];
}
