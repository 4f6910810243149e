using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Documents;

/// <summary>One parameter of an operation or of a path.</summary>
internal sealed record Parameter(string Name, string In, JsonObject Node, string Pointer)
{
    /// <summary>What two parameters of one place have in common if they are the same: a header's name is the same in any letters.</summary>
    public string WireName => In == "header" ? Name.ToLowerInvariant() : Name;

    public bool IsRequired => Node.Flag("required");

    public bool IsDeprecated => Node.Flag("deprecated");

    /// <summary>Several values are written as <c>a=1&amp;a=2</c>: the default of query and cookie.</summary>
    public bool IsExplodedForm =>
        (Node.Text("style") is { Length: > 0 } style ? style : In is "query" or "cookie" ? "form" : "simple") == "form" && (Node["explode"] is null || Node.Flag("explode"));

    public JsonNode? Sunset => Node["x-sunset"];

    public JsonNode? Schema => Node["schema"];

    /// <summary>The parameters of a list, with references followed.</summary>
    public static IReadOnlyList<Parameter> Read(ApiDocument document, JsonNode? list, string pointer)
    {
        var parameters = new List<Parameter>();
        foreach (var (index, item) in (list as JsonArray ?? []).Index())
        {
            if (document.Object(item) is { } node)
            {
                parameters.Add(new Parameter(node.Text("name"), node.Text("in"), node, $"{pointer}/{index}"));
            }
        }

        return parameters;
    }

    /// <summary>
    /// Whether the parameter is sent as one query entry per property of its object: <c>?limit=10&amp;sort=name</c> for one parameter with the properties
    /// <c>limit</c> and <c>sort</c>. On the wire it is no different from several parameters.
    /// </summary>
    public bool IsExploded(ApiDocument document) =>
        In is "query" or "cookie" && Node.Flag("explode") && Node.Text("style") is "" or "form"
        && IsObject(document.Object(Schema)) && Properties(document).Count > 0;

    /// <summary>The properties of the parameter's object.</summary>
    public JsonObject Properties(ApiDocument document) => document.Object(Schema)?["properties"] as JsonObject ?? [];

    private static bool IsObject(JsonObject? schema) => schema?["type"] switch
    {
        JsonArray types => types.Texts() is ["object"],
        _ => schema.Text("type") == "object",
    };
}
