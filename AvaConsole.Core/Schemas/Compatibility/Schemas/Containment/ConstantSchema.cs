using System.Text.Json;
using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Containment;

/// <summary>Writes what is true of one value as a schema.</summary>
internal static class ConstantSchema
{
    public static SchemaNode Of(JsonNode? value)
    {
        var schema = new JsonObject { ["const"] = value?.DeepClone() };
        switch (value)
        {
            case JsonArray list:
                schema["prefixItems"] = new JsonArray([.. list.Select(Constant)]);
                schema["items"] = false;
                schema["minItems"] = list.Count;
                schema["maxItems"] = list.Count;
                schema["uniqueItems"] = list.Index().All(pair => !list.Skip(pair.Index + 1).Any(other => JsonNode.DeepEquals(pair.Item, other)));
                break;
            case JsonObject map:
                schema["properties"] = new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Constant(pair.Value))));
                schema["required"] = new JsonArray([.. map.Select(pair => JsonValue.Create(pair.Key))]);
                schema["additionalProperties"] = false;
                schema["minProperties"] = map.Count;
                schema["maxProperties"] = map.Count;
                break;
            case JsonValue text when text.GetValueKind() == JsonValueKind.String:
                schema["minLength"] = text.GetValue<string>().EnumerateRunes().Count();
                schema["maxLength"] = text.GetValue<string>().EnumerateRunes().Count();
                break;
            case JsonValue number when number.GetValueKind() == JsonValueKind.Number:
                schema["minimum"] = number.DeepClone();
                schema["maximum"] = number.DeepClone();
                break;
        }

        return Read(schema);
    }

    /// <summary>A schema that has no references.</summary>
    public static SchemaNode Read(JsonObject schema) => new(schema, new SchemaViews(new ReferenceResolver(schema), follows: false));

    private static JsonNode? Constant(JsonNode? value) => new JsonObject { ["const"] = value?.DeepClone() };
}
