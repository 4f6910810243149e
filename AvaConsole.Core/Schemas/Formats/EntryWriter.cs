using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats.Source;
using static AvaConsole.Core.Schemas.Formats.ParameterWriter;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Payload entries as a call carries them, in the words of OpenAPI and JSON Schema.</summary>
internal static class EntryWriter
{
    /// <summary>Extension that keeps what the schema of an entry has no word for.</summary>
    public const string EntryMarker = "x-ava-entry";

    /// <summary>Members of an entry that have a place of their own.</summary>
    public static IReadOnlyList<string> Nested { get; } = ["name", "required", "content"];

    /// <summary>An entry of a request: its data in one of several forms, and words that say how it is coded.</summary>
    public static JsonObject Request(PayloadEntry entry, SchemaDialect dialect)
    {
        var written = RequestOwn(entry, dialect);
        if (entry.Content is { } content)
        {
            ((JsonObject)written["properties"]!)["json"] = ParameterWriter.Write(content, dialect);
        }

        return Marked(written, entry, EntryReader.OwnRequest((SourceObject)SourceNode.From(RequestOwn(entry, dialect)), dialect));
    }

    /// <summary>An entry of an answer: JSON and text as they are, anything else as base64 with the words that say how it is coded.</summary>
    public static JsonObject Response(PayloadEntry entry, SchemaDialect dialect)
    {
        var own = ResponseOwn(entry, dialect);
        var read = EntryReader.OwnResponse((SourceObject)SourceNode.From(own), dialect);
        // What JSON holds may look like any other entry: a marker always says that it is JSON.
        return entry is { Type: PayloadTypes.Json, Content: { } content }
            ? Marked(ParameterWriter.Write(content, dialect), entry, read with { Type = "" })
            : Marked(own, entry, read);
    }

    /// <summary>Everything but what <see cref="Nested"/> names and the marker.</summary>
    public static JsonObject RequestOwn(PayloadEntry entry, SchemaDialect dialect)
    {
        var sources = Sources(entry.Type);
        var properties = new JsonObject();
        foreach (var source in sources)
        {
            properties[source] = Source(source, entry, dialect);
        }

        AddWords(properties, entry);
        var written = new JsonObject { ["type"] = ParameterTypes.Object };
        AddIfAny(written, "description", entry.Description);
        written["properties"] = properties;
        if (sources.Count == 1)
        {
            written["required"] = new JsonArray(sources[0]);
        }
        else
        {
            written["oneOf"] = new JsonArray([.. sources.Select(source => new JsonObject { ["required"] = new JsonArray(source) })]);
        }

        written["additionalProperties"] = false;
        return written;
    }

    public static JsonObject ResponseOwn(PayloadEntry entry, SchemaDialect dialect)
    {
        if (entry.Type == PayloadTypes.Json)
        {
            return [];
        }

        if (entry.Type == PayloadTypes.Text)
        {
            var text = Source("text", entry, dialect);
            AddIfAny(text, "description", entry.Description);
            return text;
        }

        var properties = new JsonObject { ["data"] = Source("data", entry, dialect) };
        AddWords(properties, entry);
        var written = new JsonObject { ["type"] = ParameterTypes.Object };
        AddIfAny(written, "description", entry.Description);
        written["properties"] = properties;
        written["required"] = new JsonArray("data");
        return written;
    }

    private static JsonObject Marked(JsonObject written, PayloadEntry entry, PayloadEntry read)
    {
        AddIfAny(written, EntryMarker, ModelMembers.Difference(entry, read, Nested));
        return written;
    }

    /// <summary>Members of which one carries the data.</summary>
    private static IReadOnlyList<string> Sources(string type) => type switch
    {
        PayloadTypes.Text => ["text", "data", "uri"],
        PayloadTypes.Json => ["json", "data", "uri"],
        PayloadTypes.Tensor => ["data"],
        _ => ["data", "uri"],
    };

    private static JsonObject Source(string source, PayloadEntry entry, SchemaDialect dialect)
    {
        var written = new JsonObject();
        switch (source)
        {
            case "json":
                return written;
            case "uri":
                written["type"] = ParameterTypes.String;
                written["format"] = "uri";
                return written;
            case "text":
                written["type"] = ParameterTypes.String;
                // A text of n bytes has at most n characters.
                AddIfAny(written, "maxLength", entry.MaxBytes);
                return written;
        }

        written["type"] = ParameterTypes.String;
        if (dialect == SchemaDialect.OpenApi30)
        {
            written["format"] = "byte";
        }
        else
        {
            written["contentEncoding"] = "base64";
            written["contentMediaType"] = MediaTypes.Of(entry);
        }

        AddIfAny(written, "minLength", entry.MinBytes is { } least ? Base64.LengthOf(least) : null);
        AddIfAny(written, "maxLength", entry.MaxBytes is { } most ? Base64.LengthOf(most) : null);
        return written;
    }

    private static void AddWords(JsonObject properties, PayloadEntry entry)
    {
        properties["encoding"] = Choice(entry.Encodings.Count > 0 ? entry.Encodings : PayloadRules.Encodings(entry.Type));
        properties["compress"] = Choice(entry.Compressions.Count > 0 ? entry.Compressions : ["raw"]);
        properties["format"] = Choice(entry.Formats);
        if (entry.Type == PayloadTypes.Tensor)
        {
            properties["shape"] = Shape(entry.Shape);
        }
    }

    private static JsonObject Shape(IReadOnlyList<long> shape)
    {
        var written = new JsonObject
        {
            ["type"] = ParameterTypes.Array,
            ["items"] = new JsonObject { ["type"] = ParameterTypes.Integer, ["minimum"] = 1 },
        };
        if (shape.Count > 0)
        {
            (written["minItems"], written["maxItems"]) = (shape.Count, shape.Count);
        }

        return written;
    }

    private static JsonObject Choice(IReadOnlyList<string> words)
    {
        var written = new JsonObject { ["type"] = ParameterTypes.String };
        AddIfAny(written, "enum", Names(words));
        return written;
    }
}
