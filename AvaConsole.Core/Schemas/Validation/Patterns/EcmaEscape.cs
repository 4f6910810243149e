using System.Globalization;

namespace AvaConsole.Core.Schemas.Validation.Patterns;

/// <summary>Reads one character or one set of characters of a pattern.</summary>
internal static class EcmaEscape
{
    private static readonly CodePointSet s_digits = CodePointSet.Of(('0', '9'));
    private static readonly CodePointSet s_words = CodePointSet.Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));

    private static readonly CodePointSet s_spaces = CodePointSet.Of(
        (9, 13), (32, 32), (0xa0, 0xa0), (0x1680, 0x1680), (0x2000, 0x200a), (0x2028, 0x2029), (0x202f, 0x202f), (0x205f, 0x205f), (0x3000, 0x3000), (0xfeff, 0xfeff));

    /// <summary>A character that stands for itself, both halves of it.</summary>
    public static int ReadCharacter(string source, ref int at)
    {
        if (char.IsHighSurrogate(source[at]) && at + 1 < source.Length && char.IsLowSurrogate(source[at + 1]))
        {
            at += 2;
            return char.ConvertToUtf32(source[at - 2], source[at - 1]);
        }

        return source[at++];
    }

    /// <summary><c>\d</c>, <c>\w</c>, <c>\s</c>, <c>\p{…}</c> and their opposites; null for anything else.</summary>
    public static CodePointSet? ReadClass(string source, ref int at)
    {
        if (at + 1 >= source.Length || source[at] != '\\')
        {
            return null;
        }

        var letter = source[at + 1];
        var set = char.ToLowerInvariant(letter) switch
        {
            'd' => s_digits,
            'w' => s_words,
            's' => s_spaces,
            'p' => ReadProperty(source, ref at),
            _ => null,
        };
        if (set is null)
        {
            return null;
        }

        at += 2;
        return char.IsAsciiLetterUpper(letter) ? set.Negate() : set;
    }

    /// <summary>An escape that stands for one character.</summary>
    public static int ReadOne(string source, ref int at)
    {
        if (at + 1 >= source.Length)
        {
            throw new PatternException("\\ at the end");
        }

        var letter = source[at + 1];
        at += 2;
        return letter switch
        {
            't' => '\t',
            'n' => '\n',
            'v' => '\v',
            'f' => '\f',
            'r' => '\r',
            '0' when at >= source.Length || !char.IsAsciiDigit(source[at]) => 0,
            'c' when at < source.Length && char.IsAsciiLetter(source[at]) => source[at++] % 32,
            'x' => ReadHex(source, ref at, 2),
            'u' => ReadUnicode(source, ref at),
            _ when char.IsAsciiLetterOrDigit(letter) => throw new PatternException($"unknown escape \\{letter}"),
            _ => ReadIdentity(source, ref at),
        };
    }

    private static int ReadIdentity(string source, ref int at)
    {
        at--;
        return ReadCharacter(source, ref at);
    }

    private static int ReadUnicode(string source, ref int at)
    {
        if (at < source.Length && source[at] == '{')
        {
            var end = source.IndexOf('}', at);
            if (end < 0 || !int.TryParse(source.AsSpan(at + 1, end - at - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || value is < 0 or > 0x10ffff)
            {
                throw new PatternException("bad \\u{…}");
            }

            at = end + 1;
            return value;
        }

        var unit = ReadHex(source, ref at, 4);
        if (char.IsHighSurrogate((char)unit) && source.AsSpan(at).StartsWith(@"\u", StringComparison.Ordinal))
        {
            var behind = at + 2;
            var low = ReadHex(source, ref behind, 4);
            if (char.IsLowSurrogate((char)low))
            {
                at = behind;
                return char.ConvertToUtf32((char)unit, (char)low);
            }
        }

        return unit;
    }

    private static int ReadHex(string source, ref int at, int digits)
    {
        if (at + digits > source.Length || !int.TryParse(source.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw new PatternException("bad hexadecimal escape");
        }

        at += digits;
        return value;
    }

    private static CodePointSet ReadProperty(string source, ref int at)
    {
        var end = at + 2 < source.Length && source[at + 2] == '{' ? source.IndexOf('}', at) : -1;
        var found = end < 0 ? null : UnicodeProperties.Find(source[(at + 3)..end]);
        if (found is null)
        {
            throw new PatternException("unknown property of \\p{…}");
        }

        // The caller goes on behind the two characters that every class has.
        at = end - 1;
        return found;
    }
}
