using System.Globalization;
using System.Numerics;

namespace AvaConsole.Core.Schemas.Formats.Python;

/// <summary>Values from tokens: literals, lists, dictionaries, calls with such arguments. Everything else is <see cref="PythonUnreadable"/>.</summary>
internal static class PythonLiterals
{
    private const int MaxDepth = 64;
    private const int MaxExponent = 28;

    /// <exception cref="PythonSyntaxException"/>
    public static PythonValue Read(PythonTokens tokens, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            throw new PythonSyntaxException("import.python_too_deep", tokens[0].Line, MaxDepth);
        }

        // "x = 1, 2" is a tuple.
        if (!tokens.IsEmpty && tokens.IndexOf(",") >= 0)
        {
            return new PythonList(tokens[0].Line, ReadItems(tokens, depth));
        }

        return tokens.IsEmpty ? new PythonUnreadable(0, "") : ReadOne(tokens, depth) ?? new PythonUnreadable(tokens[0].Line, tokens.Text);
    }

    /// <exception cref="PythonSyntaxException"/>
    public static IReadOnlyList<PythonArgument> ReadArguments(PythonTokens tokens, int depth = 0) =>
        [.. tokens.Split(",").Where(part => !part.IsEmpty).Select(part => ReadArgument(part, depth))];

    private static PythonArgument ReadArgument(PythonTokens tokens, int depth)
    {
        if (tokens[0].Is("*") || tokens[0].Is("**"))
        {
            return new PythonArgument(tokens[0].Text, new PythonUnreadable(tokens[0].Line, tokens.Text));
        }

        var equals = tokens.IndexOf("=");
        return equals == 1 && tokens[0].Kind == PythonTokenKind.Name
            ? new PythonArgument(tokens[0].Text, Read(tokens.From(2), depth + 1))
            : new PythonArgument(null, Read(tokens, depth + 1));
    }

    private static PythonValue[] ReadItems(PythonTokens tokens, int depth) => [.. tokens.Split(",").Select(part => Read(part, depth + 1))];

    private static PythonValue? ReadOne(PythonTokens tokens, int depth)
    {
        var first = tokens[0];
        return first.Kind switch
        {
            PythonTokenKind.Number when tokens.Count == 1 => ReadNumber(first, isNegative: false),
            PythonTokenKind.Text or PythonTokenKind.Bytes => ReadText(tokens),
            PythonTokenKind.Name => ReadNamed(tokens, depth),
            PythonTokenKind.Operator when first.Text is "-" or "+" && tokens.Count == 2 && tokens[1].Kind == PythonTokenKind.Number => ReadNumber(tokens[1], first.Text == "-"),
            PythonTokenKind.Operator when first.Text is "(" or "[" or "{" && tokens.CloseOf(0) == tokens.Count - 1 => ReadBracket(tokens, depth),
            _ => null,
        };
    }

    /// <summary>Strings that follow one another are one string.</summary>
    private static PythonText? ReadText(PythonTokens tokens)
    {
        var parts = Enumerable.Range(0, tokens.Count).Select(index => tokens[index]).ToList();
        return parts.All(part => part.Kind is PythonTokenKind.Text or PythonTokenKind.Bytes)
            ? new PythonText(tokens[0].Line, string.Concat(parts.Select(part => part.Text)))
            : null;
    }

    private static PythonValue? ReadNamed(PythonTokens tokens, int depth)
    {
        var line = tokens[0].Line;
        if (tokens.DottedName is { } name)
        {
            return name switch
            {
                "True" => new PythonBoolean(line, true),
                "False" => new PythonBoolean(line, false),
                "None" => new PythonNone(line),
                _ => new PythonName(line, name),
            };
        }

        return tokens.CallBracket is var bracket and > 0
            ? new PythonCall(line, tokens.Take(bracket).DottedName!, ReadArguments(tokens.Inside(bracket), depth + 1))
            : null;
    }

    private static PythonValue ReadBracket(PythonTokens tokens, int depth)
    {
        var (line, inside) = (tokens[0].Line, tokens.Inside(0));
        if (tokens[0].Is("{") && (inside.IsEmpty || inside.IndexOf(":") >= 0))
        {
            return ReadDictionary(line, inside, depth);
        }

        // Brackets around one value are no tuple.
        return tokens[0].Is("(") && !inside.IsEmpty && inside.IndexOf(",") < 0
            ? Read(inside, depth + 1)
            : new PythonList(line, ReadItems(inside, depth));
    }

    private static PythonValue ReadDictionary(int line, PythonTokens inside, int depth)
    {
        var entries = new List<(PythonValue Key, PythonValue Value)>();
        foreach (var part in inside.Split(","))
        {
            var colon = part.IndexOf(":");
            if (colon < 0)
            {
                // "{**others}"
                return new PythonUnreadable(line, inside.Text);
            }

            entries.Add((Read(part.Take(colon), depth + 1), Read(part.From(colon + 1), depth + 1)));
        }

        return new PythonDictionary(line, entries);
    }

    private static PythonNumber? ReadNumber(PythonToken token, bool isNegative)
    {
        var text = token.Text.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        var isInteger = !text.AsSpan().ContainsAny(".ej") || text.StartsWith("0x", StringComparison.Ordinal);
        if ((isInteger ? ReadInteger(text) : ReadFloat(text)) is not { } number)
        {
            return null;
        }

        return new PythonNumber(token.Line, isNegative ? -number : number, isInteger);
    }

    /// <summary>Null for what does not fit in a decimal; no schema has such a bound.</summary>
    private static decimal? ReadInteger(string text)
    {
        var (digits, bits) = text switch
        {
            ['0', 'x', .. var hex] => (hex, 4),
            ['0', 'o', .. var octal] => (octal, 3),
            ['0', 'b', .. var binary] => (binary, 1),
            _ => (text, 0),
        };
        if (bits == 0)
        {
            return decimal.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        }

        var value = BigInteger.Zero;
        foreach (var digit in digits)
        {
            var worth = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : int.MaxValue;
            if (worth >= 1 << bits || value > long.MaxValue)
            {
                return null;
            }

            value = (value << bits) + worth;
        }

        return digits.Length == 0 ? null : (decimal)value;
    }

    private static decimal? ReadFloat(string text)
    {
        const NumberStyles style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var exponent = text.IndexOf('e', StringComparison.Ordinal);
        if (exponent >= 0 && (!int.TryParse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power) || Math.Abs(power) > MaxExponent))
        {
            return null;
        }

        return decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
