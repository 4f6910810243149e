using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Formats.Source;

/// <summary>One value of a document that is read, JSON or YAML alike, with the place where it stands.</summary>
internal abstract class SourceNode(string pointer, int? line)
{
    /// <summary>JSON pointer from the document's root.</summary>
    public string Pointer { get; } = pointer;

    /// <summary>Line of the text, from 1; null for a node that stands in no text.</summary>
    public int? Line { get; } = line;

    public abstract JsonNode? ToJson();

    /// <summary>The same values, standing nowhere.</summary>
    public static SourceNode From(JsonNode? node, string pointer = "") => node switch
    {
        JsonObject members => new SourceObject(pointer, null, [.. members.Select(member => new SourceMember(member.Key, null, From(member.Value, Child(pointer, member.Key))))]),
        JsonArray items => new SourceArray(pointer, null, [.. items.Select((item, index) => From(item, $"{pointer}/{index}"))]),
        _ => SourceValue.Of(node, pointer),
    };

    public static string Child(string pointer, string name) =>
        $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}

internal sealed class SourceObject(string pointer, int? line, IReadOnlyList<SourceMember> members) : SourceNode(pointer, line)
{
    private const int FewMembers = 8;

    private readonly Dictionary<string, SourceNode>? _byName =
        members.Count <= FewMembers ? null : members.ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);

    public IReadOnlyList<SourceMember> Members { get; } = members;

    /// <summary>Null where there is no such member.</summary>
    public SourceNode? this[string name]
    {
        get
        {
            if (_byName is not null)
            {
                return _byName.GetValueOrDefault(name);
            }

            foreach (var member in Members)
            {
                if (member.Name == name)
                {
                    return member.Value;
                }
            }

            return null;
        }
    }

    /// <summary>A text member; null where it is absent or no string.</summary>
    public string? Text(string name) => this[name] is SourceValue { Kind: SourceKind.String, Text: var text } ? text : null;

    public override JsonNode ToJson()
    {
        var json = new JsonObject();
        foreach (var member in Members)
        {
            json[member.Name] = member.Value.ToJson();
        }

        return json;
    }
}

/// <param name="Name">The member's name.</param>
/// <param name="Line">Where the name stands.</param>
/// <param name="Value">Its value.</param>
internal sealed record SourceMember(string Name, int? Line, SourceNode Value);

internal sealed class SourceArray(string pointer, int? line, IReadOnlyList<SourceNode> items) : SourceNode(pointer, line)
{
    public IReadOnlyList<SourceNode> Items { get; } = items;

    public override JsonNode ToJson() => new JsonArray([.. Items.Select(item => item.ToJson())]);
}

internal enum SourceKind
{
    Null,
    Boolean,
    Number,
    String,
}

/// <param name="text">A string's characters; a number or boolean as JSON writes it.</param>
internal sealed class SourceValue(string pointer, int? line, SourceKind kind, string text) : SourceNode(pointer, line)
{
    public SourceKind Kind { get; } = kind;

    public string Text { get; } = text;

    public override JsonNode? ToJson() => Kind switch
    {
        SourceKind.Null => null,
        SourceKind.String => JsonValue.Create(Text),
        _ => JsonNode.Parse(Text),
    };

    public static SourceValue Of(JsonNode? node, string pointer) => node?.GetValueKind() switch
    {
        null or System.Text.Json.JsonValueKind.Null => new SourceValue(pointer, null, SourceKind.Null, "null"),
        System.Text.Json.JsonValueKind.String => new SourceValue(pointer, null, SourceKind.String, node.GetValue<string>()),
        System.Text.Json.JsonValueKind.Number => new SourceValue(pointer, null, SourceKind.Number, node.ToJsonString()),
        _ => new SourceValue(pointer, null, SourceKind.Boolean, node.ToJsonString()),
    };
}
