using System.Buffers;

namespace AvaConsole.Core.Schemas.Validation.StringFormats;

/// <summary>RFC 6570.</summary>
internal static class UriTemplateFormat
{
    private static readonly SearchValues<byte> s_noLiteral = SearchValues.Create("\"<>\\^`|} "u8);
    private static readonly SearchValues<byte> s_name = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_."u8);

    public static bool IsUriTemplate(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            var used = text[0] == '{' ? Expression(text) : Literal(text);
            if (used == 0)
            {
                return false;
            }

            text = text[used..];
        }

        return true;
    }

    private static int Literal(ReadOnlySpan<byte> text)
    {
        if (text[0] == '%')
        {
            return IsEncoded(text) ? 3 : 0;
        }

        return text[0] < 32 || text[0] == 127 || s_noLiteral.Contains(text[0]) ? 0 : 1;
    }

    private static bool IsEncoded(ReadOnlySpan<byte> text) => text.Length >= 3 && text[0] == '%' && Json.JsonText.IsHex(text.Slice(1, 2));

    private static int Expression(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'}');
        if (end < 2)
        {
            return 0;
        }

        var body = text[1..end];
        body = "+#./;?&=,!@|"u8.Contains(body[0]) ? body[1..] : body;
        foreach (var range in body.Split((byte)','))
        {
            if (!IsVariable(body[range]))
            {
                return 0;
            }
        }

        return end + 1;
    }

    private static bool IsVariable(ReadOnlySpan<byte> text)
    {
        if (text.EndsWith("*"u8))
        {
            text = text[..^1];
        }
        else if (text.IndexOf((byte)':') is var colon and >= 0)
        {
            var length = text[(colon + 1)..];
            if (length.Length is 0 or > 4 || length[0] == '0' || length.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                return false;
            }

            text = text[..colon];
        }

        for (var at = 0; at < text.Length; at++)
        {
            if (IsEncoded(text[at..]))
            {
                at += 2;
            }
            else if (!s_name.Contains(text[at]))
            {
                return false;
            }
        }

        return !text.IsEmpty && text[0] != '.' && text[^1] != '.' && text.IndexOf(".."u8) < 0;
    }
}
