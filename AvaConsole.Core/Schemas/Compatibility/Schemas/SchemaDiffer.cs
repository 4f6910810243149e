namespace AvaConsole.Core.Schemas.Compatibility.Schemas;

/// <summary>
/// Computes what differs between schemas that may contain themselves. A pair whose answer does not depend on where it was met is computed once; a reference
/// met again below itself ends the comparison there, as it is under way above.
/// </summary>
internal sealed class SchemaDiffer
{
    /// <summary>Subschemas within subschemas that are compared; what lies deeper is taken for equal.</summary>
    private const int MaxDepth = 200;

    /// <summary>Comparisons after which every answer is kept, also one cut short: many references that form many circles have more paths than can be walked.</summary>
    private const int MaxUnkept = 20_000;

    private readonly Dictionary<(SchemaNode From, SchemaNode To), SchemaDelta?> _kept = [];
    private readonly Dictionary<string, int> _fromPath = [];
    private readonly Dictionary<string, int> _toPath = [];

    private int _depth;
    private int _cutAt = int.MaxValue;
    private int _count;

    /// <summary>What differs; null where nothing does.</summary>
    public SchemaDelta? Diff(SchemaView? from, SchemaView? to)
    {
        if (from is null || to is null)
        {
            return from is null && to is null ? null : new SchemaDelta(from?.Node, to?.Node);
        }

        if (_kept.TryGetValue((from.Node, to.Node), out var known))
        {
            return known;
        }

        return IsMetAgain(from, to, out var delta) || _depth >= MaxDepth ? delta : Enter(from, to);
    }

    /// <summary>Both take the same values: at most titles and the like differ.</summary>
    public bool AreEquivalent(SchemaView from, SchemaView to) => Diff(from, to)?.IsAnnotationOnly ?? true;

    // Only one side, or another reference, going round is a difference of its own.
    private bool IsMetAgain(SchemaView from, SchemaView to, out SchemaDelta? delta)
    {
        var fromDepth = from.IsReference && _fromPath.TryGetValue(from.Reference, out var found) ? found : int.MaxValue;
        var toDepth = to.IsReference && _toPath.TryGetValue(to.Reference, out found) ? found : int.MaxValue;
        delta = null;
        if (fromDepth == int.MaxValue && toDepth == int.MaxValue)
        {
            return false;
        }

        _cutAt = Math.Min(_cutAt, Math.Min(fromDepth, toDepth));
        if (fromDepth == int.MaxValue || toDepth == int.MaxValue || from.Reference != to.Reference)
        {
            delta = new SchemaDelta(from.Node, to.Node) { IsCut = true };
            delta.Mark(annotationOnly: false);
        }

        return true;
    }

    private SchemaDelta? Enter(SchemaView from, SchemaView to)
    {
        var cutAbove = _cutAt;
        _cutAt = int.MaxValue;
        var depth = ++_depth;
        var marksFrom = from.IsReference && _fromPath.TryAdd(from.Reference, depth);
        var marksTo = to.IsReference && _toPath.TryAdd(to.Reference, depth);

        var delta = Compute(from.Node, to.Node);

        if (marksFrom)
        {
            _fromPath.Remove(from.Reference);
        }

        if (marksTo)
        {
            _toPath.Remove(to.Reference);
        }

        _depth--;
        var standsAlone = _cutAt >= depth;
        if (standsAlone || ++_count > MaxUnkept)
        {
            _kept[(from.Node, to.Node)] = delta;
        }

        _cutAt = standsAlone ? cutAbove : Math.Min(cutAbove, _cutAt);
        return delta;
    }

    private SchemaDelta? Compute(SchemaNode from, SchemaNode to)
    {
        var delta = new SchemaDelta(from, to);
        SchemaKeywords.CompareValues(delta);
        foreach (var keyword in SchemaKeywords.Lists.Append("prefixItems"))
        {
            delta.Add(keyword, SubschemaMatcher.Match(from.List(keyword), to.List(keyword), this));
        }

        foreach (var keyword in SchemaKeywords.Maps)
        {
            delta.Add(keyword, DiffMap(from.Map(keyword), to.Map(keyword)));
        }

        foreach (var keyword in SchemaKeywords.Singles)
        {
            delta.Add(keyword, Diff(from.Subschema(keyword), to.Subschema(keyword)));
        }

        foreach (var keyword in SchemaKeywords.Permissions)
        {
            delta.Add(keyword, Diff(from.ObjectSubschema(keyword), to.ObjectSubschema(keyword)));
        }

        if (delta.IsEmpty)
        {
            return null;
        }

        delta.Shift = SchemaShift.Between(from, to, (a, b) => AreEquivalent(new SchemaView("", a), new SchemaView("", b)));
        return delta;
    }

    private MapDelta DiffMap(IReadOnlyDictionary<string, SchemaView> from, IReadOnlyDictionary<string, SchemaView> to)
    {
        if (from.Count == 0 && to.Count == 0)
        {
            return MapDelta.None;
        }

        var changed = new Dictionary<string, SchemaDelta>();
        foreach (var (name, schema) in from)
        {
            if (to.TryGetValue(name, out var other) && Diff(schema, other) is { } delta)
            {
                changed[name] = delta;
            }
        }

        return new MapDelta([.. to.Keys.Where(name => !from.ContainsKey(name))], [.. from.Keys.Where(name => !to.ContainsKey(name))], changed);
    }
}
