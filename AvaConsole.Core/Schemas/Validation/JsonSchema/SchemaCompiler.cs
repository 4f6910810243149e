using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.JsonSchema;

/// <summary>
/// Compiles all schemas that can be reached from one. Each is met once, by its place; what it refers to is put in a queue, so that neither depth
/// nor circles of a hostile schema matter.
/// </summary>
internal sealed class SchemaCompiler
{
    private const int MaxProblems = 100;

    private readonly JsonSchemaOptions _options;
    private readonly List<Problem> _problems = [];
    private readonly SchemaRegistry _registry;
    private readonly Dictionary<(SourceDocument, string), SchemaNode> _nodes = [];
    private readonly Dictionary<SchemaNode, SchemaLocation> _places = [];
    private readonly Queue<SchemaNode> _queue = new();
    private readonly Dictionary<string, Dictionary<int, SchemaNode>> _dynamic = new(StringComparer.Ordinal);

    public SchemaCompiler(JsonSchemaOptions options) => (_options, _registry) = (options, new SchemaRegistry(options, _problems));

    public Result<SchemaNode> Compile(JsonElement schema)
    {
        var resource = _registry.Add(_options.BaseUri.Length > 0 ? _options.BaseUri : SchemaUri.Nowhere, schema);
        var root = NodeOf(new SchemaLocation(resource, "", schema));
        do
        {
            while (_queue.TryDequeue(out var node) && _problems.Count < MaxProblems)
            {
                Build(node, _places[node]);
            }
        }
        while (_problems.Count == 0 && AddDynamicTargets());

        if (_problems.Count == 0)
        {
            ReferenceLoops.Find(_places.Keys, node => _problems.Add(new Problem(_places[node].Description, "json_schema.reference_loop")));
        }

        foreach (var (node, place) in _dynamic.Count > 0 ? _places : [])
        {
            node.Document = place.Resource.Number;
        }

        return _problems.Count == 0 ? root : new InvalidError(_problems);
    }

    /// <summary>The schema at a place, compiled or about to be.</summary>
    public SchemaNode NodeOf(SchemaLocation location)
    {
        var key = (location.Resource.Source, location.Pointer);
        if (!_nodes.TryGetValue(key, out var node))
        {
            node = new SchemaNode();
            _nodes.Add(key, node);
            _places.Add(node, location);
            _queue.Enqueue(node);
        }

        return node;
    }

    public void Report(SchemaLocation place, string code, params object?[] args) => _problems.Add(new Problem(place.Description, code, args));

    /// <summary>The rule of <c>$ref</c>; null where it leads nowhere.</summary>
    public InPlaceRule? Reference(SchemaLocation from, string keyword, string reference) =>
        _registry.Resolve(from, keyword, reference) is { } target ? new ReferenceRule(NodeOf(target)) : null;

    /// <summary>The rule of <c>$dynamicRef</c>: dynamic only where what it names itself is a dynamic anchor.</summary>
    public InPlaceRule? DynamicReference(SchemaLocation from, string keyword, string reference, string? name = null)
    {
        if (_registry.Resolve(from, keyword, reference) is not { } target)
        {
            return null;
        }

        name ??= Uri.UnescapeDataString(SchemaUri.Parse(reference).Fragment ?? "");
        var isDynamic = target.Resource.DynamicAnchors.Contains(name) && target.Resource.Anchors[name] == target.Pointer;
        if (!isDynamic)
        {
            return new ReferenceRule(NodeOf(target));
        }

        if (!_dynamic.TryGetValue(name, out var anchored))
        {
            _dynamic.Add(name, anchored = []);
        }

        return new DynamicReferenceRule(NodeOf(target), anchored);
    }

    private bool AddDynamicTargets()
    {
        foreach (var (name, anchored) in _dynamic)
        {
            foreach (var resource in _registry.Resources.Where(resource => resource.DynamicAnchors.Contains(name)).ToList())
            {
                if (!anchored.ContainsKey(resource.Number))
                {
                    anchored.Add(resource.Number, NodeOf(SchemaRegistry.AtAnchor(resource, name)));
                }
            }
        }

        return _queue.Count > 0;
    }

    private void Build(SchemaNode node, SchemaLocation place)
    {
        if (place.Schema.ValueKind != JsonValueKind.Object)
        {
            var isTrue = place.Schema.ValueKind == JsonValueKind.True;
            if (!isTrue && place.Schema.ValueKind != JsonValueKind.False)
            {
                Report(place, "json_schema.not_a_schema");
            }

            (node.IsNever, node.Types) = (!isTrue, isTrue ? TypeMask.All : TypeMask.None);
            return;
        }

        var keywords = new SchemaKeywords(this, place, _options.AssertFormats);
        keywords.Fill(node);
    }
}
