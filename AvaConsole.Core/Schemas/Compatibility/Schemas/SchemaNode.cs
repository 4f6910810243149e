using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas;

/// <summary>What one schema says, keyword by keyword; its subschemas are read when they are asked for.</summary>
internal sealed class SchemaNode(JsonNode json, SchemaViews views)
{
    private readonly Dictionary<string, SchemaNode> _parts = [];
    private readonly HashSet<string> _left = [];

    private readonly Dictionary<string, IReadOnlyDictionary<string, SchemaView>> _maps = [];
    private readonly Dictionary<string, IReadOnlyList<SchemaView>> _lists = [];

    private IReadOnlyList<string>? _types;

    /// <summary>The schema as written: an object, or <c>true</c> or <c>false</c>.</summary>
    public JsonNode Json { get; } = json;

    /// <summary>It is <c>true</c> or <c>false</c>.</summary>
    public bool IsBoolean => Json is not JsonObject;

    /// <summary>Takes every value, as it says nothing.</summary>
    public bool IsEmpty => IsBoolean ? Json.GetValueKind() == JsonValueKind.True : !Names.Any();

    /// <summary>The keywords it has.</summary>
    public IEnumerable<string> Names => (Json as JsonObject)?.Select(pair => pair.Key).Where(name => !_left.Contains(name)) ?? [];

    /// <summary>What its <c>$ref</c> names; null without one, or where that leads nowhere.</summary>
    public SchemaNode? Referenced => Text("$ref") is { Length: > 0 } reference ? views.Follow(reference) : null;

    /// <summary>Types it names; none where it takes any.</summary>
    public IReadOnlyList<string> Types => _types ??= Words(this["type"]);

    public IReadOnlyList<string> Required => Words(this["required"]);

    public IReadOnlyDictionary<string, SchemaView> Properties => Map("properties");

    public bool IsReadOnly => Flag("readOnly");

    public bool IsWriteOnly => Flag("writeOnly");

    public bool IsNullable => Flag("nullable");

    public string Title => Text("title");

    /// <summary>The value of a keyword; null for <c>null</c>, too.</summary>
    public JsonNode? this[string keyword] => _left.Contains(keyword) ? null : (Json as JsonObject)?[keyword];

    /// <summary>The keyword is there, be it with <c>null</c>.</summary>
    public bool Contains(string keyword) => Json is JsonObject map && map.ContainsKey(keyword) && !_left.Contains(keyword);

    /// <summary>A value of <c>null</c> takes no other form than its absence.</summary>
    public bool Has(string keyword) => this[keyword] is not null;

    public string Text(string keyword) => this[keyword] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    public bool Flag(string keyword) => this[keyword]?.GetValueKind() == JsonValueKind.True;

    public SchemaView? Subschema(string keyword) => views.View(this[keyword]);

    /// <summary>As <see cref="Subschema"/>, but null for a boolean, which such a keyword takes for a plain permission.</summary>
    public SchemaView? ObjectSubschema(string keyword) => this[keyword] is JsonObject ? Subschema(keyword) : null;

    /// <summary>The subschemas of a keyword that holds a list of them.</summary>
    public IReadOnlyList<SchemaView> List(string keyword)
    {
        if (!_lists.TryGetValue(keyword, out var list))
        {
            list = this[keyword] is JsonArray items ? [.. items.Select(views.View).OfType<SchemaView>()] : [];
            _lists[keyword] = list;
        }

        return list;
    }

    /// <summary>The subschemas of a keyword that holds them by name.</summary>
    public IReadOnlyDictionary<string, SchemaView> Map(string keyword)
    {
        if (!_maps.TryGetValue(keyword, out var map))
        {
            var named = new Dictionary<string, SchemaView>();
            foreach (var (name, schema) in this[keyword] as JsonObject ?? [])
            {
                if (views.View(schema) is { } view)
                {
                    named[name] = view;
                }
            }

            _maps[keyword] = map = named;
        }

        return map;
    }

    /// <summary>The same schema without some of its keywords; asked again, it is the same one.</summary>
    public SchemaNode Without(params IEnumerable<string> keywords)
    {
        var left = _left.Union(keywords).Order(StringComparer.Ordinal).ToList();
        var key = string.Join('\n', left);
        if (!_parts.TryGetValue(key, out var part))
        {
            _parts[key] = part = new SchemaNode(Json, views);
            part._left.UnionWith(left);
        }

        return part;
    }

    /// <summary>A number as comparisons need it; null for anything else.</summary>
    internal static double? Number(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number && double.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal static IReadOnlyList<string> Words(JsonNode? node) => node switch
    {
        JsonArray items => [.. items.OfType<JsonValue>().Select(item => item.TryGetValue<string>(out var word) ? word : "").Where(word => word.Length > 0).Distinct()],
        JsonValue value when value.TryGetValue<string>(out var word) && word.Length > 0 => [word],
        _ => [],
    };
}
