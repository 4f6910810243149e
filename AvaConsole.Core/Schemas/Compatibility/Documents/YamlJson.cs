using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AvaConsole.Core.Schemas.Compatibility.Documents;

/// <summary>Turns the first document of a YAML text into JSON: aliases unfolded, merge keys (<c>&lt;&lt;</c>) merged.</summary>
internal sealed class YamlJson
{
    /// <summary>Values that a document may unfold to: ten lines of aliases of aliases could otherwise fill any memory.</summary>
    private const int MaxNodes = 2_000_000;

    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, (JsonNode? Node, int Size, int Height)> _anchors = [];
    private int _nodes;
    private int _deepest;

    private YamlJson(Parser parser) => _parser = parser;

    /// <summary>The JSON; null for an empty text.</summary>
    public static JsonNode? Read(string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            return null;
        }

        return new YamlJson(parser).Node(0);
    }

    private JsonNode? Node(int depth)
    {
        var start = _parser.Current!.Start;
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Alias(alias, depth);
        }

        Count(1, depth, start);
        var anchor = ((NodeEvent)_parser.Current).Anchor;
        if (anchor.IsEmpty)
        {
            return Value(depth);
        }

        var (nodes, deepest) = (_nodes, _deepest);
        _deepest = depth;
        var node = Value(depth);
        _anchors[anchor] = (node, 1 + _nodes - nodes, _deepest - depth);
        _deepest = Math.Max(deepest, _deepest);
        return node;
    }

    private JsonNode? Value(int depth)
    {
        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return YamlScalar.Read(scalar);
        }

        return _parser.TryConsume<SequenceStart>(out _) ? Sequence(depth) : Mapping(depth);
    }

    private JsonArray Sequence(int depth)
    {
        var items = new JsonArray();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return items;
    }

    private JsonObject Mapping(int depth)
    {
        _parser.Consume<MappingStart>();
        var map = new JsonObject();
        var merged = new List<JsonObject>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Key();
            var value = Node(depth + 1);
            if (key is { Value: "<<", Style: ScalarStyle.Plain } && Sources(value) is { } sources)
            {
                merged.AddRange(sources);
            }
            else if (!map.TryAdd(key.Value, value))
            {
                throw new YamlLimitException("document.duplicate_key", key.Start, key.Value);
            }
        }

        Merge(map, merged);
        return map;
    }

    private Scalar Key()
    {
        var start = _parser.Current!.Start;
        return _parser.TryConsume<Scalar>(out var key) ? key : throw new YamlLimitException("document.key_not_text", start);
    }

    // What stands in the map itself goes before what is merged into it, and an earlier source before a later one.
    private static void Merge(JsonObject map, List<JsonObject> sources)
    {
        foreach (var (key, value) in sources.SelectMany(source => source))
        {
            if (!map.ContainsKey(key))
            {
                map[key] = value?.DeepClone();
            }
        }
    }

    private static List<JsonObject>? Sources(JsonNode? value) => value switch
    {
        JsonObject one => [one],
        JsonArray several when several.All(item => item is JsonObject) => [.. several.OfType<JsonObject>()],
        _ => null,
    };

    private JsonNode? Alias(AnchorAlias alias, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value, out var anchored))
        {
            throw new YamlLimitException("document.unknown_alias", alias.Start, alias.Value.Value);
        }

        Count(anchored.Size, depth + anchored.Height, alias.Start);
        return anchored.Node?.DeepClone();
    }

    private void Count(int nodes, int depth, Mark at)
    {
        _nodes += nodes;
        _deepest = Math.Max(_deepest, depth);
        if (_nodes > MaxNodes)
        {
            throw new YamlLimitException("document.too_big", at);
        }

        if (depth > DocumentReader.MaxDepth)
        {
            throw new YamlLimitException("document.too_deep", at);
        }
    }
}
