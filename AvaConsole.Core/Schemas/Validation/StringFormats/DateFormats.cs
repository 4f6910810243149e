namespace AvaConsole.Core.Schemas.Validation.StringFormats;

/// <summary>Dates and times of RFC 3339.</summary>
internal static class DateFormats
{
    private const int DateLength = 10;

    public static bool IsDate(ReadOnlySpan<byte> text) =>
        text.Length == DateLength
        && text[4] == '-'
        && text[7] == '-'
        && TryRead(text[..4], out var year)
        && TryRead(text.Slice(5, 2), out var month)
        && TryRead(text.Slice(8, 2), out var day)
        && month is >= 1 and <= 12
        && day >= 1
        && day <= DaysIn(year, month);

    public static bool IsDateTime(ReadOnlySpan<byte> text) =>
        text.Length > DateLength + 1 && IsDate(text[..DateLength]) && (text[DateLength] | 32) == 't' && IsTime(text[(DateLength + 1)..]);

    public static bool IsTime(ReadOnlySpan<byte> text)
    {
        if (text.Length < 9 || text[2] != ':' || text[5] != ':' || !TryRead(text[..2], out var hour) || !TryRead(text.Slice(3, 2), out var minute) || !TryRead(text.Slice(6, 2), out var second))
        {
            return false;
        }

        var rest = text[8..];
        if (rest[0] == '.')
        {
            var digits = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (digits <= 0)
            {
                return false;
            }

            rest = rest[(digits + 1)..];
        }

        if (hour > 23 || minute > 59 || second > 60 || !TryReadOffset(rest, out var offset))
        {
            return false;
        }

        // A leap second ends a day of universal time, wherever the clock hangs.
        return second < 60 || ((((hour * 60) + minute - offset) % 1440) + 1440) % 1440 == 1439;
    }

    /// <summary>Units follow one another without a gap: a year, its months, their days; weeks stand alone.</summary>
    public static bool IsDuration(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[0] != 'P')
        {
            return false;
        }

        var rest = text[1..];
        if (TakeUnits(ref rest, "W"u8) == 1)
        {
            return rest.IsEmpty;
        }

        var days = TakeUnits(ref rest, "YMD"u8);
        if (rest.IsEmpty)
        {
            return days > 0;
        }

        if (rest[0] != 'T')
        {
            return false;
        }

        rest = rest[1..];
        return TakeUnits(ref rest, "HMS"u8) > 0 && rest.IsEmpty;
    }

    private static int TakeUnits(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> units)
    {
        var taken = 0;
        while (true)
        {
            var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            var unit = digits > 0 ? units.IndexOf(text[digits]) : -1;

            // After the first, only the very next unit may follow.
            if (unit < 0 || (taken > 0 && unit > 0))
            {
                return taken;
            }

            units = units[(unit + 1)..];
            text = text[(digits + 1)..];
            taken++;
        }
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1)
        {
            return (text[0] | 32) == 'z';
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':' || !TryRead(text.Slice(1, 2), out var hour) || !TryRead(text.Slice(4, 2), out var minute))
        {
            return false;
        }

        minutes = ((hour * 60) + minute) * (text[0] == '-' ? -1 : 1);
        return hour <= 23 && minute <= 59;
    }

    private static int DaysIn(int year, int month) => month switch
    {
        2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    private static bool TryRead(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
