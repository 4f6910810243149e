using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Reads a JSON Schema of a request, ours or anybody's.</summary>
internal static class JsonSchemaReader
{
    public static ImportedSchema Read(SourceObject root, string? fileName)
    {
        var log = new ImportLog();
        if (root.Text("$schema") is { } draft && draft.TrimEnd('#') != JsonSchemaWriter.Draft)
        {
            log.Add("import.other_draft", root["$schema"]!, draft);
        }

        var tree = new ParameterTree(SchemaDialect.JsonSchema, new SchemaResolver(root, log), log);
        var body = new BodyReader(tree, new EntryReader(SchemaDialect.JsonSchema, tree, log), log);
        var definitions = root["$defs"] as SourceObject;
        var isAnswer = BodyReader.IsAnswer(root);
        var request = isAnswer ? definitions?["request"] : root;
        var response = isAnswer ? root : definitions?["response"];
        var (parameters, payload) = request is null ? ([], []) : body.Request(request);
        var schema = Head(root, fileName, log) with { Parameters = parameters, Payload = payload };
        if (response is SourceObject answer && BodyReader.IsAnswer(answer))
        {
            schema = schema with { Response = body.Response(answer) };
        }

        return new ImportedSchema(schema, SchemaFormat.JsonSchema, log.Notes);
    }

    private static ApiSchema Head(SourceObject root, string? fileName, ImportLog log)
    {
        var keywords = new KeywordReader(root, log);
        var head = new ApiSchema { Title = keywords.Text("title"), Description = keywords.Text("description") };
        var marked = DocumentMarker.Apply(head, root[ParameterWriter.Marker], whole => whole.Title == head.Title && whole.Description == head.Description, log);
        if (marked.Service.Length > 0 || root[ParameterWriter.Marker] is not null)
        {
            return marked;
        }

        var source = new[] { head.Title, keywords.Text("$id").TrimEnd('/').Split('/')[^1], Path.GetFileNameWithoutExtension(fileName ?? "") };
        var service = source.Select(ServiceNames.From).FirstOrDefault(name => name.Length > 0, "");
        log.Add("import.service_named", root, service);
        return marked with { Service = service };
    }
}
