namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>A JSON number's digits: ±<see cref="Digits"/>·10^<see cref="Exponent"/>.</summary>
internal readonly struct JsonDecimal
{
    private const int MaxDigits = 19;
    private const int FarExponent = 100_000;
    private const ulong ExactInDouble = 1UL << 53;
    private const int ExactPower = 22;

    private static readonly double[] s_powers = [.. Enumerable.Range(0, ExactPower + 1).Select(exponent => double.Parse($"1e{exponent}", System.Globalization.CultureInfo.InvariantCulture))];

    private JsonDecimal(bool isNegative, ulong digits, int exponent, bool isWhole) =>
        (IsNegative, Digits, Exponent, IsWhole) = (isNegative, digits, exponent, isWhole);

    public bool IsNegative { get; }

    public ulong Digits { get; }

    public int Exponent { get; }

    /// <summary>False where digits were left out, because there are more than 19.</summary>
    public bool IsWhole { get; }

    /// <summary>The nearest double is got by one rounding.</summary>
    public bool IsExactInDouble => IsWhole && Digits <= ExactInDouble && Exponent is >= -ExactPower and <= ExactPower;

    /// <summary>An integer that a double holds as it is.</summary>
    public bool IsSmallInteger => IsWhole && Exponent == 0 && Digits <= ExactInDouble;

    /// <summary>A double that is at most two units in the last place off; null where only the whole text tells.</summary>
    public bool TryApproximate(out double value)
    {
        if (!IsWhole || Exponent is < -ExactPower or > ExactPower)
        {
            value = 0;
            return false;
        }

        value = Exponent < 0 ? Digits / s_powers[-Exponent] : Digits * s_powers[Exponent];
        value = IsNegative ? -value : value;
        return true;
    }

    /// <param name="at">On a digit or a minus sign; afterwards behind the number.</param>
    /// <returns>False where it is no JSON number.</returns>
    public static bool TryScan(ReadOnlySpan<byte> json, ref int at, out JsonDecimal number)
    {
        number = default;
        var index = at;
        var isNegative = index < json.Length && json[index] == '-';
        index += isNegative ? 1 : 0;
        if (!IsDigit(json, index))
        {
            return false;
        }

        var (digits, count, exponent, isWhole) = (0UL, 0, 0, true);
        if (json[index] == '0')
        {
            index++;
            if (IsDigit(json, index))
            {
                return false;
            }
        }

        for (uint digit; index < json.Length && (digit = json[index] - (uint)'0') <= 9; index++)
        {
            (digits, exponent, isWhole) = count < MaxDigits ? (digits * 10 + digit, exponent, isWhole) : (digits, exponent + 1, false);
            count++;
        }

        if (index < json.Length && json[index] == '.' && !TryScanFraction(json, ref index, ref digits, ref count, ref exponent, ref isWhole))
        {
            return false;
        }

        if (index < json.Length && (json[index] | 0x20) == 'e' && !TryScanExponent(json, ref index, ref exponent))
        {
            return false;
        }

        at = index;
        number = new JsonDecimal(isNegative, digits, exponent, isWhole);
        return true;
    }

    private static bool TryScanFraction(ReadOnlySpan<byte> json, ref int index, ref ulong digits, ref int count, ref int exponent, ref bool isWhole)
    {
        var start = ++index;
        var (value, seen) = (digits, count);
        for (uint digit; index < json.Length && (digit = json[index] - (uint)'0') <= 9; index++)
        {
            if (seen >= MaxDigits)
            {
                isWhole = false;
                continue;
            }

            value = value * 10 + digit;
            exponent--;

            // Zeros before the first other digit take no room.
            seen += value == 0 ? 0 : 1;
        }

        (digits, count) = (value, seen);
        return index > start;
    }

    private static bool TryScanExponent(ReadOnlySpan<byte> json, ref int index, ref int exponent)
    {
        index++;
        var isNegative = index < json.Length && json[index] == '-';
        index += index < json.Length && json[index] is (byte)'-' or (byte)'+' ? 1 : 0;
        if (!IsDigit(json, index))
        {
            return false;
        }

        var power = 0;
        for (uint digit; index < json.Length && (digit = json[index] - (uint)'0') <= 9; index++)
        {
            power = Math.Min(power * 10 + (int)digit, FarExponent);
        }

        exponent += isNegative ? -power : power;
        return true;
    }

    private static bool IsDigit(ReadOnlySpan<byte> json, int index) => index < json.Length && json[index] - (uint)'0' <= 9;
}
