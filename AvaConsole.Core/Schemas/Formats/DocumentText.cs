using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>A document as text. The same document always gives the same bytes: members in their order, two spaces, line feeds.</summary>
internal static class DocumentText
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json(JsonNode document) => document.ToJsonString(s_json) + "\n";

    /// <summary>One line, for a value within a text.</summary>
    public static string Compact(JsonNode value) => value.ToJsonString(s_compact);

    public static string Yaml(JsonObject document)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var settings = new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 128);
        new YamlText(new Emitter(text, settings)).Document(document);
        return text.ToString();
    }
}
