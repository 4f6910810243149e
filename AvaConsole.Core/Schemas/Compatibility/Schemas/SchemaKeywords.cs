using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas;

/// <summary>How the keywords of a schema are compared.</summary>
internal static class SchemaKeywords
{
    /// <summary>Hold a list of subschemas in which the order says nothing.</summary>
    public static readonly IReadOnlyList<string> Lists = ["oneOf", "anyOf", "allOf"];

    /// <summary>Hold subschemas by name.</summary>
    public static readonly IReadOnlyList<string> Maps = ["properties", "patternProperties", "dependentSchemas", "$defs"];

    /// <summary>Hold one subschema.</summary>
    public static readonly IReadOnlyList<string> Singles = ["not", "items", "contains", "propertyNames", "if", "then", "else", "contentSchema"];

    /// <summary>Hold one subschema, or a boolean that is a value like another.</summary>
    public static readonly IReadOnlyList<string> Permissions = ["additionalProperties", "unevaluatedItems", "unevaluatedProperties"];

    private static readonly FrozenSet<string> s_subschemas = FrozenSet.ToFrozenSet([.. Lists, .. Maps, .. Singles, "prefixItems"]);
    private static readonly FrozenSet<string> s_annotations = FrozenSet.ToFrozenSet(["title", "description", "example", "examples", "default", "externalDocs", "$comment"]);
    private static readonly FrozenSet<string> s_sets = FrozenSet.ToFrozenSet(["type", "required", "enum"]);
    private static readonly FrozenSet<string> s_countsFromZero = FrozenSet.ToFrozenSet(["minLength", "minItems", "minProperties"]);
    private static readonly FrozenSet<string> s_falseByDefault = FrozenSet.ToFrozenSet(["nullable", "readOnly", "writeOnly", "deprecated", "uniqueItems", "allowEmptyValue"]);

    /// <summary>Marks on <paramref name="delta"/> what differs in the keywords that hold no subschemas.</summary>
    public static void CompareValues(SchemaDelta delta)
    {
        if (delta.From.IsBoolean != delta.To.IsBoolean || (delta.From.IsBoolean && delta.From.IsEmpty != delta.To.IsEmpty))
        {
            delta.Mark(annotationOnly: delta.From.IsEmpty && delta.To.IsEmpty);
        }

        foreach (var keyword in delta.From.Names.Union(delta.To.Names))
        {
            if (!s_subschemas.Contains(keyword) && Change(keyword, delta.From, delta.To) is not null)
            {
                delta.Mark(s_annotations.Contains(keyword));
            }
        }
    }

    /// <summary>What became of a keyword; null where it says the same.</summary>
    public static ValueChange? Change(string keyword, SchemaNode from, SchemaNode to)
    {
        var (old, now) = (Value(keyword, from), Value(keyword, to));
        return Same(keyword, old, now) ? null : new ValueChange(old, now);
    }

    /// <summary>The values of <paramref name="list"/> that <paramref name="other"/> has not.</summary>
    public static IReadOnlyList<JsonNode?> Except(JsonNode? list, JsonNode? other)
    {
        var others = other as JsonArray;
        return list is JsonArray items ? [.. items.Where(item => others is null || !others.Any(candidate => JsonNode.DeepEquals(candidate, item)))] : [];
    }

    // Absent and at its default are the same to every reader of the schema.
    private static JsonNode? Value(string keyword, SchemaNode node)
    {
        var value = node[keyword];
        if (s_countsFromZero.Contains(keyword))
        {
            return SchemaNode.Number(value) is null ? JsonValue.Create(0) : value;
        }

        return value?.GetValueKind() switch
        {
            JsonValueKind.False when s_falseByDefault.Contains(keyword) => null,
            JsonValueKind.String when node.Text(keyword).Length == 0 && keyword is not ("const" or "default" or "example") => null,
            JsonValueKind.Object when Permissions.Contains(keyword) => null,
            _ => value,
        };
    }

    private static bool Same(string keyword, JsonNode? old, JsonNode? now)
    {
        if (keyword is "type" or "required")
        {
            return WordsChange.Between(SchemaNode.Words(old), SchemaNode.Words(now)).IsEmpty;
        }

        if (s_sets.Contains(keyword))
        {
            return Except(old, now).Count == 0 && Except(now, old).Count == 0;
        }

        return keyword == "dependentRequired" ? SameSets(old as JsonObject ?? [], now as JsonObject ?? []) : JsonNode.DeepEquals(old, now);
    }

    private static bool SameSets(JsonObject old, JsonObject now) =>
        old.Count == now.Count && old.All(pair => now.ContainsKey(pair.Key) && WordsChange.Between(SchemaNode.Words(pair.Value), SchemaNode.Words(now[pair.Key])).IsEmpty);
}
