using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace AvaConsole.Core.Schemas.Validation.Json;

/// <summary>The characters of JSON strings, as UTF-8.</summary>
internal static class JsonText
{
    public static bool IsHex(ReadOnlySpan<byte> digits)
    {
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Writes a string's text without escapes and returns its length; <paramref name="target"/> must be as long as the text. Half a surrogate
    /// pair is written as three bytes, so that two strings are equal where their characters are.
    /// </summary>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var length = 0;
        for (var at = 0; at < text.Length;)
        {
            var plain = text[at..].IndexOf((byte)'\\');
            plain = plain < 0 ? text.Length - at : plain;
            text.Slice(at, plain).CopyTo(target[length..]);
            (at, length) = (at + plain, length + plain);
            if (at < text.Length)
            {
                at += UnescapeOne(text[at..], target, ref length);
            }
        }

        return length;
    }

    private static int UnescapeOne(ReadOnlySpan<byte> text, Span<byte> target, ref int length)
    {
        if (text[1] != 'u')
        {
            target[length++] = text[1] switch
            {
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                var same => same,
            };
            return 2;
        }

        var unit = Hex(text.Slice(2, 4));
        var used = 6;
        if (char.IsHighSurrogate((char)unit) && text.Length >= 12 && text[6] == '\\' && text[7] == 'u')
        {
            var low = Hex(text.Slice(8, 4));
            if (char.IsLowSurrogate((char)low))
            {
                (unit, used) = (char.ConvertToUtf32((char)unit, (char)low), 12);
            }
        }

        length += Encode(unit, target[length..]);
        return used;
    }

    private static int Encode(int value, Span<byte> target)
    {
        if (Rune.TryCreate(value, out var rune))
        {
            return rune.EncodeToUtf8(target);
        }

        target[0] = (byte)(0xe0 | (value >> 12));
        target[1] = (byte)(0x80 | ((value >> 6) & 0x3f));
        target[2] = (byte)(0x80 | (value & 0x3f));
        return 3;
    }

    private static int Hex(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out ushort value, out _, 'X') ? value : throw new InvalidOperationException("The parser let a bad escape through.");

    /// <summary>Characters (code points) of a text without escapes: the bytes that do not continue another.</summary>
    public static int CountCharacters(ReadOnlySpan<byte> text)
    {
        var count = 0;
        var at = 0;
        if (Vector.IsHardwareAccelerated && text.Length >= Vector<byte>.Count)
        {
            foreach (var block in MemoryMarshal.Cast<byte, Vector<sbyte>>(text))
            {
                // Continuation bytes are 0x80 to 0xbf: -128 to -65.
                var starts = Vector.GreaterThan(block, new Vector<sbyte>(-65));
                count -= Vector.Sum(Vector.AsVectorSByte(starts));
                at += Vector<byte>.Count;
            }
        }

        foreach (var value in text[at..])
        {
            count += (sbyte)value > -65 ? 1 : 0;
        }

        return count;
    }

    /// <summary>A text for people: cut where it is long, whole characters only.</summary>
    public static string Shorten(ReadOnlySpan<byte> text, int most = 64)
    {
        var shown = Encoding.UTF8.GetString(text.Length > most * 4 ? text[..(most * 4)] : text);
        var length = 0;
        foreach (var rune in shown.EnumerateRunes())
        {
            if (length + rune.Utf16SequenceLength > most)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{shown.AsSpan(0, length)}…");
            }

            length += rune.Utf16SequenceLength;
        }

        return shown;
    }
}
