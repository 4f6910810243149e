using System.Buffers;

namespace AvaConsole.Core.Schemas.Validation.StringFormats;

/// <summary>RFC 3986 and, with characters beyond ASCII, RFC 3987.</summary>
internal static class UriFormats
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private const string Delimiters = "!$&'()*+,;=";

    private static readonly SearchValues<char> s_scheme = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");
    private static readonly SearchValues<char> s_user = SearchValues.Create(Unreserved + Delimiters + ":");
    private static readonly SearchValues<char> s_host = SearchValues.Create(Unreserved + Delimiters);
    private static readonly SearchValues<char> s_path = SearchValues.Create(Unreserved + Delimiters + ":@/");
    private static readonly SearchValues<char> s_query = SearchValues.Create(Unreserved + Delimiters + ":@/?");

    public static bool IsUri(ReadOnlySpan<byte> text, bool isReference, bool isInternational)
    {
        var rest = text;
        var fragment = CutBehind(ref rest, (byte)'#');
        var query = CutBehind(ref rest, (byte)'?');
        if (!HasOnly(fragment, s_query, isInternational) || !HasOnly(query, s_query, isInternational))
        {
            return false;
        }

        var colon = rest.IndexOf((byte)':');
        var slash = rest.IndexOf((byte)'/');
        if (colon >= 0 && (slash < 0 || colon < slash))
        {
            // In a reference's first segment a colon can only end a scheme.
            if (!IsScheme(rest[..colon]))
            {
                return false;
            }

            rest = rest[(colon + 1)..];
        }
        else if (!isReference)
        {
            return false;
        }

        return IsHierarchy(rest, isInternational);
    }

    private static bool IsHierarchy(ReadOnlySpan<byte> text, bool isInternational)
    {
        if (!text.StartsWith("//"u8))
        {
            return HasOnly(text, s_path, isInternational);
        }

        text = text[2..];
        var path = text.IndexOf((byte)'/');
        path = path < 0 ? text.Length : path;
        return IsAuthority(text[..path], isInternational) && HasOnly(text[path..], s_path, isInternational);
    }

    private static bool IsAuthority(ReadOnlySpan<byte> text, bool isInternational)
    {
        var at = text.IndexOf((byte)'@');
        if (at >= 0 && !HasOnly(text[..at], s_user, isInternational))
        {
            return false;
        }

        text = text[(at + 1)..];
        if (!text.StartsWith("["u8))
        {
            var port = CutBehind(ref text, (byte)':');
            return HasOnly(text, s_host, isInternational) && !port.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        }

        var end = text.IndexOf((byte)']');
        if (end < 0 || !IsLiteral(text[1..end]))
        {
            return false;
        }

        var behind = text[(end + 1)..];
        return behind.IsEmpty || (behind[0] == ':' && !behind[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9'));
    }

    private static bool IsLiteral(ReadOnlySpan<byte> text)
    {
        if (text.Length == 0 || (text[0] | 32) != 'v')
        {
            return AddressFormats.IsIpv6(text);
        }

        var point = text.IndexOf((byte)'.');
        return point > 1 && point < text.Length - 1 && Json.JsonText.IsHex(text[1..point]) && HasOnly(text[(point + 1)..], s_user, false);
    }

    private static bool IsScheme(ReadOnlySpan<byte> text) =>
        text.Length > 0 && char.IsAsciiLetter((char)text[0]) && HasOnly(text, s_scheme, false) && !text.Contains((byte)'%');

    private static ReadOnlySpan<byte> CutBehind(ref ReadOnlySpan<byte> text, byte mark)
    {
        var at = text.IndexOf(mark);
        if (at < 0)
        {
            return [];
        }

        var behind = text[(at + 1)..];
        text = text[..at];
        return behind;
    }

    private static bool HasOnly(ReadOnlySpan<byte> text, SearchValues<char> allowed, bool isInternational)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '%')
            {
                if (at + 2 >= text.Length || !Json.JsonText.IsHex(text.Slice(at + 1, 2)))
                {
                    return false;
                }

                at += 2;
            }
            else if (text[at] < 128 ? !allowed.Contains((char)text[at]) : !isInternational)
            {
                return false;
            }
        }

        return true;
    }
}
