using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Documents;

/// <summary>One path, or one webhook, with its operations.</summary>
internal sealed class PathItem
{
    private static readonly string[] s_methods = ["get", "head", "post", "put", "patch", "delete", "connect", "options", "trace", "query"];

    public PathItem(ApiDocument document, string name, JsonObject node, string pointer)
    {
        Document = document;
        Name = name;
        Pointer = pointer;
        Operations = Read(node);
        Parameters = Parameter.Read(document, node["parameters"], JsonPointer.Of(pointer, "parameters"));
    }

    public ApiDocument Document { get; }

    /// <summary>The path as written, or the webhook's name.</summary>
    public string Name { get; }

    public string Pointer { get; }

    /// <summary>By HTTP method in capitals.</summary>
    public IReadOnlyDictionary<string, Operation> Operations { get; }

    /// <summary>Parameters that all operations share.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    private SortedDictionary<string, Operation> Read(JsonObject node)
    {
        var operations = new SortedDictionary<string, Operation>(StringComparer.Ordinal);
        foreach (var method in s_methods)
        {
            Add(operations, method.ToUpperInvariant(), node[method], JsonPointer.Of(Pointer, method));
        }

        // OpenAPI 3.2 has a map for the methods that no keyword exists for.
        foreach (var (method, operation) in node["additionalOperations"] as JsonObject ?? [])
        {
            Add(operations, method, operation, JsonPointer.Of(Pointer, "additionalOperations", method));
        }

        return operations;
    }

    private void Add(SortedDictionary<string, Operation> operations, string method, JsonNode? node, string pointer)
    {
        if (node is JsonObject map)
        {
            operations[method] = new Operation(Document, method, map, pointer);
        }
    }
}
