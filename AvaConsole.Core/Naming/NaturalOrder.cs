namespace AvaConsole.Core.Naming;

/// <summary>Order of texts with numbers in them as people count: <c>v9</c> before <c>v10</c>. Else by code point.</summary>
public sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    int IComparer<string>.Compare(string? x, string? y) => Compare(x ?? "", y ?? "");

    public static int Compare(string first, string second)
    {
        var (left, right) = (0, 0);
        while (left < first.Length && right < second.Length)
        {
            var order = char.IsAsciiDigit(first[left]) && char.IsAsciiDigit(second[right])
                ? CompareNumbers(Number(first, ref left), Number(second, ref right))
                : first[left++].CompareTo(second[right++]);
            if (order != 0)
            {
                return order;
            }
        }

        var rest = (first.Length - left).CompareTo(second.Length - right);
        return rest != 0 ? rest : string.CompareOrdinal(first, second);
    }

    private static ReadOnlySpan<char> Number(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text.AsSpan(start, at - start).TrimStart('0');
    }

    private static int CompareNumbers(ReadOnlySpan<char> first, ReadOnlySpan<char> second) =>
        first.Length != second.Length ? first.Length.CompareTo(second.Length) : first.CompareTo(second, StringComparison.Ordinal);
}
