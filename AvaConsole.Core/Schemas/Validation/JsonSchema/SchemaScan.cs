using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation.Engine;

namespace AvaConsole.Core.Schemas.Validation.JsonSchema;

/// <summary>
/// Goes through the schemas of a document, and only through them: an <c>$id</c> within <c>enum</c>, <c>const</c> or a keyword that nobody
/// knows names nothing.
/// </summary>
internal sealed class SchemaScan(
    SourceDocument source, Func<string, string, SchemaDialect?> dialectOf, Action<SchemaResource> register, List<Problem> problems)
{
    private static readonly HashSet<string> s_single = new(StringComparer.Ordinal)
    {
        "additionalItems", "additionalProperties", "contains", "contentSchema", "else", "if", "items", "not", "propertyNames", "then",
        "unevaluatedItems", "unevaluatedProperties",
    };

    private static readonly HashSet<string> s_lists = new(StringComparer.Ordinal) { "allOf", "anyOf", "items", "oneOf", "prefixItems" };

    private static readonly HashSet<string> s_maps = new(StringComparer.Ordinal)
    {
        "$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties",
    };

    private readonly Stack<(JsonElement Schema, string Pointer, SchemaResource Owner)> _open = new();

    public SchemaResource Run()
    {
        var root = Enter(source.Root, "", null);
        while (_open.TryPop(out var next))
        {
            foreach (var keyword in next.Schema.EnumerateObject())
            {
                Visit(keyword, next.Pointer, next.Owner);
            }
        }

        return root;
    }

    private void Visit(JsonProperty keyword, string pointer, SchemaResource owner)
    {
        var value = keyword.Value;
        pointer = $"{pointer}/{ProblemTexts.Escape(keyword.Name)}";
        if (value.ValueKind == JsonValueKind.Object && s_single.Contains(keyword.Name))
        {
            Enter(value, pointer, owner);
        }
        else if (value.ValueKind == JsonValueKind.Array && s_lists.Contains(keyword.Name))
        {
            foreach (var (index, schema) in value.EnumerateArray().Index())
            {
                Enter(schema, $"{pointer}/{index}", owner);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object && s_maps.Contains(keyword.Name))
        {
            foreach (var schema in value.EnumerateObject())
            {
                Enter(schema.Value, $"{pointer}/{ProblemTexts.Escape(schema.Name)}", owner);
            }
        }
    }

    private SchemaResource Enter(JsonElement schema, string pointer, SchemaResource? owner)
    {
        var text = schema.ValueKind == JsonValueKind.Object ? IdOf(schema, owner) : null;
        if (owner is null || text is not null)
        {
            owner = StartResource(schema, pointer, owner, text);
        }

        if (schema.ValueKind == JsonValueKind.Object)
        {
            AddAnchors(schema, pointer, owner);
            _open.Push((schema, pointer, owner));
        }

        return owner;
    }

    private SchemaResource StartResource(JsonElement schema, string pointer, SchemaResource? owner, string? id)
    {
        var uri = id is null ? source.Uri : SchemaUri.Resolve(owner?.Uri ?? source.Uri, id).Absolute;
        var dialect = owner?.Dialect ?? SchemaDialect.Latest;
        if (schema.ValueKind == JsonValueKind.Object && Text(schema, "$schema") is { } named)
        {
            dialect = dialectOf(named, $"{source.Describe(pointer)}/$schema") ?? dialect;
        }

        var resource = new SchemaResource(source, uri, pointer, schema, dialect);
        source.Resources[pointer] = resource;
        register(resource);
        return resource;
    }

    /// <summary>Null where the schema has no identity of its own; one that only is a fragment is an anchor (until draft 7).</summary>
    private static string? IdOf(JsonElement schema, SchemaResource? owner)
    {
        var draft = Text(schema, "$schema") is { } named ? SchemaDialect.Find(named)?.Draft : owner?.Dialect.Draft;
        var id = Text(schema, draft == SchemaDraft.Draft4 ? "id" : "$id");
        var isShadowed = draft <= SchemaDraft.Draft7 && owner is not null && schema.TryGetProperty("$ref", out _);
        return id is null || id.StartsWith('#') || isShadowed ? null : id;
    }

    private void AddAnchors(JsonElement schema, string pointer, SchemaResource owner)
    {
        var draft = owner.Dialect.Draft;
        if (draft <= SchemaDraft.Draft7)
        {
            if (Text(schema, draft == SchemaDraft.Draft4 ? "id" : "$id") is { Length: > 1 } id && id[0] == '#')
            {
                owner.Anchors.TryAdd(id[1..], pointer);
            }

            return;
        }

        if (Text(schema, "$anchor") is { } anchor)
        {
            AddAnchor(owner, anchor, pointer);
        }

        if (Text(schema, "$dynamicAnchor") is { } dynamic && draft == SchemaDraft.Draft202012)
        {
            AddAnchor(owner, dynamic, pointer);
            owner.DynamicAnchors.Add(dynamic);
        }

        if (pointer == owner.Pointer && schema.TryGetProperty("$recursiveAnchor", out var recursive) && recursive.ValueKind == JsonValueKind.True)
        {
            owner.Anchors[SchemaResource.Recursive] = pointer;
            owner.DynamicAnchors.Add(SchemaResource.Recursive);
        }
    }

    private void AddAnchor(SchemaResource owner, string anchor, string pointer)
    {
        if (!owner.Anchors.TryAdd(anchor, pointer) && owner.Anchors[anchor] != pointer)
        {
            problems.Add(new Problem(source.Describe(pointer), "json_schema.anchor_twice", anchor));
        }
    }

    private static string? Text(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
