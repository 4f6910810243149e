using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Reads one operation of an OpenAPI 3 document.</summary>
internal sealed class OpenApiReader
{
    private static readonly string[] s_success = ["200", "201", "202", "2XX", "2xx", "default"];

    private readonly SourceObject _root;
    private readonly ImportLog _log = new();
    private readonly SchemaResolver _resolver;
    private readonly OpenApiOperations _operations;
    private readonly ParameterTree _tree;
    private readonly EntryReader _entries;
    private readonly BodyReader _body;

    /// <summary>Our own document: what is the same in each of them is no news.</summary>
    private bool _isOwn;

    private OpenApiReader(SourceObject root)
    {
        var dialect = (root["openapi"] as SourceValue)?.Text.StartsWith("3.0", StringComparison.Ordinal) == true ? SchemaDialect.OpenApi30 : SchemaDialect.JsonSchema;
        _root = root;
        _resolver = new SchemaResolver(root, _log);
        _operations = new OpenApiOperations(root, _resolver, _log);
        _tree = new ParameterTree(dialect, _resolver, _log);
        _entries = new EntryReader(dialect, _tree, _log);
        _body = new BodyReader(_tree, _entries, _log);
    }

    public static Result<ImportedSchema> Read(SourceObject root, string operation)
    {
        if (root["openapi"] is not SourceValue { Text: var version } || !version.StartsWith("3.", StringComparison.Ordinal))
        {
            var at = root["openapi"] ?? root["swagger"];
            return new InvalidError("/openapi", "import.openapi_version", at?.Line ?? 1, at is null ? "" : ImportLog.Shown(at));
        }

        return new OpenApiReader(root).Document(operation);
    }

    private Result<ImportedSchema> Document(string wanted)
    {
        var chosen = _operations.Choose(wanted);
        if (!chosen.IsSuccess)
        {
            return chosen.Error;
        }

        var operation = chosen.Value;
        _isOwn = operation.Path.StartsWith(OpenApiWriter.ContentPath, StringComparison.Ordinal) && _root[ParameterWriter.Marker] is not null;
        var schema = new OpenApiHead(_root, _log).Read(operation, _isOwn);
        var (parameters, payload) = Request(operation);
        schema = schema with
        {
            Parameters = [.. new OpenApiParameters(_resolver, _tree, _log).Read(operation, [.. parameters.Select(parameter => parameter.Name)]), .. parameters],
            Payload = payload,
            Response = Response(operation),
        };
        return new ImportedSchema(schema, SchemaFormat.OpenApi, _log.Notes);
    }

    private (IReadOnlyList<ApiParameter> Parameters, IReadOnlyList<PayloadEntry> Payload) Request(OpenApiOperation operation)
    {
        var content = _operations.Content(operation.Node["requestBody"]);
        if (Preferred(content) is not var (type, media))
        {
            return ([], []);
        }

        var schema = media["schema"];
        var isForm = OpenApiOperations.IsJson(type) || type.StartsWith("multipart/", StringComparison.Ordinal) || type.StartsWith("application/x-www-form", StringComparison.Ordinal);
        return isForm ? schema is null ? ([], []) : _body.Request(schema) : ([], [Raw("data", type, media)]);
    }

    private IReadOnlyList<PayloadEntry> Response(OpenApiOperation operation)
    {
        if (operation.Node["responses"] is not SourceObject responses)
        {
            return [];
        }

        var status = s_success.FirstOrDefault(candidate => responses[candidate] is not null);
        var others = responses.Members.Where(member => member.Name != status).Select(member => member.Name).ToList();
        if (others.Count > 0 && !_isOwn)
        {
            _log.Add("import.responses_left", responses, string.Join(", ", others));
        }

        if (status is null || Preferred(_operations.Content(responses[status])) is not var (type, media))
        {
            return [];
        }

        return OpenApiOperations.IsJson(type) ? media["schema"] is { } schema ? _body.Response(schema) : [] : [Raw("result", type, media)];
    }

    /// <summary>The media type that is read; what else there is, is noted.</summary>
    private (string Type, SourceObject Media)? Preferred(SourceObject content)
    {
        var types = content.Members.Where(member => member.Value is SourceObject).ToList();
        var chosen = types.Find(member => OpenApiOperations.IsJson(member.Name))
            ?? types.Find(member => member.Name.StartsWith("multipart/", StringComparison.Ordinal))
            ?? (types.Count > 0 ? types[0] : null);
        if (chosen is null)
        {
            return null;
        }

        if (types.Count > 1)
        {
            _log.Add("import.media_types_left", content, chosen.Name, string.Join(", ", types.Where(type => type != chosen).Select(type => type.Name)));
        }

        var media = (SourceObject)chosen.Value;
        foreach (var member in media.Members.Where(member => member.Name != "schema" && !(_isOwn && member.Name == "example")))
        {
            _log.Add("import.keyword_dropped", member.Value.Pointer, member.Line, member.Name, ImportLog.Shown(member.Value));
        }

        return (chosen.Name, media);
    }

    /// <summary>A body that is the data itself.</summary>
    private PayloadEntry Raw(string name, string mediaType, SourceObject media)
    {
        var (type, encoding) = MediaTypes.Parse(mediaType);
        if (type.Length == 0)
        {
            type = PayloadTypes.Image;
            _log.Add("import.data_type_guessed", media, name, type);
        }

        return new PayloadEntry { Name = name, Type = type, Required = true, Encodings = encoding.Length > 0 ? [encoding] : [] };
    }
}
