using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Reads JSON or YAML as it stands, for those who look at a document itself: comparing two OpenAPI documents loses nothing on the way through the model.</summary>
public static class DocumentReader
{
    private const int MaxDepth = 256;

    /// <returns>The document, or an <see cref="InvalidError"/> whose first value is the line.</returns>
    public static Result<JsonNode> Read(string text)
    {
        // Published OpenAPI documents in JSON are larger than what the designer takes in.
        if (text.AsSpan().TrimStart() is not ['{', ..])
        {
            var parsed = SourceText.Parse(text);
            return !parsed.IsSuccess ? parsed.Error : parsed.Value.ToJson() is { } node ? node : new InvalidError("", "import.format_unknown");
        }

        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false })!;
        }
        catch (JsonException exception)
        {
            return new InvalidError("", "import.not_json", (exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1);
        }
    }

    /// <summary>True for OpenAPI of any version.</summary>
    public static bool IsOpenApi(JsonNode document) => document is JsonObject root && (root.ContainsKey("openapi") || root.ContainsKey("swagger"));
}
