using System.Globalization;
using System.Text;

namespace AvaConsole.Core.Schemas.Validation.Patterns;

/// <summary>A set of Unicode characters, and the .NET expression that matches one of them in UTF-16.</summary>
internal sealed class CodePointSet
{
    private const int LastUnit = 0xffff;
    private const int Last = 0x10ffff;
    private const int FirstSurrogate = 0xd800;
    private const int LastSurrogate = 0xdfff;

    private readonly List<(int First, int Last)> _ranges = [];

    public static CodePointSet Of(params ReadOnlySpan<(int First, int Last)> ranges)
    {
        var set = new CodePointSet();
        foreach (var (first, last) in ranges)
        {
            set.Add(first, last);
        }

        return set;
    }

    public void Add(int first, int last) => _ranges.Add((first, last));

    public void Add(CodePointSet other) => _ranges.AddRange(other._ranges);

    /// <summary>Every other character. Halves of surrogate pairs are in no negated set: they are no characters.</summary>
    public CodePointSet Negate()
    {
        var others = new CodePointSet();
        var next = 0;
        foreach (var (first, last) in Merge([.. _ranges, (FirstSurrogate, LastSurrogate)]))
        {
            if (first > next)
            {
                others.Add(next, first - 1);
            }

            next = last + 1;
        }

        if (next <= Last)
        {
            others.Add(next, Last);
        }

        return others;
    }

    public string ToExpression()
    {
        var units = new StringBuilder();
        var pairs = new List<string>();
        foreach (var (first, last) in Merge(_ranges))
        {
            if (first <= LastUnit)
            {
                units.Append(Range(first, Math.Min(last, LastUnit)));
            }

            if (last > LastUnit)
            {
                AddPairs(Math.Max(first, LastUnit + 1), last, pairs);
            }
        }

        if (units.Length > 0)
        {
            pairs.Insert(0, $"[{units}]");
        }

        return pairs.Count switch
        {
            0 => @"[^\u0000-\uffff]",
            1 => units.Length > 0 ? pairs[0] : $"(?:{pairs[0]})",
            _ => $"(?:{string.Join('|', pairs)})",
        };
    }

    private static List<(int First, int Last)> Merge(List<(int First, int Last)> ranges)
    {
        var merged = new List<(int First, int Last)>();
        foreach (var range in ranges.OrderBy(range => range.First))
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    /// <summary>A range beyond the first plane as pairs: first its ragged ends, then whole blocks of low halves.</summary>
    private static void AddPairs(int first, int last, List<string> pairs)
    {
        while (first <= last)
        {
            var (high, low) = Split(first);
            var end = Math.Min(last, first + (LastSurrogate - low));
            var (_, lowEnd) = Split(end);
            var highEnd = high;
            while (low == 0xdc00 && lowEnd == 0xdfff && end + 0x400 <= last)
            {
                end += 0x400;
                highEnd++;
            }

            pairs.Add($"[{Range(high, highEnd)}][{Range(low, lowEnd)}]");
            first = end + 1;
        }
    }

    private static (int High, int Low) Split(int character)
    {
        var offset = character - 0x10000;
        return (FirstSurrogate + (offset >> 10), 0xdc00 + (offset & 0x3ff));
    }

    private static string Range(int first, int last) => first == last ? Unit(first) : $"{Unit(first)}-{Unit(last)}";

    public static string Unit(int unit) => string.Create(CultureInfo.InvariantCulture, $"\\u{unit:x4}");
}
