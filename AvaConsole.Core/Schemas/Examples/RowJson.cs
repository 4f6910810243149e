using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>Rows as JSON, in the form that drafts are stored in but for members that say nothing.</summary>
public static class RowJson
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<ApiParameter> parameters) => Write(new ApiSchema { Parameters = parameters }, "parameters");

    public static string Write(IReadOnlyList<PayloadEntry> entries) => Write(new ApiSchema { Payload = entries }, "payload");

    /// <summary>Null where the text is no such array: then it is a sample, or no JSON.</summary>
    public static IReadOnlyList<ApiParameter>? Read(string text) => Read(text, "parameters", ParameterTypes.All)?.Parameters;

    /// <summary>As <see cref="Read(string)"/>, of payload entries.</summary>
    public static IReadOnlyList<PayloadEntry>? ReadEntries(string text) => Read(text, "payload", PayloadTypes.All)?.Payload;

    private static string Write(ApiSchema schema, string list) => Trim(JsonNode.Parse(ApiSchemaJson.Write(schema))![list]!)!.ToJsonString(s_options);

    private static ApiSchema? Read(string text, string list, IReadOnlyList<string> types)
    {
        try
        {
            if (JsonNode.Parse(text) is not JsonArray { Count: > 0 } rows || !rows.All(row => IsRow(row, types)))
            {
                return null;
            }

            var document = new JsonObject { [list] = rows.DeepClone() };
            return ApiSchemaJson.TryRead(JsonSerializer.SerializeToUtf8Bytes(document), out var schema) ? schema : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsRow(JsonNode? node, IReadOnlyList<string> types) =>
        node is JsonObject row && row["name"] is JsonValue && row["type"] is JsonValue type && type.GetValueKind() == JsonValueKind.String && types.Contains(type.GetValue<string>());

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
