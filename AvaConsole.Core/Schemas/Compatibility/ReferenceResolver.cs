using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility;

/// <summary>Follows local references (<c>#/components/…</c>) within one document, whatever they lead through.</summary>
internal sealed class ReferenceResolver(JsonNode root)
{
    /// <summary>References behind references that are followed before a chain is taken for a circle.</summary>
    private const int MaxHops = 64;

    public JsonNode Root => root;

    /// <summary>The node that <paramref name="reference"/> names; null where there is none or it leads elsewhere.</summary>
    public JsonNode? Resolve(string reference) => Resolve(reference, MaxHops);

    /// <summary>The node itself, or what it refers to; null for a circle of references or one that leads nowhere.</summary>
    public JsonNode? Follow(JsonNode? node) => Follow(node, MaxHops);

    /// <summary>The <c>$ref</c> of a node that has one.</summary>
    public static string? ReferenceOf(JsonNode? node) =>
        node is JsonObject map && map["$ref"] is JsonValue value && value.TryGetValue<string>(out var reference) ? reference : null;

    // A reference may lead through another one ("#/paths/~1a/get" where "/a" is itself a reference), so the hops of both count together.
    private JsonNode? Resolve(string reference, int hops)
    {
        if (hops == 0 || !reference.StartsWith('#'))
        {
            return null;
        }

        JsonNode? node = root;
        foreach (var segment in Segments(reference))
        {
            node = Follow(node, hops - 1) switch
            {
                JsonObject found => found[segment],
                JsonArray found when int.TryParse(segment, out var index) && index >= 0 && index < found.Count => found[index],
                _ => null,
            };
            if (node is null)
            {
                return null;
            }
        }

        return node;
    }

    private JsonNode? Follow(JsonNode? node, int hops)
    {
        while (ReferenceOf(node) is { } reference)
        {
            if (hops-- == 0)
            {
                return null;
            }

            node = Resolve(reference, hops);
        }

        return node;
    }

    private static IEnumerable<string> Segments(string reference)
    {
        var pointer = Uri.UnescapeDataString(reference[1..]);
        return pointer.Length == 0
            ? []
            : pointer[1..].Split('/').Select(segment => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
    }
}
