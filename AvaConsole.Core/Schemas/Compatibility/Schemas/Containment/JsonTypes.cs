using System.Text.Json;
using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Containment;

/// <summary>The kinds of JSON values, numbers told apart by whether they are whole.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Fraction = 8,
    String = 16,
    Array = 32,
    Object = 64,
    Number = Integer | Fraction,
    Any = Null | Boolean | Number | String | Array | Object,
}

internal static class JsonTypesReading
{
    /// <summary>The kinds that a schema's <c>type</c> lets through.</summary>
    public static JsonTypes Allowed(SchemaNode node) =>
        node.Types.Count == 0 ? JsonTypes.Any : node.Types.Aggregate(JsonTypes.None, (all, type) => all | Of(type));

    public static JsonTypes Of(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => JsonTypes.Null,
        JsonValueKind.True or JsonValueKind.False => JsonTypes.Boolean,
        JsonValueKind.Number => SchemaNode.Number(value) is { } number && double.IsInteger(number) ? JsonTypes.Integer : JsonTypes.Fraction,
        JsonValueKind.String => JsonTypes.String,
        JsonValueKind.Array => JsonTypes.Array,
        _ => JsonTypes.Object,
    };

    private static JsonTypes Of(string type) => type switch
    {
        "null" => JsonTypes.Null,
        "boolean" => JsonTypes.Boolean,
        "integer" => JsonTypes.Integer,
        "number" => JsonTypes.Number,
        "string" => JsonTypes.String,
        "array" => JsonTypes.Array,
        "object" => JsonTypes.Object,
        _ => JsonTypes.None,
    };
}
