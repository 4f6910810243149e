using System.Collections.Immutable;
using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>A schema as one object, and the references that led to it.</summary>
/// <param name="Node">Its keywords, those of everything that it refers to and combines among them.</param>
/// <param name="Within">References that may not be followed again from within it.</param>
internal sealed record SchemaView(SourceObject Node, ImmutableHashSet<string> Within);

/// <summary>
/// Follows <c>$ref</c> within one document and merges <c>allOf</c>. What cannot be followed, and a schema that is within itself, are noted and
/// taken for any object; the whole may not grow beyond a limit, however often a document refers to itself.
/// </summary>
internal sealed class SchemaResolver(SourceNode root, ImportLog log)
{
    private const int MaxViews = 20_000;

    /// <summary>References within one another.</summary>
    private const int MaxChain = 64;

    private readonly SourceAnchors _anchors = new(root);
    private int _views;

    /// <summary>Null where the node is no schema, or one that cannot be had.</summary>
    public SchemaView? Resolve(SourceNode node, ImmutableHashSet<string> within)
    {
        if (++_views > MaxViews)
        {
            log.Add("import.too_much_expanded", node, MaxViews);
            return null;
        }

        if (node is SourceValue { Kind: SourceKind.Boolean, Text: var text })
        {
            if (text == "false")
            {
                log.Add("import.keyword_dropped", node, "false", "false");
            }

            return new SchemaView(new SourceObject(node.Pointer, node.Line, []), within);
        }

        if (node is not SourceObject schema)
        {
            log.Add("import.not_a_schema", node, ImportLog.Shown(node));
            return null;
        }

        return Composed(Referred(new SchemaView(schema, within)));
    }

    /// <summary>What a reference of any kind (parameter, request body, response) leads to; the node itself where it is none.</summary>
    public SourceNode Follow(SourceNode node)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (node is SourceObject reference && reference.Text("$ref") is { } target && seen.Add(target))
        {
            if (_anchors.Find(target) is not { } found)
            {
                log.Add("import.ref_missing", node, target);
                return node;
            }

            node = found;
        }

        return node;
    }

    private SchemaView? Referred(SchemaView view)
    {
        if (view.Node.Text("$ref") is not { } target)
        {
            return view;
        }

        if (view.Within.Contains(target) || view.Within.Count >= MaxChain)
        {
            log.Add("import.ref_cycle", view.Node, target);
            return null;
        }

        if (_anchors.Find(target) is not { } found)
        {
            log.Add(target.StartsWith('#') ? "import.ref_missing" : "import.ref_remote", view.Node, target);
            return new SchemaView(Without(view.Node, "$ref"), view.Within);
        }

        if (Resolve(found, view.Within.Add(target)) is not { } resolved)
        {
            return null;
        }

        var beside = Without(view.Node, "$ref");
        return beside.Members.Count == 0 ? resolved : resolved with { Node = new SchemaMerge(log).Merge(beside, resolved.Node) };
    }

    private SchemaView? Composed(SchemaView? view)
    {
        if (view is null)
        {
            return null;
        }

        if (view.Node["allOf"] is SourceArray { Items: var parts })
        {
            var (merged, within) = (Without(view.Node, "allOf"), view.Within);
            foreach (var part in parts)
            {
                if (Resolve(part, view.Within) is { } resolved)
                {
                    merged = new SchemaMerge(log).Merge(merged, resolved.Node);
                    within = within.Union(resolved.Within);
                }
            }

            view = new SchemaView(merged, within);
        }

        return Alternative(Alternative(view, "anyOf"), "oneOf");
    }

    /// <summary>The model has no alternatives. "This or null" is nullable, constants are an enum; of anything else the first is taken.</summary>
    private SchemaView Alternative(SchemaView view, string keyword)
    {
        if (view.Node[keyword] is not SourceArray { Items: { Count: > 0 } items } alternatives)
        {
            return view;
        }

        // {"oneOf": [{"required": ["data"]}, {"required": ["uri"]}]} says which members go together: no other type, so it stays for the reader to judge.
        if (items.All(item => item is SourceObject { Members: [{ Name: "required" }] }))
        {
            return view;
        }

        var rest = Without(view.Node, keyword);
        var others = items.Where(item => !IsNull(item)).ToList();
        var nullable = others.Count < items.Count;
        var constants = others.Select(Constant).ToList();
        if (constants.Count > 0 && constants.All(value => value is not null))
        {
            var members = new List<SourceMember> { new("enum", alternatives.Line, new SourceArray(alternatives.Pointer, alternatives.Line, constants!)) };
            return view with { Node = Nullable(new SchemaMerge(log).Merge(rest, new SourceObject(alternatives.Pointer, alternatives.Line, members)), nullable) };
        }

        if (others.Count > 1)
        {
            log.Add("import.alternatives_dropped", alternatives, keyword, others.Count - 1);
        }

        return others.Count > 0 && Resolve(others[0], view.Within) is { } first
            ? new SchemaView(Nullable(new SchemaMerge(log).Merge(rest, first.Node), nullable), first.Within)
            : view with { Node = rest };
    }

    private static SourceNode? Constant(SourceNode node) => node is SourceObject { Members.Count: <= 3 } schema
        && schema.Members.All(member => member.Name is "const" or "title" or "description") ? schema["const"] : null;

    private static bool IsNull(SourceNode node) =>
        node is SourceObject { Members: [{ Name: "type", Value: SourceValue { Text: "null" } }] };

    private static SourceObject Nullable(SourceObject node, bool nullable) => !nullable ? node : new SourceObject(
        node.Pointer,
        node.Line,
        [.. node.Members.Where(member => member.Name != "nullable"), new SourceMember("nullable", node.Line, new SourceValue(node.Pointer, node.Line, SourceKind.Boolean, "true"))]);

    private static SourceObject Without(SourceObject node, string name) =>
        new(node.Pointer, node.Line, [.. node.Members.Where(member => member.Name != name)]);
}
