using System.Text;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.Patterns;

namespace AvaConsole.Core.Schemas.Validation.StringFormats;

/// <summary>The formats of JSON Schema's validation vocabulary.</summary>
internal static class KnownFormats
{
    private static readonly Dictionary<string, StringCheck> s_checks = new(StringComparer.Ordinal)
    {
        ["date"] = DateFormats.IsDate,
        ["time"] = DateFormats.IsTime,
        ["date-time"] = DateFormats.IsDateTime,
        ["duration"] = DateFormats.IsDuration,
        ["email"] = text => Ascii.IsValid(text) && EmailFormat.IsEmail(text),
        ["idn-email"] = EmailFormat.IsEmail,
        ["hostname"] = HostFormats.IsHostname,
        ["idn-hostname"] = HostFormats.IsIdnHostname,
        ["ipv4"] = AddressFormats.IsIpv4,
        ["ipv6"] = AddressFormats.IsIpv6,
        ["uri"] = text => UriFormats.IsUri(text, isReference: false, isInternational: false),
        ["uri-reference"] = text => UriFormats.IsUri(text, isReference: true, isInternational: false),
        ["iri"] = text => UriFormats.IsUri(text, isReference: false, isInternational: true),
        ["iri-reference"] = text => UriFormats.IsUri(text, isReference: true, isInternational: true),
        ["uri-template"] = UriTemplateFormat.IsUriTemplate,
        ["uuid"] = IsUuid,
        ["json-pointer"] = IsPointer,
        ["relative-json-pointer"] = IsRelativePointer,
        ["regex"] = text => EcmaPattern.Translate(Encoding.UTF8.GetString(text)).IsSuccess,
    };

    /// <summary>Null for a format that nobody knows; it constrains nothing.</summary>
    public static StringCheck? Find(string name) => s_checks.GetValueOrDefault(name);

    private static bool IsUuid(ReadOnlySpan<byte> text)
    {
        if (text.Length != 36)
        {
            return false;
        }

        for (var at = 0; at < text.Length; at++)
        {
            var isHyphen = at is 8 or 13 or 18 or 23;
            if (isHyphen ? text[at] != '-' : !char.IsAsciiHexDigit((char)text[at]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPointer(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '~' && (at + 1 == text.Length || text[at + 1] is not ((byte)'0' or (byte)'1')))
            {
                return false;
            }
        }

        return text[0] == '/';
    }

    private static bool IsRelativePointer(ReadOnlySpan<byte> text)
    {
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length : digits;
        if (digits == 0 || (digits > 1 && text[0] == '0'))
        {
            return false;
        }

        var rest = text[digits..];
        return rest.SequenceEqual("#"u8) || IsPointer(rest);
    }
}
