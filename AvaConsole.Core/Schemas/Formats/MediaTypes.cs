namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Payload types and encodings as media types.</summary>
internal static class MediaTypes
{
    /// <summary>Encodings whose media type is not simply their name.</summary>
    private static readonly Dictionary<string, string> s_subtypes = new(StringComparer.Ordinal)
    {
        ["jpg"] = "jpeg",
        ["lame"] = "mpeg",
        ["pcm"] = "L16",
        ["avi"] = "x-msvideo",
        ["flv"] = "x-flv",
        ["mkv"] = "x-matroska",
        ["h264"] = "H264",
        ["h265"] = "H265",
        ["wav"] = "wav",
        ["speex-wb"] = "speex",
        ["opus-wb"] = "opus",
    };

    /// <summary>The media type of an entry's data; <c>image/*</c> where it has several encodings.</summary>
    public static string Of(PayloadEntry entry) => entry.Type switch
    {
        PayloadTypes.Image or PayloadTypes.Audio or PayloadTypes.Video => $"{entry.Type}/{(entry.Encodings is [var only] && only != "raw" ? Subtype(only) : "*")}",
        PayloadTypes.Text => "text/plain",
        PayloadTypes.Json => "application/json",
        _ => "application/octet-stream",
    };

    /// <summary>The payload type of data of a media type, and its encoding where the media type names one of those that the type has.</summary>
    public static (string Type, string Encoding) Parse(string mediaType)
    {
        var parts = mediaType.Split(';')[0].Trim().ToLowerInvariant().Split('/');
        var (family, subtype) = (parts[0], parts.Length > 1 ? parts[1] : "");
        switch (family)
        {
            case "image" or "audio" or "video":
                return (family, PayloadRules.Encodings(family).FirstOrDefault(encoding => encoding == subtype || Subtype(encoding).Equals(subtype, StringComparison.OrdinalIgnoreCase), ""));
            case "text":
                return (PayloadTypes.Text, "");
            default:
                return (subtype == "json" || subtype.EndsWith("+json", StringComparison.Ordinal) ? PayloadTypes.Json : "", "");
        }
    }

    private static string Subtype(string encoding) => s_subtypes.GetValueOrDefault(encoding, encoding);
}
