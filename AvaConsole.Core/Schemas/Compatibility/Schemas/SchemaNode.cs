using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas;

/// <summary>What one schema says, keyword by keyword; its subschemas are read when they are asked for.</summary>
internal sealed class SchemaNode(JsonNode json, SchemaViews views)
{
    /// <summary>The schema as written: an object, or <c>true</c> or <c>false</c>.</summary>
    public JsonNode Json { get; } = json;

    public SchemaView? Subschema(string keyword) => views.View((Json as JsonObject)?[keyword]);
}
