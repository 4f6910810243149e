using System.Globalization;
using AvaConsole.Web.Features.Widgets;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>Bytes as people write them: <c>1048576</c>, <c>10 MiB</c>, <c>512k</c>. K, M and G are powers of 1024.</summary>
public sealed class ByteFormat : IFieldFormat<long?>
{
    private const string Units = "KMG";

    public static ByteFormat Instance { get; } = new();

    public string Write(long? value)
    {
        if (value is null or 0)
        {
            return value?.ToString(CultureInfo.InvariantCulture) ?? "";
        }

        var (number, unit) = (value.Value, -1);
        while (number % 1024 == 0 && unit < Units.Length - 1)
        {
            (number, unit) = (number / 1024, unit + 1);
        }

        return number.ToString(CultureInfo.InvariantCulture) + (unit < 0 ? "" : $" {Units[unit]}iB");
    }

    public bool TryRead(string text, out long? value)
    {
        value = null;
        var word = text.Trim().ToUpperInvariant();
        var end = word.AsSpan().IndexOfAny(Units);
        var factor = end < 0 ? 1L : 1L << (10 * (Units.IndexOf(word[end], StringComparison.Ordinal) + 1));
        var (number, unit) = end < 0 ? (word.TrimEnd('B').Trim(), "") : (word[..end].Trim(), word[(end + 1)..]);
        if (word.Length == 0)
        {
            return true;
        }

        if (unit is not ("" or "B" or "IB") || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var size) || size * factor > long.MaxValue)
        {
            return false;
        }

        value = (long)(size * factor);
        return true;
    }

    public bool AreSame(long? left, long? right) => left == right;
}
