using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>
/// What the gateway's dialect has no word for, in <c>$comment</c>: a keyword that its validator passes over. Any other place would keep the file from loading.
/// </summary>
/// <example><c>"$comment": "ava {\"format\":\"int32\"}"</c></example>
internal static class GatewayMarker
{
    public const string Keyword = "$comment";

    private const string Prefix = "ava ";

    public static void Add(JsonObject written, JsonObject? difference)
    {
        if (difference is not null)
        {
            written[Keyword] = Prefix + DocumentText.Compact(difference);
        }
    }

    /// <summary>Null where there is none: an ordinary comment is no marker.</summary>
    public static JsonObject? Find(SourceObject node)
    {
        if (node.Text(Keyword) is not { } text || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text[Prefix.Length..], documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
