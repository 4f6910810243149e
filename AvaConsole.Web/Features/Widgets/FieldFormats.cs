using System.Globalization;

namespace AvaConsole.Web.Features.Widgets;

/// <summary>How a value is written into and read from a text field.</summary>
public interface IFieldFormat<TValue>
{
    string Write(TValue? value);

    bool TryRead(string text, out TValue? value);

    bool AreSame(TValue? left, TValue? right);
}

/// <summary>The formats that forms need. Numbers are written with a point in every language: they are JSON numbers.</summary>
public static class FieldFormats
{
    public static IFieldFormat<decimal?> Number { get; } = new NumberFormat();

    public static IFieldFormat<int?> Integer { get; } = new IntegerFormat();

    public static IFieldFormat<IReadOnlyList<string>> List { get; } = new ListFormat();

    public static IFieldFormat<IReadOnlyList<long>> Shape { get; } = new ShapeFormat();

    private sealed class NumberFormat : IFieldFormat<decimal?>
    {
        public string Write(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

        public bool TryRead(string text, out decimal? value)
        {
            var read = decimal.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
            value = read ? number : null;
            return read || string.IsNullOrWhiteSpace(text);
        }

        public bool AreSame(decimal? left, decimal? right) => left == right;
    }

    private sealed class IntegerFormat : IFieldFormat<int?>
    {
        public string Write(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

        public bool TryRead(string text, out int? value)
        {
            var read = int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
            value = read ? number : null;
            return read || string.IsNullOrWhiteSpace(text);
        }

        public bool AreSame(int? left, int? right) => left == right;
    }

    /// <summary><c>raw, gzip</c>; the Chinese comma separates as well.</summary>
    private sealed class ListFormat : IFieldFormat<IReadOnlyList<string>>
    {
        public string Write(IReadOnlyList<string>? value) => string.Join(", ", value ?? []);

        public bool TryRead(string text, out IReadOnlyList<string>? value)
        {
            value = text.Split([',', '，', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return true;
        }

        public bool AreSame(IReadOnlyList<string>? left, IReadOnlyList<string>? right) => (left ?? []).SequenceEqual(right ?? []);
    }

    /// <summary><c>-1, 3, 224, 224</c>.</summary>
    private sealed class ShapeFormat : IFieldFormat<IReadOnlyList<long>>
    {
        public string Write(IReadOnlyList<long>? value) => string.Join(", ", value ?? []);

        public bool TryRead(string text, out IReadOnlyList<long>? value)
        {
            List.TryRead(text, out var parts);
            var numbers = new List<long>();
            foreach (var part in parts!)
            {
                if (!long.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                {
                    value = null;
                    return false;
                }

                numbers.Add(number);
            }

            value = numbers;
            return true;
        }

        public bool AreSame(IReadOnlyList<long>? left, IReadOnlyList<long>? right) => (left ?? []).SequenceEqual(right ?? []);
    }
}
