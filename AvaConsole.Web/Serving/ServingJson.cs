using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;

namespace AvaConsole.Web.Serving;

/// <summary>Reads and writes the bodies of calls.</summary>
public static class ServingJson
{
    private const int ParserDepth = 256;

    /// <summary>The document, or where it stops being JSON (line and column, from 1). The caller disposes it.</summary>
    internal static Result<JsonDocument> Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, Options(CompiledSchema.MaxDepth));
        }
        catch (JsonException exception)
        {
            return IsOnlyDeep(body)
                ? new InvalidError("$", "request.too_deep", CompiledSchema.MaxDepth)
                : new InvalidError("$", "request.not_json", (exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1);
        }
    }

    /// <summary>The body of a call with one picture: what a program would send, for the console's own try-out.</summary>
    /// <param name="entry">Name of the payload entry.</param>
    /// <param name="picture">The file's bytes.</param>
    /// <param name="parameters">The request's parameters, or null for none.</param>
    public static byte[] ForPicture(string entry, ReadOnlyMemory<byte> picture, JsonObject? parameters)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            if (parameters is { Count: > 0 })
            {
                writer.WritePropertyName("parameters");
                parameters.WriteTo(writer);
            }

            writer.WriteStartObject("payload");
            writer.WriteStartObject(entry);
            writer.WriteBase64String("data", picture.Span);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static bool IsOnlyDeep(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Options(ParserDepth));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // A member given twice means two things to two readers; it is refused like any other text that is not one JSON value.
    private static JsonDocumentOptions Options(int depth) => new() { MaxDepth = depth, AllowDuplicateProperties = false };
}
