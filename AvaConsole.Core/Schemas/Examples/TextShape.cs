using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>What a text looks like.</summary>
internal static partial class TextShape
{
    private const int LeastBase64 = 64;

    // First bytes of the usual files, as base64 begins with them.
    private static readonly (string Start, string Type, string Encoding)[] s_files =
    [
        ("iVBORw0KGgo", PayloadTypes.Image, "png"),
        ("/9j/", PayloadTypes.Image, "jpg"),
        ("R0lGOD", PayloadTypes.Image, "gif"),
        ("Qk", PayloadTypes.Image, "bmp"),
        ("UklGR", PayloadTypes.Audio, "wav"),
        ("SUQz", PayloadTypes.Audio, "lame"),
        ("AAAAIGZ0eXA", PayloadTypes.Video, "mp4"),
        ("GkXfo", PayloadTypes.Video, "mkv"),
    ];

    /// <summary>The JSON Schema format; empty for none.</summary>
    public static string FormatOf(string text) => text switch
    {
        "" => "",
        _ when DateTimeRegex().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) => "date-time",
        _ when DateRegex().IsMatch(text) && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => "date",
        _ when TimeRegex().IsMatch(text) => "time",
        _ when UuidRegex().IsMatch(text) => "uuid",
        _ when EmailRegex().IsMatch(text) => "email",
        _ when text.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out _) => "uri",
        _ when Ipv4Regex().IsMatch(text) && IPAddress.TryParse(text, out _) => "ipv4",
        _ when text.Contains("::", StringComparison.Ordinal) && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 => "ipv6",
        _ => "",
    };

    /// <summary>The payload entry that the text is the data of; null where it is a text.</summary>
    public static PayloadEntry? FileOf(string text)
    {
        if (DataUriRegex().Match(text) is { Success: true } uri)
        {
            return OfMediaType(uri.Groups["main"].Value.ToLowerInvariant(), uri.Groups["sub"].Value.ToLowerInvariant());
        }

        return text.Length >= LeastBase64 && Base64.IsValid(text) && s_files.FirstOrDefault(file => text.StartsWith(file.Start, StringComparison.Ordinal)) is { Type: not null } file
            ? new PayloadEntry { Type = file.Type, Encodings = [file.Encoding] }
            : null;
    }

    private static PayloadEntry OfMediaType(string main, string sub)
    {
        var type = (main, sub) switch
        {
            ("image", _) => PayloadTypes.Image,
            ("audio", _) => PayloadTypes.Audio,
            ("video", _) => PayloadTypes.Video,
            (_, "json") => PayloadTypes.Json,
            ("text", _) => PayloadTypes.Text,
            _ => PayloadTypes.Image,
        };
        var encoding = sub switch
        {
            "jpeg" => "jpg",
            "mpeg" or "mp3" => "lame",
            "x-wav" or "wave" => "wav",
            _ => sub,
        };
        return new PayloadEntry { Type = type, Encodings = PayloadRules.Encodings(type).Contains(encoding) ? [encoding] : [] };
    }

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)\z", RegexOptions.CultureInvariant)]
    private static partial Regex DateTimeRegex();

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\d\z", RegexOptions.CultureInvariant)]
    private static partial Regex DateRegex();

    [GeneratedRegex(@"\A([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimeRegex();

    [GeneratedRegex(@"\A[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\z", RegexOptions.CultureInvariant)]
    private static partial Regex UuidRegex();

    [GeneratedRegex(@"\A[^@\s]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+\z", RegexOptions.CultureInvariant)]
    private static partial Regex EmailRegex();

    [GeneratedRegex(@"\A\d{1,3}(\.\d{1,3}){3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Ipv4Regex();

    [GeneratedRegex(@"\Adata:(?<main>[A-Za-z]+)/(?<sub>[A-Za-z0-9.+-]+)[^,]{0,100},", RegexOptions.CultureInvariant)]
    private static partial Regex DataUriRegex();
}
