using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Reads one payload or response entry of ASE's YAML.</summary>
internal sealed class AseEntry(ImportLog log, ParameterTree tree)
{
    /// <summary>The sample's word for a picture: <c>base64</c> says how it travels, not what it is.</summary>
    private const string Base64 = "base64";

    private static readonly string[] s_members =
    [
        "type", "description", "encoding", "compress", "format", "sampleRate", "sample_rate", "channels", "bitDepth", "bit_depth", "maxFrameSize",
        "minBytes", "maxBytes", "dataType", "shape", "content",
    ];

    public PayloadEntry Read(string name, SourceObject node, bool required)
    {
        log.Unknown(node, s_members);
        var keywords = new KeywordReader(node, log);
        var entry = new PayloadEntry
        {
            Name = name,
            Required = required,
            Description = keywords.Text("description"),
            Encodings = keywords.Words("encoding"),
            Compressions = keywords.Words("compress"),
            Formats = keywords.Words("format"),
            SampleRates = Integers(keywords, node, "sampleRate", "sample_rate"),
            Channels = Integers(keywords, node, "channels", "channels"),
            BitDepths = Integers(keywords, node, "bitDepth", "bit_depth"),
            MaxFrameSize = keywords.Count("maxFrameSize"),
            MinBytes = keywords.Whole("minBytes"),
            MaxBytes = keywords.Whole("maxBytes"),
            DataType = keywords.Text("dataType"),
            Shape = keywords.Wholes("shape"),
            Content = node["content"] is { } content and not SourceValue { Kind: SourceKind.Null } ? tree.Read("", content, required: false) : null,
        };
        return Typed(entry, node, keywords.Text("type"));
    }

    private PayloadEntry Typed(PayloadEntry entry, SourceObject node, string type)
    {
        if (type == Base64)
        {
            return Encoded(entry, node["type"]!);
        }

        var meant = AseSpelling.Type(type);
        if (type.Length == 0)
        {
            meant = new PayloadEntry().Type;
            log.Add("import.payload_type_missing", node, entry.Name, meant);
        }
        else if (meant != type)
        {
            log.Add("import.ase_spelling", node["type"]!, type, meant);
        }

        return entry with { Type = meant };
    }

    /// <summary><c>type: base64, format: jpg</c>: what it is stands in the format, where an encoding belongs.</summary>
    private PayloadEntry Encoded(PayloadEntry entry, SourceNode at)
    {
        var word = entry.Encodings.Concat(entry.Formats).FirstOrDefault() ?? "";
        var type = new[] { PayloadTypes.Image, PayloadTypes.Audio, PayloadTypes.Video, PayloadTypes.Text }
            .FirstOrDefault(candidate => PayloadRules.Encodings(candidate).Contains(word), PayloadTypes.Image);
        log.Add("import.ase_base64", at, word, type);
        return entry.Encodings.Count > 0
            ? entry with { Type = type }
            : entry with { Type = type, Encodings = entry.Formats, Formats = [] };
    }

    private static IReadOnlyList<int> Integers(KeywordReader keywords, SourceObject node, string name, string other) =>
        [.. keywords.Wholes(node[name] is null ? other : name).Select(number => (int)Math.Clamp(number, int.MinValue, int.MaxValue))];
}
