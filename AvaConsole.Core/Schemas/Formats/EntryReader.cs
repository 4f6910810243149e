using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Reads payload entries: those that <see cref="EntryWriter"/> wrote, and whatever else carries data in somebody else's document.</summary>
internal sealed class EntryReader(SchemaDialect dialect, ParameterTree tree, ImportLog log)
{
    private static readonly string[] s_members = ["data", "uri", "text", "json", "encoding", "compress", "format", "shape"];

    /// <summary>An entry of a request; null where the schema carries no data that could be one.</summary>
    public PayloadEntry? Request(string name, SourceNode node, bool required)
    {
        if (tree.View(node, []) is not { } view)
        {
            return null;
        }

        if (IsEntry(view.Node))
        {
            var read = OwnRequest(view.Node, dialect) with { Name = name, Required = required };
            var json = (view.Node["properties"] as SourceObject)?["json"];
            var content = json is null or SourceObject { Members.Count: 0 } ? null : tree.Read("", json, required: false);
            return Marked(read, view.Node, OwnOf(view.Node, json), EntryWriter.RequestOwn) with { Content = content };
        }

        return Foreign(name, view.Node, required);
    }

    /// <summary>An entry of an answer.</summary>
    public PayloadEntry Response(string name, SourceNode node, bool required)
    {
        if (tree.View(node, []) is not { } view)
        {
            return new PayloadEntry { Name = name, Type = PayloadTypes.Json, Required = required };
        }

        var marker = view.Node[EntryWriter.EntryMarker] as SourceObject;
        var isJson = marker?.Text("type") == PayloadTypes.Json;
        if (!isJson && (IsEntry(view.Node) || IsText(view.Node)))
        {
            return Marked(OwnResponse(view.Node, dialect) with { Name = name, Required = required }, view.Node, OwnOf(view.Node, null), EntryWriter.ResponseOwn);
        }

        if (!isJson && Foreign(name, view.Node, required) is { } data)
        {
            return data;
        }

        var entry = new PayloadEntry { Name = name, Type = PayloadTypes.Json, Required = required };
        var bare = view.Node.Members.All(member => member.Name == EntryWriter.EntryMarker);
        var content = bare ? null : tree.Read("", Without(view.Node, EntryWriter.EntryMarker), required: false);
        return (marker is not null && ModelMembers.With(entry, (JsonObject)marker.ToJson()) is { Type: PayloadTypes.Json } full ? full : entry) with
        {
            Name = name,
            Required = required,
            Content = content,
        };
    }

    /// <summary>What the visible part of an entry that we wrote says.</summary>
    public static PayloadEntry OwnRequest(SourceObject node, SchemaDialect dialect)
    {
        var properties = node["properties"] as SourceObject ?? new SourceObject(node.Pointer, node.Line, []);
        return Described(node, properties, TypeOf(properties, dialect));
    }

    public static PayloadEntry OwnResponse(SourceObject node, SchemaDialect dialect)
    {
        if (node["properties"] is SourceObject)
        {
            return OwnRequest(node, dialect);
        }

        var keywords = new KeywordReader(node, new ImportLog());
        return IsText(node)
            ? new PayloadEntry { Type = PayloadTypes.Text, Description = keywords.Text("description"), MaxBytes = keywords.Whole("maxLength") }
            : new PayloadEntry { Type = PayloadTypes.Json };
    }

    private static PayloadEntry Described(SourceObject node, SourceObject properties, string type)
    {
        var silent = new ImportLog();
        var data = new KeywordReader(properties["data"] as SourceObject ?? properties, silent);
        var (encodings, compressions) = (Words(properties, "encoding", silent), Words(properties, "compress", silent));
        return new PayloadEntry
        {
            Type = type,
            Description = new KeywordReader(node, silent).Text("description"),
            Encodings = encodings.SequenceEqual(PayloadRules.Encodings(type)) ? [] : encodings,
            Compressions = compressions is ["raw"] ? [] : compressions,
            Formats = Words(properties, "format", silent),
            MinBytes = data.Whole("minLength") is { } least ? Base64.BytesIn(least) : null,
            MaxBytes = data.Whole("maxLength") is { } most ? Base64.BytesIn(most) : null,
        };
    }

    private static IReadOnlyList<string> Words(SourceObject properties, string name, ImportLog log) =>
        properties[name] is SourceObject word ? new KeywordReader(word, log).Words("enum") : [];

    private static string TypeOf(SourceObject properties, SchemaDialect dialect)
    {
        if (properties["json"] is not null)
        {
            return PayloadTypes.Json;
        }

        if (properties["text"] is not null)
        {
            return PayloadTypes.Text;
        }

        if (properties["shape"] is not null)
        {
            return PayloadTypes.Tensor;
        }

        var media = dialect == SchemaDialect.OpenApi30 ? "" : (properties["data"] as SourceObject)?.Text("contentMediaType") ?? "";
        return MediaTypes.Parse(media).Type is { Length: > 0 } type ? type : PayloadTypes.Image;
    }

    private PayloadEntry Marked(PayloadEntry read, SourceObject node, JsonObject visible, Func<PayloadEntry, SchemaDialect, JsonObject> write)
    {
        if (node[EntryWriter.EntryMarker] is not SourceObject marker)
        {
            return read;
        }

        if (ModelMembers.With(read, (JsonObject)marker.ToJson()) is { } marked && JsonNode.DeepEquals(write(marked, dialect), visible))
        {
            return marked with { Name = read.Name, Required = read.Required };
        }

        log.Add("import.marker_stale", marker, EntryWriter.EntryMarker);
        return read;
    }

    /// <summary>The entry without its marker, what is in its JSON put aside.</summary>
    private static JsonObject OwnOf(SourceObject node, SourceNode? json)
    {
        var own = (JsonObject)Without(node, EntryWriter.EntryMarker).ToJson()!;
        if (json is not null)
        {
            own["properties"]!["json"] = new JsonObject();
        }

        return own;
    }

    /// <summary>A string that is base64 or bytes in another's document.</summary>
    private PayloadEntry? Foreign(string name, SourceObject node, bool required)
    {
        var (format, media) = (node.Text("format") ?? "", node.Text("contentMediaType") ?? "");
        var isData = format is "byte" or "binary" or "base64" || node["contentEncoding"] is not null || media.Length > 0;
        if (!isData || node.Text("type") is not ("string" or null))
        {
            return null;
        }

        var (type, encoding) = MediaTypes.Parse(media);
        if (type.Length == 0)
        {
            type = PayloadTypes.Image;
            log.Add("import.data_type_guessed", node, name, type);
        }

        var keywords = new KeywordReader(node, log);
        var binary = format == "binary";
        foreach (var member in node.Members.Where(member => member.Name is "default" or "example" or "examples" or "pattern" or "enum" or "title" or "nullable"))
        {
            log.Add("import.keyword_dropped", member.Value.Pointer, member.Line, member.Name, ImportLog.Shown(member.Value));
        }

        return new PayloadEntry
        {
            Name = name,
            Type = type,
            Required = required,
            Description = keywords.Text("description"),
            Encodings = encoding.Length > 0 ? [encoding] : [],
            MinBytes = Bytes(keywords.Whole("minLength"), binary),
            MaxBytes = Bytes(keywords.Whole("maxLength"), binary),
        };
    }

    private static long? Bytes(long? length, bool binary) => binary || length is null ? length : Base64.BytesIn(length.Value);

    private static bool IsEntry(SourceObject node) =>
        node["properties"] is SourceObject { Members: { Count: > 0 } members }
        && members.All(member => s_members.Contains(member.Name))
        && members.Any(member => member.Name is "data" or "json" or "text")
        && members.Any(member => member.Name is "encoding" or "compress");

    private static bool IsText(SourceObject node) => node.Text("type") == ParameterTypes.String
        && node.Members.All(member => member.Name is "type" or "description" or "maxLength" or EntryWriter.EntryMarker);

    private static SourceObject Without(SourceObject node, string name) =>
        new(node.Pointer, node.Line, [.. node.Members.Where(member => member.Name != name)]);
}
