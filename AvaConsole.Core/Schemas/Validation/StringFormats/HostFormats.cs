using System.Text;

namespace AvaConsole.Core.Schemas.Validation.StringFormats;

/// <summary>Names of hosts: RFC 1123 §2.1, RFC 5890 and RFC 5891 for those with characters beyond ASCII.</summary>
internal static class HostFormats
{
    private const int MaxName = 253;
    private const int MaxLabel = 63;

    public static bool IsHostname(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > MaxName || !Ascii.IsValid(text))
        {
            return false;
        }

        foreach (var range in text.Split((byte)'.'))
        {
            if (!IsAsciiLabel(Encoding.ASCII.GetString(text[range])))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsIdnHostname(ReadOnlySpan<byte> text)
    {
        // IDNA's full stops, besides the usual one.
        var name = Encoding.UTF8.GetString(text).Replace('\u3002', '.').Replace('\uff0e', '.').Replace('\uff61', '.');
        var length = 0;
        foreach (var label in name.Split('.'))
        {
            var encoded = Ascii.IsValid(label) ? label : "xn--" + Punycode.Encode(label);
            length += encoded.Length + 1;
            if (encoded.Length is 0 or > MaxLabel || !(Ascii.IsValid(label) ? IsAsciiLabel(label) : IdnLabel.IsValid(label)))
            {
                return false;
            }
        }

        return length - 1 <= MaxName;
    }

    private static bool IsAsciiLabel(string label)
    {
        if (label.Length is 0 or > MaxLabel || label[0] == '-' || label[^1] == '-' || !label.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '-'))
        {
            return false;
        }

        if (label.Length < 4 || label[2] != '-' || label[3] != '-')
        {
            return true;
        }

        // Such names are kept for encodings, of which there is one; it must say what could not be said in ASCII.
        return label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase)
            && Punycode.Decode(label[4..]) is { Length: > 0 } decoded
            && !Ascii.IsValid(decoded)
            && IdnLabel.IsValid(decoded);
    }
}
