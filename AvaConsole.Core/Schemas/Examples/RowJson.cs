using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>Rows as JSON, in the form that drafts are stored in but for members that say nothing.</summary>
public static class RowJson
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<ApiParameter> parameters)
    {
        var rows = JsonNode.Parse(ApiSchemaJson.Write(new ApiSchema { Parameters = parameters }))!["parameters"]!;
        return Trim(rows)!.ToJsonString(s_options);
    }

    /// <summary>Null where the text is no such array: then it is a sample, or no JSON.</summary>
    public static IReadOnlyList<ApiParameter>? Read(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is not JsonArray { Count: > 0 } rows || !rows.All(IsRow))
            {
                return null;
            }

            var document = new JsonObject { ["parameters"] = rows.DeepClone() };
            return ApiSchemaJson.TryRead(JsonSerializer.SerializeToUtf8Bytes(document), out var schema) ? schema.Parameters : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsRow(JsonNode? node) =>
        node is JsonObject row && row["name"] is JsonValue && row["type"] is JsonValue type && type.GetValueKind() == JsonValueKind.String && ParameterTypes.All.Contains(type.GetValue<string>());

    private static JsonNode? Trim(JsonNode? node) => node switch
    {
        JsonObject row => new JsonObject(row.Where(member => Says(member.Value)).Select(member => KeyValuePair.Create(member.Key, Trim(member.Value)))),
        JsonArray rows => new JsonArray([.. rows.Select(Trim)]),
        _ => node?.DeepClone(),
    };

    private static bool Says(JsonNode? value) => value switch
    {
        null => false,
        JsonArray { Count: 0 } => false,
        JsonValue simple when simple.GetValueKind() == JsonValueKind.False => false,
        JsonValue simple when simple.GetValueKind() == JsonValueKind.String => simple.GetValue<string>().Length > 0,
        _ => true,
    };
}
