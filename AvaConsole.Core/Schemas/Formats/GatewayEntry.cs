using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Reads one stream of the gateway's schema.json.</summary>
internal sealed class GatewayEntry(bool isStream, ImportLog log)
{
    private static readonly string[] s_members =
        ["encoding", "compress", "format", "status", "seq", "sample_rate", "channels", "bit_depth", "frame_size", "text", "image", "audio", "video", "other"];

    public PayloadEntry Input(string name, SourceObject node, string dataType, bool required) =>
        Read(node, dataType, GatewayStreams.InputOwn) with { Name = name, Required = required };

    public PayloadEntry Output(string name, SourceObject node, string dataType, bool required) =>
        Read(node, dataType, GatewayStreams.OutputOwn) with { Name = name, Required = required };

    /// <summary>What the visible part says.</summary>
    public static PayloadEntry Own(SourceObject node, string dataType)
    {
        var silent = new ImportLog();
        var properties = node["properties"] as SourceObject ?? new SourceObject(node.Pointer, node.Line, []);
        var type = dataType == "other" ? PayloadTypes.Tensor : dataType;
        var (encodings, compressions, formats) = (Words(properties, "encoding"), Words(properties, "compress"), Words(properties, "format"));
        var data = new KeywordReader(properties[dataType] as SourceObject ?? new SourceObject("", null, []), silent);
        var usual = dataType == "text" ? GatewayStreams.MaxText : GatewayStreams.MaxBinary;
        return new PayloadEntry
        {
            Type = type,
            Description = new KeywordReader(node, silent).Text("description"),
            Encodings = encodings.SequenceEqual(PayloadRules.Encodings(type)) ? [] : encodings,
            Compressions = compressions.SequenceEqual(PayloadRules.Compressions) ? [] : compressions,
            Formats = formats.SequenceEqual(PayloadRules.TextFormats) ? [] : formats,
            SampleRates = Unless(Numbers(properties, "sample_rate"), GatewayStreams.SampleRates),
            Channels = Unless(Numbers(properties, "channels"), GatewayStreams.Channels),
            BitDepths = Unless(Numbers(properties, "bit_depth"), GatewayStreams.BitDepths),
            MaxFrameSize = Frame(properties),
            MinBytes = data.Whole("minLength") is { } least and > 1 ? Base64.BytesIn(least) : null,
            MaxBytes = data.Whole("maxLength") is { } most && most != usual ? Base64.BytesIn(most) : null,
            DataType = type == PayloadTypes.Tensor ? "BYTES" : "",
        };
    }

    private PayloadEntry Read(SourceObject node, string dataType, Func<PayloadEntry, bool, JsonObject> write)
    {
        var read = Own(node, dataType);
        if (GatewayMarker.Find(node) is { } marker)
        {
            var visible = (JsonObject)new SourceObject(node.Pointer, node.Line, [.. node.Members.Where(member => member.Name != GatewayMarker.Keyword)]).ToJson();
            if (ModelMembers.With(read, marker) is { } marked && JsonNode.DeepEquals(write(marked, isStream), visible))
            {
                return marked;
            }

            log.Add("import.marker_stale", node, GatewayMarker.Keyword);
            return read;
        }

        Note(node, dataType);
        return read;
    }

    private void Note(SourceObject node, string dataType)
    {
        log.Unknown(node, "type", "properties", "required", "description", "title", GatewayMarker.Keyword);
        if (node["properties"] is not SourceObject properties)
        {
            return;
        }

        log.Unknown(properties, s_members);
        if (dataType == "other")
        {
            log.Add("import.webgate_other", node);
        }

        if (properties[dataType] is null)
        {
            log.Add("import.webgate_data_missing", node, dataType);
        }
    }

    private static int? Frame(SourceObject properties) =>
        properties["frame_size"] is SourceObject frame && new KeywordReader(frame, new ImportLog()).Count("maximum") is { } most && most != GatewayStreams.MaxFrame ? most : null;

    private static IReadOnlyList<string> Words(SourceObject properties, string name) =>
        properties[name] is SourceObject word ? new KeywordReader(word, new ImportLog()).Words(word["enum"] is null ? "enums" : "enum") : [];

    private static IReadOnlyList<int> Numbers(SourceObject properties, string name) => properties[name] is SourceObject number
        ? [.. new KeywordReader(number, new ImportLog()).Wholes(number["enum"] is null ? "enums" : "enum").Select(value => (int)Math.Clamp(value, int.MinValue, int.MaxValue))]
        : [];

    private static IReadOnlyList<int> Unless(IReadOnlyList<int> numbers, IReadOnlyList<int> usual) => numbers.SequenceEqual(usual) ? [] : numbers;
}
