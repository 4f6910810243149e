using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>One operation of an OpenAPI document.</summary>
/// <param name="Path">For example <c>/api/content/digits</c>.</param>
/// <param name="Method">Upper case.</param>
/// <param name="Item">The path item that it stands in.</param>
/// <param name="Node">The operation itself.</param>
internal sealed record OpenApiOperation(string Path, string Method, SourceObject Item, SourceObject Node)
{
    public string Name => $"{Method} {Path}";
}

/// <summary>Finds the one operation that becomes an API.</summary>
internal sealed class OpenApiOperations(SourceObject root, SchemaResolver resolver, ImportLog log)
{
    private const int MaxNamed = 20;

    private static readonly string[] s_methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    /// <param name="wanted"><c>POST /path</c> or an operationId; empty for the one that suits best.</param>
    public Result<OpenApiOperation> Choose(string wanted)
    {
        var all = All();
        if (all.Count == 0)
        {
            return new InvalidError("/paths", "import.no_operation");
        }

        var chosen = wanted.Length > 0
            ? all.Find(operation => operation.Name.Equals(wanted.Trim(), StringComparison.OrdinalIgnoreCase) || operation.Node.Text("operationId") == wanted.Trim())
            : all.Find(operation => operation.Method == "POST" && TakesJson(operation))
                ?? all.Find(TakesJson)
                ?? all.Find(operation => operation.Method == "POST")
                ?? all[0];
        if (chosen is null)
        {
            return new InvalidError("/paths", "import.operation_unknown", wanted, Names(all));
        }

        var others = all.Where(operation => operation != chosen).ToList();
        if (others.Count > 0)
        {
            log.Add("import.operations_left", root["paths"]!, chosen.Name, others.Count, Names(others));
        }

        return chosen;
    }

    /// <summary>The content of a request body or response; empty where it has none.</summary>
    public SourceObject Content(SourceNode? owner) =>
        owner is not null && resolver.Follow(owner) is SourceObject { } followed && followed["content"] is SourceObject content
            ? content
            : new SourceObject("", null, []);

    public static bool IsJson(string mediaType) => MediaTypes.Parse(mediaType).Type == PayloadTypes.Json;

    private bool TakesJson(OpenApiOperation operation) => Content(operation.Node["requestBody"]).Members.Any(member => IsJson(member.Name));

    private List<OpenApiOperation> All()
    {
        var all = new List<OpenApiOperation>();
        foreach (var (path, _, value) in (root["paths"] as SourceObject)?.Members ?? [])
        {
            if (resolver.Follow(value) is not SourceObject item)
            {
                continue;
            }

            all.AddRange(item.Members
                .Where(member => s_methods.Contains(member.Name) && member.Value is SourceObject)
                .Select(member => new OpenApiOperation(path, member.Name.ToUpperInvariant(), item, (SourceObject)member.Value)));
        }

        return all;
    }

    private static string Names(List<OpenApiOperation> operations) =>
        string.Join(", ", operations.Take(MaxNamed).Select(operation => operation.Name)) + (operations.Count > MaxNamed ? ", …" : "");
}
