using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AvaConsole.Core.Schemas.Editing;

/// <summary>
/// The canonical text of a draft, between whose states a history keeps the differences. Members that have their usual value are left out:
/// a member that a later version adds changes no text that is stored already.
/// </summary>
public static class DraftText
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new PlainDecimal() },
        MaxDepth = 256,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OmitUsual } },
    };

    public static string Write(ApiSchema schema) => JsonSerializer.Serialize(schema, s_options);

    /// <exception cref="JsonException">The text is not one that <see cref="Write"/> made.</exception>
    public static ApiSchema Read(string text) => JsonSerializer.Deserialize<ApiSchema>(text, s_options) ?? throw new JsonException("A draft is an object.");

    internal static JsonObject ToNode(ApiSchema schema) => JsonSerializer.SerializeToNode(schema, s_options)!.AsObject();

    internal static ApiSchema FromNode(JsonObject node) => node.Deserialize<ApiSchema>(s_options)!;

    private static void OmitUsual(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.CreateObject is not { } create)
        {
            return;
        }

        var blank = create();
        foreach (var property in type.Properties)
        {
            var usual = property.Get?.Invoke(blank);
            property.ShouldSerialize = (_, value) => !IsUsual(value, usual);
        }
    }

    private static bool IsUsual(object? value, object? usual) => (value, usual) switch
    {
        (ICollection { Count: 0 }, ICollection { Count: 0 }) => true,
        // Records with lists are equal only where the lists are the same ones.
        (GatewaySettings settings, GatewaySettings) => JsonSerializer.Serialize(settings, s_options) == "{}",
        _ => Equals(value, usual),
    };

    private sealed class PlainDecimal : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(ParameterText.Normalize(value));
    }
}
