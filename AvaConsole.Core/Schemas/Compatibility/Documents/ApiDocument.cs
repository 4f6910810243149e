using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility.Schemas;

namespace AvaConsole.Core.Schemas.Compatibility.Documents;

/// <summary>An OpenAPI document as the comparison reads it: references followed, anything that is not of its place's shape left out.</summary>
internal sealed class ApiDocument
{
    private readonly JsonObject? _root;

    public ApiDocument(JsonNode root)
    {
        _root = root as JsonObject;
        References = new ReferenceResolver(root);
        Schemas = new SchemaViews(References);
        Paths = [.. PathItems("paths").Where(item => !item.Name.StartsWith("x-", StringComparison.Ordinal))];
        Webhooks = [.. PathItems("webhooks")];
    }

    public ReferenceResolver References { get; }

    public SchemaViews Schemas { get; }

    /// <summary>What stands under <c>paths</c>, by name.</summary>
    public IReadOnlyList<PathItem> Paths { get; }

    /// <summary>What stands under <c>webhooks</c>, by name.</summary>
    public IReadOnlyList<PathItem> Webhooks { get; }

    /// <summary><c>info.version</c>.</summary>
    public string Version => (_root?["info"] as JsonObject).Text("version");

    /// <summary>The list of security alternatives of the whole document.</summary>
    public JsonNode? Security => _root?["security"];

    /// <summary>The components of one kind, for example <c>schemas</c>, with references followed.</summary>
    public IEnumerable<KeyValuePair<string, JsonObject>> Components(string kind) => Entries((_root?["components"] as JsonObject)?[kind]);

    /// <summary>Names of the components of one kind, whatever they hold.</summary>
    public IEnumerable<string> ComponentNames(string kind) => ((_root?["components"] as JsonObject)?[kind] as JsonObject)?.Select(entry => entry.Key) ?? [];

    /// <summary>The object there, or what it refers to.</summary>
    public JsonObject? Object(JsonNode? node) => References.Follow(node) as JsonObject;

    /// <summary>The objects of a map, with references followed.</summary>
    public IEnumerable<KeyValuePair<string, JsonObject>> Entries(JsonNode? map)
    {
        foreach (var (key, node) in Object(map) ?? [])
        {
            if (Object(node) is { } found)
            {
                yield return new KeyValuePair<string, JsonObject>(key, found);
            }
        }
    }

    private IEnumerable<PathItem> PathItems(string section) =>
        Entries(_root?[section])
            .Select(entry => new PathItem(this, entry.Key, entry.Value, JsonPointer.Of("", section, entry.Key)))
            .OrderBy(item => item.Name, StringComparer.Ordinal);
}
