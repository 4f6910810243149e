using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Reads the gateway's schema.json, or the request's schema alone, as loaders print it.</summary>
internal sealed class GatewayReader
{
    private static readonly string[] s_dataTypes = ["text", "image", "audio", "video", "other"];

    private readonly ImportLog _log = new();
    private readonly SourceObject _meta;
    private readonly SourceObject _input;
    private readonly SourceObject _output;
    private readonly ParameterTree _tree;

    private GatewayReader(SourceObject root)
    {
        var isWhole = root["meta"] is not null || root["schemainput"] is not null;
        _meta = At(root, "meta");
        _input = isWhole ? At(root, "schemainput") : root;
        _output = At(root, "schemaoutput");
        _tree = new ParameterTree(SchemaDialect.Webgate, resolver: null, _log);
        if (isWhole)
        {
            _log.Unknown(root, "meta", "schemainput", "schemaoutput");
        }
    }

    public static ImportedSchema Read(SourceObject root)
    {
        var reader = new GatewayReader(root);
        return new ImportedSchema(reader.Document(), SchemaFormat.Webgate, reader._log.Notes);
    }

    private ApiSchema Document()
    {
        var keywords = new KeywordReader(_input, _log);
        var service = Service();
        var (isOwn, header) = (GatewayMarker.Find(_input) is not null, At(_input, "properties", "header"));
        var read = Head(service, isOwn) with { Title = keywords.Text("title"), Description = keywords.Text("description"), Interaction = Interaction(header) };
        read = Marked(read);
        NoteHeader(header);
        _log.Unknown(_input, "type", "properties", "required", "title", "description", GatewayMarker.Keyword);
        var streams = _meta[service] as SourceObject ?? At(_meta, service);
        var outputs = Entries(At(_output, "properties", "payload"), At(streams, "accept"), read.Interaction, isInput: false);
        return read with
        {
            Parameters = Parameters(service, [.. outputs.Select(entry => entry.Name)]),
            Payload = Entries(At(_input, "properties", "payload"), At(streams, "input"), read.Interaction, isInput: true),
            Response = outputs,
        };
    }

    private ApiSchema Head(string service, bool isOwn)
    {
        if (_meta.Members.Count > 0)
        {
            return GatewayMeta.Read(_meta, service, _log, isOwn);
        }

        _log.Add("import.webgate_meta_missing", _input);
        return new ApiSchema { Service = service };
    }

    /// <summary>The name that the parameters stand under: the first of the services, or the only object.</summary>
    private string Service()
    {
        var parameters = At(_input, "properties", "parameter", "properties");
        var named = new KeywordReader(_meta, _log).Words("service");
        return named.FirstOrDefault(name => parameters[name] is not null || _meta[name] is SourceObject)
            ?? (parameters.Members.Count > 0 ? parameters.Members[0].Name : named.Count > 0 ? named[0] : _meta.Text("serviceId") ?? "");
    }

    private ApiSchema Marked(ApiSchema read)
    {
        if (GatewayMarker.Find(_input) is not { } marker)
        {
            return read;
        }

        return DocumentMarker.Apply(
            read,
            SourceNode.From(marker, _input.Pointer + "/" + GatewayMarker.Keyword),
            whole => JsonNode.DeepEquals(WithoutStreams(GatewayMeta.Write(whole), whole.Service), WithoutStreams((JsonObject)_meta.ToJson(), read.Service)),
            _log);
    }

    private static JsonObject WithoutStreams(JsonObject meta, string service)
    {
        meta.Remove(service);
        return meta;
    }

    private string Interaction(SourceObject header)
    {
        var status = At(header, "properties", "status");
        var codes = new KeywordReader(status, _log).Wholes("enum");
        if (codes.Contains(3) && codes.Count > 1)
        {
            _log.Add("import.webgate_status", status["enum"]!, string.Join(", ", codes));
        }

        return codes.Count > 0 && !codes.Contains(3) ? Interactions.Stream : Interactions.Once;
    }

    private void NoteHeader(SourceObject header)
    {
        var others = At(header, "properties").Members.Select(member => member.Name).Except(GatewayStreams.Headers).ToList();
        if (others.Count > 0)
        {
            _log.Add("import.webgate_header", header, string.Join(", ", others));
        }
    }

    /// <summary>The service's parameters but the wishes for response entries, which follow from those.</summary>
    private IReadOnlyList<ApiParameter> Parameters(string service, HashSet<string> outputs)
    {
        var services = At(_input, "properties", "parameter", "properties");
        var node = At(services, service);
        foreach (var other in services.Members.Where(member => member.Name != service))
        {
            _log.Add("import.webgate_services", other.Value, other.Name, service);
        }

        var own = (At(node, "properties")).Members.Where(member => !outputs.Contains(member.Name)).ToList();
        var members = new SourceMember("properties", node.Line, new SourceObject(SourceNode.Child(node.Pointer, "properties"), node.Line, own));
        var view = _tree.View(new SourceObject(node.Pointer, node.Line, [members, .. node.Members.Where(member => member.Name == "required")]), []);
        _log.Unknown(node, "type", "properties", "required", "title", "description");
        return view is null ? [] : _tree.Members(view);
    }

    private List<PayloadEntry> Entries(SourceObject node, SourceObject types, string interaction, bool isInput)
    {
        var reader = new GatewayEntry(interaction == Interactions.Stream, _log);
        var required = new KeywordReader(node, _log).Words("required");
        var entries = new List<PayloadEntry>();
        foreach (var (name, line, value) in At(node, "properties").Members)
        {
            if (value is not SourceObject stream)
            {
                _log.Add("import.value_dropped", value.Pointer, line, name, ImportLog.Shown(value));
                continue;
            }

            var type = DataType(types, name, stream);
            entries.Add(isInput ? reader.Input(name, stream, type, required.Contains(name)) : reader.Output(name, stream, type, required.Contains(name)));
        }

        foreach (var missing in types.Members.Where(member => entries.TrueForAll(entry => entry.Name != member.Name)))
        {
            _log.Add("import.webgate_stream_missing", missing.Value, missing.Name);
        }

        return entries;
    }

    /// <summary>What meta says; where it says nothing, the member that carries the data. Anything unknown is audio to the gateway.</summary>
    private string DataType(SourceObject types, string name, SourceObject stream)
    {
        if ((types[name] as SourceObject)?["dataType"] is SourceValue said)
        {
            if (s_dataTypes.Contains(said.Text))
            {
                return said.Text;
            }

            _log.Add("import.webgate_data_type", said, said.Text);
            return PayloadTypes.Audio;
        }

        var properties = At(stream, "properties");
        return s_dataTypes.FirstOrDefault(type => properties[type] is not null, "other");
    }

    private static SourceObject At(SourceObject node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = node[name] as SourceObject ?? new SourceObject(SourceNode.Child(node.Pointer, name), node.Line, []);
        }

        return node;
    }
}
