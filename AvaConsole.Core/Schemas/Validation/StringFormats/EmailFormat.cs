using System.Buffers;

namespace AvaConsole.Core.Schemas.Validation.StringFormats;

/// <summary>Mailboxes of RFC 5321 §4.1.2, with RFC 6531's characters beyond ASCII.</summary>
internal static class EmailFormat
{
    private static readonly SearchValues<byte> s_atom = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~"u8);

    public static bool IsEmail(ReadOnlySpan<byte> text)
    {
        var at = text.LastIndexOf((byte)'@');
        return at > 0 && at < text.Length - 1 && IsLocal(text[..at]) && IsDomain(text[(at + 1)..]);
    }

    private static bool IsLocal(ReadOnlySpan<byte> local)
    {
        if (local[0] == '"')
        {
            return local.Length >= 2 && local[^1] == '"' && IsQuoted(local[1..^1]);
        }

        foreach (var range in local.Split((byte)'.'))
        {
            var atom = local[range];
            if (atom.IsEmpty)
            {
                return false;
            }

            foreach (var value in atom)
            {
                if (value < 128 && !s_atom.Contains(value))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsQuoted(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] is (byte)'"' or < 32 or 127)
            {
                return false;
            }

            if (at >= text.Length)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDomain(ReadOnlySpan<byte> domain)
    {
        if (domain[0] != '[')
        {
            return System.Text.Ascii.IsValid(domain) ? HostFormats.IsHostname(domain) : HostFormats.IsIdnHostname(domain);
        }

        var literal = domain[^1] == ']' ? domain[1..^1] : [];
        return literal.StartsWith("IPv6:"u8) ? AddressFormats.IsIpv6(literal[5..]) : AddressFormats.IsIpv4(literal);
    }
}
