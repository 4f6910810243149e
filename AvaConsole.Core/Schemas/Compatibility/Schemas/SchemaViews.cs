using System.Text.Json;
using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas;

/// <summary>The schemas of one document, each read once.</summary>
/// <param name="follows">
/// A schema with a <c>$ref</c> is what that names, as in OpenAPI 3.0. Without, it is what it says beside, and <see cref="Follow"/> finds what it names.
/// </param>
internal sealed class SchemaViews(ReferenceResolver references, bool follows = true)
{
    // A chain of references that is longer than this goes round in circles.
    private const int LongestChain = 64;

    private readonly Dictionary<JsonNode, SchemaNode> _nodes = new(ReferenceEqualityComparer.Instance);

    /// <summary>The view of a schema object or boolean; null for anything that is no schema or points nowhere.</summary>
    public SchemaView? View(JsonNode? schema)
    {
        if (!follows)
        {
            return IsSchema(schema) ? new SchemaView("", Node(schema!)) : null;
        }

        var first = "";
        for (var hop = 0; hop < LongestChain; hop++)
        {
            if (schema is not JsonObject && schema is not JsonValue)
            {
                return null;
            }

            if (ReferenceResolver.ReferenceOf(schema) is not { } target)
            {
                return new SchemaView(first, Node(schema));
            }

            first = first.Length == 0 ? target : first;
            schema = references.Resolve(target);
        }

        return null;
    }

    /// <summary>What a reference names, its own references not followed; null where it leads nowhere.</summary>
    public SchemaNode? Follow(string reference) => Find(reference) is { } target && IsSchema(target) ? Node(target) : null;

    // A schema that is a reference and holds definitions beside it is gone into, not followed.
    private JsonNode? Find(string reference)
    {
        if (reference is not ("#" or ['#', '/', ..]))
        {
            return null;
        }

        JsonNode? node = references.Root;
        foreach (var segment in Uri.UnescapeDataString(reference).Split('/').Skip(1).Select(SchemaWalk.Unescape))
        {
            node = node switch
            {
                JsonObject map => map[segment],
                JsonArray list when int.TryParse(segment, out var index) && index >= 0 && index < list.Count => list[index],
                _ => null,
            };
        }

        return node;
    }

    private static bool IsSchema(JsonNode? node) => node is JsonObject || node?.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

    private SchemaNode Node(JsonNode schema)
    {
        if (!_nodes.TryGetValue(schema, out var node))
        {
            _nodes[schema] = node = new SchemaNode(schema, this);
        }

        return node;
    }
}
