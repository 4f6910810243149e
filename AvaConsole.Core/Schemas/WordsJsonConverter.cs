using System.Text.Json;
using System.Text.Json.Serialization;

namespace AvaConsole.Core.Schemas;

/// <summary>
/// Words as JSON: none is <c>""</c>, one is <c>"png"</c>, several are <c>["png", "jpg"]</c>. A member that once held one word then keeps its form.
/// </summary>
internal sealed class WordsJsonConverter : JsonConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString() is { Length: > 0 } word ? [word] : [];
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException();
        }

        var words = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            words.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException());
        }

        return words;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        if (value.Count < 2)
        {
            writer.WriteStringValue(value.Count == 0 ? "" : value[0]);
            return;
        }

        writer.WriteStartArray();
        foreach (var word in value)
        {
            writer.WriteStringValue(word);
        }

        writer.WriteEndArray();
    }
}
