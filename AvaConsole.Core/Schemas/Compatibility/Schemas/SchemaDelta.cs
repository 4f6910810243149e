using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas;

/// <summary>What became of a keyword; null on a side that has it not.</summary>
internal sealed record ValueChange(JsonNode? From, JsonNode? To)
{
    public bool IsAddition => From is null;

    public bool IsRemoval => To is null;

    /// <summary>Below zero where the value went down, above where it went up, zero where these are no two numbers.</summary>
    public int Direction => SchemaNode.Number(From) is { } from && SchemaNode.Number(To) is { } to ? to.CompareTo(from) : 0;
}

/// <summary>Words that came and went, where their order says nothing.</summary>
internal sealed record WordsChange(IReadOnlyList<string> Added, IReadOnlyList<string> Removed)
{
    public static readonly WordsChange None = new([], []);

    public bool IsEmpty => Added.Count == 0 && Removed.Count == 0;

    public static WordsChange Between(IReadOnlyList<string> from, IReadOnlyList<string> to) => new([.. to.Except(from)], [.. from.Except(to)]);
}

/// <summary>The subschemas of a list that came, went and changed.</summary>
internal sealed record ListDelta(IReadOnlyList<(int Index, SchemaView Schema)> Added, IReadOnlyList<(int Index, SchemaView Schema)> Removed, IReadOnlyList<SchemaPair> Changed)
{
    public static readonly ListDelta None = new([], [], []);

    public bool IsEmpty => Added.Count == 0 && Removed.Count == 0 && Changed.Count == 0;
}

/// <summary>A subschema of a list that has its like on the other side, and what differs.</summary>
internal sealed record SchemaPair(int FromIndex, int ToIndex, SchemaView From, SchemaView To, SchemaDelta Delta)
{
    public string Name => Label(FromIndex, From) is var from && Label(ToIndex, To) is var to && from == to ? from : $"{from} -> {to}";

    /// <summary>What a subschema of a list is called: its title, its component, or its place.</summary>
    public static string Label(int index, SchemaView schema) =>
        schema.IsReference ? $"#/components/schemas/{schema.Name}"
        : schema.Node.Title.Length > 0 ? $"subschema #{index + 1}: {schema.Node.Title}"
        : $"subschema #{index + 1}";
}

/// <summary>The subschemas of a map that came, went and changed.</summary>
internal sealed record MapDelta(IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyDictionary<string, SchemaDelta> Changed)
{
    public static readonly MapDelta None = new([], [], new Dictionary<string, SchemaDelta>());

    public bool IsEmpty => Added.Count == 0 && Removed.Count == 0 && Changed.Count == 0;
}

/// <summary>What differs between two schemas, themselves and below; one side is missing where a subschema came or went.</summary>
internal sealed class SchemaDelta(SchemaNode? from, SchemaNode? to)
{
    private readonly Dictionary<string, ListDelta> _lists = [];
    private readonly Dictionary<string, MapDelta> _maps = [];
    private readonly Dictionary<string, SchemaDelta> _singles = [];

    public bool IsAddition => from is null;

    public bool IsRemoval => to is null;

    /// <summary>Both sides are there, and compared.</summary>
    public bool IsChange => from is not null && to is not null && !IsCut;

    /// <summary>Only one side, or another one, goes round in a circle here: they differ, and are not compared further.</summary>
    public bool IsCut { get; init; }

    /// <summary>The old schema; read it only where <see cref="IsChange"/>.</summary>
    public SchemaNode From => from ?? throw new InvalidOperationException("The subschema is new.");

    /// <summary>The new schema; read it only where <see cref="IsChange"/>.</summary>
    public SchemaNode To => to ?? throw new InvalidOperationException("The subschema is gone.");

    /// <summary>Not even a description differs.</summary>
    public bool IsEmpty { get; private set; } = from is not null && to is not null;

    /// <summary>What differs says nothing of the values that are valid.</summary>
    public bool IsAnnotationOnly { get; private set; } = from is not null && to is not null;

    public WordsChange Types { get; } = from is null || to is null ? WordsChange.None : WordsChange.Between(from.Types, to.Types);

    public WordsChange Required { get; } = from is null || to is null ? WordsChange.None : WordsChange.Between(from.Required, to.Required);

    public IReadOnlyDictionary<string, ListDelta> Lists => _lists;

    public IReadOnlyDictionary<string, MapDelta> Maps => _maps;

    public IReadOnlyDictionary<string, SchemaDelta> Singles => _singles;

    /// <summary>Shapes in which many differences are one change.</summary>
    public SchemaShift Shift { get; set; } = SchemaShift.None;

    public ListDelta List(string keyword) => _lists.GetValueOrDefault(keyword, ListDelta.None);

    public MapDelta Map(string keyword) => _maps.GetValueOrDefault(keyword, MapDelta.None);

    /// <summary>What became of a keyword's value; null where it is the same.</summary>
    public ValueChange? Value(string keyword) => IsChange ? SchemaKeywords.Change(keyword, From, To) : null;

    public void Add(string keyword, ListDelta list)
    {
        if (!list.IsEmpty)
        {
            _lists[keyword] = list;
            Mark(list.Added.Count == 0 && list.Removed.Count == 0 && list.Changed.All(pair => pair.Delta.IsAnnotationOnly));
        }
    }

    public void Add(string keyword, MapDelta map)
    {
        if (!map.IsEmpty)
        {
            _maps[keyword] = map;
            Mark(map.Added.Count == 0 && map.Removed.Count == 0 && map.Changed.Values.All(delta => delta.IsAnnotationOnly));
        }
    }

    public void Add(string keyword, SchemaDelta? single)
    {
        if (single is not null)
        {
            _singles[keyword] = single;
            Mark(single.IsAnnotationOnly);
        }
    }

    /// <summary>Notes that something differs.</summary>
    public void Mark(bool annotationOnly)
    {
        IsEmpty = false;
        IsAnnotationOnly &= annotationOnly;
    }
}
