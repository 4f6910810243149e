namespace AvaConsole.Core.Schemas;

/// <summary>What a payload entry of each type may say about its data. Lint, the compiled schema and the gateway's format share it.</summary>
public static class PayloadRules
{
    private static readonly string[] s_imageEncodings = ["jpg", "jpeg", "png", "bmp", "webp", "gif", "tiff", "avif"];
    private static readonly string[] s_textEncodings = ["utf8", "utf-8", "gb2312", "gbk"];
    private static readonly string[] s_audioEncodings = ["lame", "speex", "speex-wb", "opus", "opus-wb", "raw", "pcm", "wav", "ico"];
    private static readonly string[] s_videoEncodings = ["mp4", "h264", "h265", "avi", "flv", "mkv", "webm", "raw"];
    private static readonly string[] s_jsonEncodings = ["utf8", "utf-8"];
    private static readonly string[] s_tensorEncodings = ["raw"];

    /// <summary>Tensor element types as the Open Inference Protocol names them.</summary>
    public static IReadOnlyList<string> DataTypes { get; } =
        ["BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "FP32", "FP64", "BF16", "BYTES"];

    public static IReadOnlyList<string> Compressions { get; } = ["raw", "gzip"];

    public static IReadOnlyList<string> TextFormats { get; } = ["plain", "json", "xml"];

    /// <summary>Encodings that an entry of this type may have; empty for an unknown type.</summary>
    public static IReadOnlyList<string> Encodings(string type) => type switch
    {
        PayloadTypes.Image => s_imageEncodings,
        PayloadTypes.Text => s_textEncodings,
        PayloadTypes.Audio => s_audioEncodings,
        PayloadTypes.Video => s_videoEncodings,
        PayloadTypes.Json => s_jsonEncodings,
        PayloadTypes.Tensor => s_tensorEncodings,
        _ => [],
    };

    /// <summary>True where both name the same encoding: <c>jpg</c> and <c>jpeg</c>, <c>utf8</c> and <c>utf-8</c> do.</summary>
    public static bool SameEncoding(string first, string second) =>
        string.Equals(Canonical(first), Canonical(second), StringComparison.Ordinal);

    private static string Canonical(string encoding) => encoding switch
    {
        "jpeg" => "jpg",
        "utf-8" => "utf8",
        _ => encoding,
    };
}
