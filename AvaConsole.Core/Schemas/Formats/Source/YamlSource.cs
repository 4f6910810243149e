using AvaConsole.Core.Common;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AvaConsole.Core.Schemas.Formats.Source;

/// <summary>
/// YAML 1.2 (core schema) with the line of each value. An alias stands for a copy of what it names, each copy counted, so a few lines of
/// aliases of aliases come to an end; merge keys (<c>&lt;&lt;</c>) are followed.
/// </summary>
internal sealed class YamlSource
{
    private const string MergeKey = "<<";

    private readonly IParser _parser;
    private readonly SourceLimits _limits = new();
    private readonly Dictionary<string, SourceNode> _anchors = new(StringComparer.Ordinal);

    private YamlSource(IParser parser) => _parser = parser;

    /// <exception cref="YamlException">The text is not YAML.</exception>
    /// <exception cref="SourceRefusedException">It is, but cannot be taken.</exception>
    public static SourceNode Read(string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            return new SourceValue("", 1, SourceKind.Null, "null");
        }

        parser.Consume<DocumentStart>();
        var root = new YamlSource(parser).Node("", 0);
        parser.Consume<DocumentEnd>();
        return parser.Accept<DocumentStart>(out var second)
            ? throw new SourceRefusedException(new Problem("", "import.several_documents", (int)second.Start.Line))
            : root;
    }

    private SourceNode Node(string pointer, int depth)
    {
        var line = (int)_parser.Current!.Start.Line;
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            // The parser lets an anchor be used within itself; then it is not there yet.
            return _anchors.TryGetValue(alias.Value.Value, out var named)
                ? Copy(named, pointer, depth)
                : throw new SourceRefusedException(new Problem(pointer, "import.alias_unknown", line, alias.Value.Value));
        }

        _limits.Count(depth, pointer, line);
        (AnchorName anchor, SourceNode node) = _parser.Current switch
        {
            MappingStart start => (start.Anchor, Mapping(pointer, line, depth)),
            SequenceStart start => (start.Anchor, Sequence(pointer, line, depth)),
            _ => Scalar(pointer, line),
        };
        if (!anchor.IsEmpty)
        {
            _anchors[anchor.Value] = node;
        }

        return node;
    }

    private (AnchorName Anchor, SourceNode Node) Scalar(string pointer, int line)
    {
        var scalar = _parser.Consume<Scalar>();
        return (scalar.Anchor, YamlScalar.Resolve(scalar, pointer, line));
    }

    private SourceObject Mapping(string pointer, int line, int depth)
    {
        _parser.Consume<MappingStart>();
        var members = new List<SourceMember>();
        var merged = new List<SourceNode>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var at = (int)_parser.Current!.Start.Line;
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                throw new SourceRefusedException(new Problem(pointer, "import.key_not_text", at));
            }

            var value = Node(SourceNode.Child(pointer, key.Value), depth + 1);
            if (key is { Value: MergeKey, Style: ScalarStyle.Plain })
            {
                merged.Add(value);
            }
            else if (names.Add(key.Value))
            {
                members.Add(new SourceMember(key.Value, at, value));
            }
            else
            {
                throw new SourceRefusedException(new Problem(SourceNode.Child(pointer, key.Value), "import.duplicate_member", at, key.Value));
            }
        }

        members.AddRange(Merged(merged, names, pointer, depth));
        return new SourceObject(pointer, line, members);
    }

    private List<SourceMember> Merged(IEnumerable<SourceNode> merged, HashSet<string> names, string pointer, int depth) =>
    [
        .. merged
            .SelectMany(value => value is SourceArray list ? list.Items : [value])
            .OfType<SourceObject>()
            .SelectMany(parent => parent.Members)
            .Where(member => names.Add(member.Name))
            .Select(member => member with { Value = Copy(member.Value, SourceNode.Child(pointer, member.Name), depth + 1) }),
    ];

    private SourceArray Sequence(string pointer, int line, int depth)
    {
        _parser.Consume<SequenceStart>();
        var items = new List<SourceNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node($"{pointer}/{items.Count}", depth + 1));
        }

        return new SourceArray(pointer, line, items);
    }

    private SourceNode Copy(SourceNode node, string pointer, int depth)
    {
        _limits.Count(depth, pointer, node.Line ?? 0);
        return node switch
        {
            SourceObject members => new SourceObject(
                pointer,
                node.Line,
                [.. members.Members.Select(member => member with { Value = Copy(member.Value, SourceNode.Child(pointer, member.Name), depth + 1) })]),
            SourceArray items => new SourceArray(pointer, node.Line, [.. items.Items.Select((item, index) => Copy(item, $"{pointer}/{index}", depth + 1))]),
            SourceValue value => new SourceValue(pointer, node.Line, value.Kind, value.Text),
            _ => node,
        };
    }
}
