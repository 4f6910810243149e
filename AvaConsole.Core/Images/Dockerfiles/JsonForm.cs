using System.Text.Encodings.Web;
using System.Text.Json;

namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>The form of arguments that no shell reads: <c>["python", "serve.py"]</c>.</summary>
internal static class JsonForm
{
    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Null where it is not a list of texts; BuildKit then takes the shell form.</summary>
    public static IReadOnlyList<string>? Parse(string arguments)
    {
        if (!arguments.StartsWith('['))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(arguments, new JsonDocumentOptions { MaxDepth = 2 });
            var items = document.RootElement.EnumerateArray().ToList();
            return items.TrueForAll(item => item.ValueKind == JsonValueKind.String) ? [.. items.Select(item => item.GetString()!)] : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or a text with half a surrogate pair.
            return null;
        }
    }

    public static string Write(IEnumerable<string> words) => $"[{string.Join(", ", words.Select(word => JsonSerializer.Serialize(word, s_options)))}]";
}
