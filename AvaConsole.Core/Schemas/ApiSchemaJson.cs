using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AvaConsole.Core.Schemas;

/// <summary>
/// The document published at <c>/ava/console/schemas/…</c>, from which hosts rebuild the API schema. The same schema always
/// gives the same bytes: members in declared order, two-space indentation, numbers without trailing zeros.
/// </summary>
public static class ApiSchemaJson
{
    internal static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        MaxDepth = 64,
        Converters = { new PlainDecimalConverter() },
    };

    public static byte[] Write(ApiSchema schema) => JsonSerializer.SerializeToUtf8Bytes(schema, Options);

    /// <summary>False where the bytes are not such a document; the caller keeps what it had and reports the key.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> value, [NotNullWhen(true)] out ApiSchema? schema)
    {
        try
        {
            schema = JsonSerializer.Deserialize<ApiSchema>(value.Span, Options);
        }
        catch (JsonException)
        {
            schema = null;
        }

        // The serializer checks members for null, but not the elements of a list.
        if (schema is not null && !IsWhole(schema))
        {
            schema = null;
        }

        return schema is not null;
    }

    private static bool IsWhole(ApiSchema schema) =>
        schema.Parameters.All(IsWhole) && schema.Payload.All(entry => entry is not null) && schema.Response.All(entry => entry is not null);

    private static bool IsWhole(ApiParameter? parameter) =>
        parameter is not null
        && parameter.Enum.All(value => value is not null)
        && parameter.Properties.All(IsWhole)
        && (parameter.Items is null || IsWhole(parameter.Items));

    /// <summary>Writes 1.50 as 1.5: equal bounds give equal bytes, however they were typed.</summary>
    private sealed class PlainDecimalConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(ParameterText.Normalize(value));
    }
}
