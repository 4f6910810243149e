using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Validation;

namespace AvaConsole.Web.Serving;

/// <summary>Reads and writes the bodies of calls.</summary>
public static class ServingJson
{
    private const int ParserDepth = 256;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>The document, or where it stops being JSON (line and column, from 1). The caller disposes it.</summary>
    internal static Result<JsonDocument> Parse(ReadOnlyMemory<byte> body)
    {
        var text = body.Span.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;
        if (!Utf8.IsValid(text.Span))
        {
            return new InvalidError("$", "request.not_utf8");
        }

        try
        {
            return ParseText(text);
        }
        catch (JsonException exception)
        {
            return IsOnlyDeep(text)
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

    private static Result<JsonDocument> ParseText(ReadOnlyMemory<byte> text)
    {
        // Half a surrogate pair ("\ud83d") is found only when its string is read, as an exception that is no JsonException.
        var maybeHalf = text.Span.IndexOf("\\ud"u8) >= 0 || text.Span.IndexOf("\\uD"u8) >= 0;
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(text, Options(CompiledSchema.MaxDepth));
            if (maybeHalf)
            {
                ReadAll(document.RootElement);
            }

            return document;
        }
        catch (InvalidOperationException) when (maybeHalf)
        {
            document?.Dispose();
            return new InvalidError("$", "request.not_utf8");
        }
    }

    private static void ReadAll(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    ReadAll(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    ReadAll(member.Value);
                }

                break;
        }
    }

    private static bool IsOnlyDeep(ReadOnlyMemory<byte> text)
    {
        var reader = new Utf8JsonReader(text.Span, new JsonReaderOptions { MaxDepth = ParserDepth });
        var deepest = 0;
        try
        {
            while (reader.Read())
            {
                deepest = Math.Max(deepest, reader.CurrentDepth);
            }
        }
        catch (JsonException)
        {
            return false;
        }

        // The depth within a container counts the container: 16 is the innermost that may be.
        return deepest >= CompiledSchema.MaxDepth;
    }

    // A member given twice means two things to two readers; it is refused like any other text that is not one JSON value.
    private static JsonDocumentOptions Options(int depth) => new() { MaxDepth = depth, AllowDuplicateProperties = false };
}
