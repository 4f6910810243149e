using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AvaConsole.Core.Configuration;

/// <summary>
/// Reads and writes documents. The same document always gives the same bytes: two-space indentation, members in declared
/// order, UTF-8 without escapes beyond what JSON demands, integers as integers.
/// </summary>
public static class ConfigJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 32,
    };

    public static byte[] Serialize<T>(T document) => JsonSerializer.SerializeToUtf8Bytes(document, s_options);

    /// <summary>False where the bytes are not JSON of this shape; the caller keeps what it had and reports the key.</summary>
    public static bool TryParse<T>(ReadOnlyMemory<byte> value, [NotNullWhen(true)] out T? document)
        where T : class
    {
        try
        {
            document = JsonSerializer.Deserialize<T>(value.Span, s_options);
        }
        catch (JsonException)
        {
            document = null;
        }

        return document is not null;
    }
}
