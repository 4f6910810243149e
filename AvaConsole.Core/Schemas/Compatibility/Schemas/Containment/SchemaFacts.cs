using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Containment;

/// <summary>What is known of a value: every schema it is valid under, and those it is not valid under.</summary>
internal sealed class SchemaFacts
{
    private const int LongestChain = 200;

    private readonly List<SchemaNode> _nodes;
    private readonly List<SchemaNode> _negations;

    /// <summary>Required properties within required properties that are looked into for a contradiction.</summary>
    private const int DeepestLook = 4;

    private static readonly string[] s_lookFurther = ["additionalProperties", "anyOf", "oneOf", "if", "dependentSchemas", "$dynamicRef"];

    private bool? _isImpossible;

    private SchemaFacts(List<SchemaNode> nodes, List<SchemaNode> negations, bool isConstant = false)
    {
        (_nodes, IsConstant) = (nodes, isConstant);
        _negations = [.. negations.Union(nodes.Select(node => node.Subschema("not")?.Node).OfType<SchemaNode>())];
        Types = _nodes.Aggregate(JsonTypes.Any, (all, node) => all & (node.IsBoolean && !node.IsEmpty ? JsonTypes.None : JsonTypesReading.Allowed(node)));
        Range = _nodes.Aggregate(NumberRange.All, (range, node) => range.Intersect(NumberRange.Of(node)));
        Values = FindValues();
        if (Values is not null)
        {
            Types &= Values.Aggregate(JsonTypes.None, (all, value) => all | JsonTypesReading.Of(value));
        }

        foreach (var negation in _negations.Where(IsOnlyType))
        {
            Types &= ~JsonTypesReading.Allowed(negation);
        }

        if ((Types & ~JsonTypes.Number) == 0)
        {
            Range = _negations.Aggregate(Range, (range, negation) => NumberRange.Beyond(negation) is { } rest ? range.Intersect(rest) : range);
        }
    }

    /// <summary>The schemas that hold, each without what its <c>$ref</c> and <c>allOf</c> say: that stands beside it.</summary>
    public IReadOnlyList<SchemaNode> Nodes => _nodes;

    public IReadOnlyList<SchemaNode> Negations => _negations;

    public JsonTypes Types { get; }

    public NumberRange Range { get; }

    /// <summary>The only values there can be; null where they are not told one by one.</summary>
    public IReadOnlyList<JsonNode?>? Values { get; }

    /// <summary>There is but one value, and all that can be said of it is among the facts.</summary>
    public bool IsConstant { get; }

    /// <summary>No value can be so.</summary>
    public bool IsImpossible => _isImpossible ??= IsContradiction(DeepestLook);

    public IEnumerable<string> Required => _nodes.SelectMany(node => node.Required).Distinct();

    public static SchemaFacts Of(params IEnumerable<SchemaNode> nodes) => new(Flatten(nodes), []);

    public SchemaFacts And(SchemaNode node) => new(Flatten([.. _nodes, node]), _negations, IsConstant);

    public SchemaFacts AndNot(SchemaNode node) => new(_nodes, [.. _negations, node], IsConstant);

    /// <summary>The same without what it is not.</summary>
    public SchemaFacts WithoutNegations() => new(_nodes, [], IsConstant);

    /// <summary>The facts of one of its values.</summary>
    public SchemaFacts Only(JsonNode? value) => new(Flatten([.. _nodes, ConstantSchema.Of(value)]), _negations, isConstant: true);

    /// <summary>The facts without what a keyword of one schema says, for its cases are told apart.</summary>
    public SchemaFacts Replace(SchemaNode node, params string[] keywords) => new([.. _nodes.Select(other => ReferenceEquals(other, node) ? node.Without(keywords) : other)], _negations, IsConstant);

    /// <summary>The largest of a lower bound, or the smallest of an upper one.</summary>
    public double Bound(string keyword) => keyword == "maxItems" ? MaxItems(DeepestLook) : Written(keyword);

    /// <summary>What is known of the element at a place.</summary>
    public SchemaFacts Element(int index) => Of(_nodes.Select(node => ElementSchema(node, index)).OfType<SchemaNode>());

    /// <summary>Elements that have schemas of their own.</summary>
    public int PrefixLength => _nodes.Select(node => node.List("prefixItems").Count).DefaultIfEmpty(0).Max();

    /// <summary>What is known of a property's value, if it is there.</summary>
    public SchemaFacts Property(string name) => Of(_nodes.SelectMany(node => PropertySchemas(node, name)).Concat(Names(name) ? [] : Unevaluated()));

    /// <summary>A schema names the property, or its pattern.</summary>
    public bool Names(string name) => _nodes.Any(node => node.Properties.ContainsKey(name) || node.Map("patternProperties").Keys.Any(pattern => NameMatch.MayMatch(name, pattern)));

    /// <summary>Every property that a schema names.</summary>
    public IEnumerable<string> PropertyNames => _nodes.SelectMany(node => node.Properties.Keys).Distinct();

    /// <summary>What is known of a property that no schema names.</summary>
    public SchemaFacts OtherProperty() => Of(_nodes.Select(node => node.Subschema("additionalProperties")?.Node).OfType<SchemaNode>().Concat(Unevaluated()));

    internal static SchemaNode? ElementSchema(SchemaNode node, int index) =>
        index < node.List("prefixItems").Count ? node.List("prefixItems")[index].Node : node.Subschema("items")?.Node;

    internal static IEnumerable<SchemaNode> PropertySchemas(SchemaNode node, string name)
    {
        var named = node.Properties.TryGetValue(name, out var view);
        if (named)
        {
            yield return view!.Node;
        }

        foreach (var (pattern, schema) in node.Map("patternProperties"))
        {
            named |= NameMatch.MayMatch(name, pattern);
            if (NameMatch.Matches(name, pattern))
            {
                yield return schema.Node;
            }
        }

        if (!named && node.Subschema("additionalProperties") is { } additional)
        {
            yield return additional.Node;
        }
    }

    /// <summary>A text that is the same for the same facts.</summary>
    public string Key(Func<SchemaNode, int> number) => $"{string.Join(',', _nodes.Select(number).Order())}!{string.Join(',', _negations.Select(number).Order())}";

    // A schema is valid with its reference and all of its allOf: they stand beside it.
    private static List<SchemaNode> Flatten(IEnumerable<SchemaNode> nodes)
    {
        var flat = new List<SchemaNode>();
        var open = new Queue<SchemaNode>(nodes);
        while (open.Count > 0 && flat.Count < LongestChain)
        {
            var node = open.Dequeue();
            if (flat.Contains(node))
            {
                continue;
            }

            flat.Add(node);
            if (node.Referenced is { } target)
            {
                open.Enqueue(target);
            }

            foreach (var branch in node.List("allOf"))
            {
                open.Enqueue(branch.Node);
            }
        }

        return flat;
    }

    // What a schema has looked at is known where no choice is left open and no other schema looks at all of it.
    private IEnumerable<SchemaNode> Unevaluated()
    {
        var holders = _nodes.Where(node => node.Has("unevaluatedProperties")).ToList();
        return holders.Count == 1 && !_nodes.Any(node => s_lookFurther.Any(node.Has)) && holders[0].Subschema("unevaluatedProperties") is { } schema ? [schema.Node] : [];
    }

    private bool HasNoNumber() => (Types & ~JsonTypes.Number) == 0 && (Types == JsonTypes.Integer ? Range.WholeNumbers() : Range).IsEmpty;

    private double Written(string keyword) => keyword.StartsWith("min", StringComparison.Ordinal)
        ? _nodes.Select(node => SchemaNode.Number(node[keyword]) ?? 0).DefaultIfEmpty(0).Max()
        : _nodes.Select(node => SchemaNode.Number(node[keyword]) ?? double.PositiveInfinity).DefaultIfEmpty(double.PositiveInfinity).Min();

    // An array ends before the first place that nothing may stand at.
    private double MaxItems(int depth)
    {
        var written = Written("maxItems");
        for (var index = 0; depth > 0 && index <= PrefixLength && index < written; index++)
        {
            if (Element(index).IsContradiction(depth - 1))
            {
                return index;
            }
        }

        return written;
    }

    private bool HasNoSize(int depth) => Types switch
    {
        JsonTypes.String => Bound("minLength") > Bound("maxLength"),
        JsonTypes.Array => Written("minItems") > MaxItems(depth),
        JsonTypes.Object => Math.Max(Bound("minProperties"), Required.Count()) > Bound("maxProperties"),
        _ => false,
    };

    private bool IsContradiction(int depth) =>
        Types == JsonTypes.None || Values is { Count: 0 } || HasNoNumber() || HasNoSize(depth)
        || (depth > 0 && Types == JsonTypes.Object && Required.Any(name => Property(name).IsContradiction(depth - 1)));

    private static bool IsOnlyType(SchemaNode node) => node.Types.Count > 0 && node.Names.All(name => name is "type" or "title" or "description");

    private List<JsonNode?>? FindValues()
    {
        List<JsonNode?>? values = null;
        foreach (var node in _nodes)
        {
            if (node.Contains("const"))
            {
                values = Keep(values, [node["const"]]);
            }

            if (node["enum"] is JsonArray list)
            {
                values = Keep(values, list);
            }
        }

        if (values is null && (Types & ~(JsonTypes.Null | JsonTypes.Boolean)) == 0)
        {
            values = [.. Types.HasFlag(JsonTypes.Null) ? new JsonNode?[] { null } : [], .. Types.HasFlag(JsonTypes.Boolean) ? new JsonNode?[] { JsonValue.Create(true), JsonValue.Create(false) } : []];
        }

        return values?.FindAll(value => (JsonTypesReading.Of(value) & Types) != 0);
    }

    private static List<JsonNode?> Keep(List<JsonNode?>? values, IEnumerable<JsonNode?> others) =>
        [.. values is null ? others : values.Where(value => others.Any(other => JsonNode.DeepEquals(value, other)))];
}
