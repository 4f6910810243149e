using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Reads what an OpenAPI document says of the API as a whole.</summary>
internal sealed class OpenApiHead(SourceObject root, ImportLog log)
{
    private static readonly string[] s_read = ["openapi", "info", "paths", "components", "jsonSchemaDialect", ParameterWriter.Marker];
    private static readonly string[] s_operation = ["operationId", "summary", "description", "requestBody", "responses", "parameters"];

    public ApiSchema Read(OpenApiOperation operation, bool isOwn)
    {
        var info = new KeywordReader(root["info"] as SourceObject ?? new SourceObject("/info", null, []), log);
        return isOwn ? Own(operation, info) : Foreign(operation, info);
    }

    private ApiSchema Own(OpenApiOperation operation, KeywordReader info)
    {
        var service = operation.Path[OpenApiWriter.ContentPath.Length..];
        var head = DocumentMarker.OfOpenApi(service, info.Text("title"), info.Text("version"), info.Text("description"));
        return DocumentMarker.Apply(
            head,
            root[ParameterWriter.Marker],
            whole => whole.Service == service
                && OpenApiWriter.Title(whole) == info.Text("title")
                && (whole.Version, whole.Description) == (head.Version, head.Description),
            log);
    }

    private ApiSchema Foreign(OpenApiOperation operation, KeywordReader info)
    {
        foreach (var member in root.Members.Where(member => !s_read.Contains(member.Name))
            .Concat(operation.Node.Members.Where(member => !s_operation.Contains(member.Name))))
        {
            log.Add("import.member_unknown", member.Value.Pointer, member.Line, member.Name, ImportLog.Shown(member.Value));
        }

        var words = new KeywordReader(operation.Node, log);
        var (summary, description) = (words.Text("summary"), words.Text("description"));
        var service = new[] { LastSegment(operation.Path), words.Text("operationId"), info.Text("title") }.Select(ServiceNames.From).FirstOrDefault(name => name.Length > 0, "");
        log.Add("import.service_named", operation.Node, service);
        var version = ServiceNames.Version(info.Text("version"));
        if (version != info.Text("version"))
        {
            log.Add("import.version_changed", root["info"] ?? root, info.Text("version"), version);
        }

        return new ApiSchema
        {
            Service = service,
            Version = version,
            Title = summary.Length > 0 ? summary : info.Text("title"),
            Description = description.Length > 0 ? description : info.Text("description"),
        };
    }

    private static string LastSegment(string path) => path.Split('/').LastOrDefault(segment => segment.Length > 0 && segment[0] != '{', "");
}
