using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Documents;

/// <summary>One operation of a path.</summary>
internal sealed record Operation(ApiDocument Document, string Method, JsonObject Node, string Pointer)
{
    public bool IsDeprecated => Node.Flag("deprecated");

    public JsonNode? Sunset => Node["x-sunset"];

    public Stability Stability { get; } = Stability.Of(Node);

    public string OperationId => Node.Text("operationId");

    public IReadOnlyList<string> Tags => Node["tags"].Texts();

    public JsonNode? Security => Node["security"];

    public JsonObject? RequestBody => Document.Object(Node["requestBody"]);

    public IReadOnlyList<Parameter> Parameters { get; } = Parameter.Read(Document, Node["parameters"], JsonPointer.Of(Pointer, "parameters"));

    /// <summary>By status as written: <c>200</c>, <c>2XX</c>, <c>default</c>.</summary>
    public IReadOnlyDictionary<string, JsonObject> Responses =>
        Document.Entries(Node["responses"])
            .Where(entry => !entry.Key.StartsWith("x-", StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
}
