using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace AvaConsole.Core.Schemas.Formats.Python;

/// <summary>String literals: every prefix, single and triple quotes, escapes.</summary>
internal static class PythonString
{
    private const string Prefixes = "rRbBuUfFtT";

    /// <summary>True where a string starts here; the prefix may be empty.</summary>
    public static bool TryStart(string source, int at, [NotNullWhen(true)] out string? prefix)
    {
        var end = at;
        while (end < source.Length && end - at < 2 && Prefixes.Contains(source[end], StringComparison.Ordinal))
        {
            end++;
        }

        prefix = end < source.Length && source[end] is '"' or '\'' ? source[at..end].ToLowerInvariant() : null;
        return prefix is not null;
    }

    /// <param name="start">Where the quotes are.</param>
    /// <returns>What it stands for, and where it ends.</returns>
    /// <exception cref="PythonSyntaxException"/>
    public static (PythonTokenKind Kind, string Text, int End) Read(string source, int start, string prefix, int line)
    {
        var isTemplate = prefix.Contains('f', StringComparison.Ordinal) || prefix.Contains('t', StringComparison.Ordinal);
        var quote = Quote(source, start);
        var end = FindEnd(source, start + quote.Length, quote, isTemplate, line);
        var raw = source[(start + quote.Length)..end];
        var kind = isTemplate ? PythonTokenKind.Template : prefix.Contains('b', StringComparison.Ordinal) ? PythonTokenKind.Bytes : PythonTokenKind.Text;
        var text = isTemplate || prefix.Contains('r', StringComparison.Ordinal) ? raw : Decode(raw, kind == PythonTokenKind.Bytes);
        // What holds an escape that is not known here is a value that is not known here.
        return text is null ? (PythonTokenKind.Template, raw, end + quote.Length) : (kind, text, end + quote.Length);
    }

    private static string Quote(string source, int start)
    {
        var single = source[start].ToString();
        var triple = new string(source[start], 3);
        return string.CompareOrdinal(source, start, triple, 0, 3) == 0 ? triple : single;
    }

    private static int FindEnd(string source, int at, string quote, bool isTemplate, int line)
    {
        var fields = 0;
        for (; at < source.Length; at++)
        {
            if (fields == 0 && string.CompareOrdinal(source, at, quote, 0, quote.Length) == 0)
            {
                return at;
            }

            if (source[at] is '\r' or '\n' && quote.Length == 1 && fields == 0)
            {
                break;
            }

            // A backslash does not keep a brace from opening a field.
            if (source[at] == '\\' && fields == 0 && !(isTemplate && at + 1 < source.Length && source[at + 1] is '{' or '}'))
            {
                // "\" before CR LF joins lines as well: both belong to the escape.
                at += at + 2 < source.Length && source[at + 1] == '\r' && source[at + 2] == '\n' ? 2 : 1;
            }
            else if (isTemplate)
            {
                at = SkipTemplatePart(source, at, ref fields);
            }
        }

        throw new PythonSyntaxException("import.python_string_open", line);
    }

    /// <summary>Replacement fields may hold strings in the same quotes: f"{names["x"]}".</summary>
    private static int SkipTemplatePart(string source, int at, ref int fields)
    {
        var now = source[at];
        if (now is '{' or '}' && fields == 0 && at + 1 < source.Length && source[at + 1] == now)
        {
            return at + 1;
        }

        if (now == '{')
        {
            fields++;
        }
        else if (now == '}')
        {
            fields = Math.Max(0, fields - 1);
        }
        else if (fields > 0 && now is '"' or '\'')
        {
            var quote = Quote(source, at);
            var close = source.IndexOf(quote, at + quote.Length, StringComparison.Ordinal);
            return close < 0 ? source.Length : close + quote.Length - 1;
        }

        return at;
    }

    /// <summary>Null for an escape that cannot be read.</summary>
    private static string? Decode(string raw, bool isBytes)
    {
        var text = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] == '\r')
            {
                // Python reads every line break as one line feed.
                text.Append('\n');
                at += at + 1 < raw.Length && raw[at + 1] == '\n' ? 1 : 0;
            }
            else if (raw[at] != '\\' || at + 1 >= raw.Length)
            {
                text.Append(raw[at]);
            }
            else if (DecodeEscape(raw, at + 1, isBytes, text) is var next and >= 0)
            {
                at = next - 1;
            }
            else
            {
                return null;
            }
        }

        return text.ToString();
    }

    /// <summary>Returns where what follows the escape starts; -1 for one that cannot be read.</summary>
    private static int DecodeEscape(string raw, int at, bool isBytes, StringBuilder text)
    {
        const string names = "\\'\"abfnrtv";
        const string values = "\\'\"\a\b\f\n\r\t\v";
        var name = raw[at];
        if (names.IndexOf(name, StringComparison.Ordinal) is var known and >= 0)
        {
            text.Append(values[known]);
            return at + 1;
        }

        switch (name)
        {
            case '\r' or '\n':
                return at + (name == '\r' && at + 1 < raw.Length && raw[at + 1] == '\n' ? 2 : 1);
            case >= '0' and <= '7':
                var end = at + 1;
                while (end < raw.Length && end < at + 3 && raw[end] is >= '0' and <= '7')
                {
                    end++;
                }

                text.Append((char)Convert.ToInt32(raw[at..end], 8));
                return end;
            case 'x':
                return AppendCode(raw, at + 1, 2, text);
            case 'u' when !isBytes:
                return AppendCode(raw, at + 1, 4, text);
            case 'U' when !isBytes:
                return AppendCode(raw, at + 1, 8, text);
            case 'N' when !isBytes:
                // Names of characters need Unicode's own table.
                return -1;
            default:
                // Python leaves an escape that it does not know as it stands.
                text.Append('\\').Append(name);
                return at + 1;
        }
    }

    private static int AppendCode(string raw, int at, int digits, StringBuilder text)
    {
        if (at + digits > raw.Length || !uint.TryParse(raw.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code > 0x10FFFF)
        {
            return -1;
        }

        if (code <= char.MaxValue)
        {
            text.Append((char)code);
        }
        else
        {
            text.Append(char.ConvertFromUtf32((int)code));
        }

        return at + digits;
    }
}
