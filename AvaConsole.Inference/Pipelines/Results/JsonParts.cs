using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AvaConsole.Inference.Pipelines.Results;

/// <summary>JSON of many numbers without an object for each: it is written once and kept as text until it is sent.</summary>
internal static class JsonParts
{
    public static JsonNode Numbers(float[] values) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var value in values)
        {
            writer.WriteNumberValue(value);
        }

        writer.WriteEndArray();
    });

    public static JsonNode Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return JsonNode.Parse(buffer.WrittenSpan)!;
    }
}
