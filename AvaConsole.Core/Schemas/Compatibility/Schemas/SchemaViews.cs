using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas;

/// <summary>The schemas of one document, each read once.</summary>
internal sealed class SchemaViews(ReferenceResolver references)
{
    // A chain of references that is longer than this goes round in circles.
    private const int LongestChain = 64;

    private readonly Dictionary<JsonNode, SchemaNode> _nodes = new(ReferenceEqualityComparer.Instance);

    /// <summary>The view of a schema object or boolean; null for anything that is no schema or points nowhere.</summary>
    public SchemaView? View(JsonNode? schema)
    {
        var first = "";
        for (var hop = 0; hop < LongestChain; hop++)
        {
            if (schema is not JsonObject && schema is not JsonValue)
                return null;
            if ((schema as JsonObject)?["$ref"] is not JsonValue reference || !reference.TryGetValue<string>(out var target))
                return new SchemaView(first, Node(schema));
            if (first.Length == 0)
                first = target;
            schema = references.Resolve(target);
        }
        return null;
    }

    private SchemaNode Node(JsonNode schema)
    {
        if (!_nodes.TryGetValue(schema, out var node))
            _nodes[schema] = node = new SchemaNode(schema, this);
        return node;
    }
}
