namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Containment;

/// <summary>Numbers between two ends, each taken or not.</summary>
internal readonly record struct NumberRange(double Low, bool IsLowOpen, double High, bool IsHighOpen)
{
    public static readonly NumberRange All = new(double.NegativeInfinity, true, double.PositiveInfinity, true);

    public bool IsEmpty => Low > High || (Low == High && (IsLowOpen || IsHighOpen) && !double.IsInfinity(Low));

    /// <summary>The range that a schema's four bounds leave; <c>exclusiveMinimum</c> may be the older boolean.</summary>
    public static NumberRange Of(SchemaNode node)
    {
        var range = All;
        if (SchemaNode.Number(node["minimum"]) is { } minimum)
        {
            range = range.From(minimum, node.Flag("exclusiveMinimum"));
        }

        if (SchemaNode.Number(node["exclusiveMinimum"]) is { } above)
        {
            range = range.From(above, open: true);
        }

        if (SchemaNode.Number(node["maximum"]) is { } maximum)
        {
            range = range.To(maximum, node.Flag("exclusiveMaximum"));
        }

        return SchemaNode.Number(node["exclusiveMaximum"]) is { } below ? range.To(below, open: true) : range;
    }

    /// <summary>The numbers that a schema refuses which says but one bound; null for any other schema.</summary>
    public static NumberRange? Beyond(SchemaNode node) => node.Names.ToList() is [var name] && SchemaNode.Number(node[name]) is { } end
        ? name switch
        {
            "minimum" => All.To(end, open: true),
            "exclusiveMinimum" => All.To(end, open: false),
            "maximum" => All.From(end, open: true),
            "exclusiveMaximum" => All.From(end, open: false),
            _ => null,
        }
        : null;

    public NumberRange Intersect(NumberRange other) => From(other.Low, other.IsLowOpen).To(other.High, other.IsHighOpen);

    public bool Contains(NumberRange other) =>
        other.IsEmpty || ((Low < other.Low || (Low == other.Low && (!IsLowOpen || other.IsLowOpen))) && (High > other.High || (High == other.High && (!IsHighOpen || other.IsHighOpen))));

    public bool Contains(double value) => (value > Low || (value == Low && !IsLowOpen)) && (value < High || (value == High && !IsHighOpen));

    /// <summary>The same whole numbers, with ends that are taken.</summary>
    public NumberRange WholeNumbers() => new(
        IsLowOpen && double.IsInteger(Low) ? Low + 1 : Math.Ceiling(Low), double.IsInfinity(Low),
        IsHighOpen && double.IsInteger(High) ? High - 1 : Math.Floor(High), double.IsInfinity(High));

    private NumberRange From(double low, bool open) => low > Low || (low == Low && open) ? this with { Low = low, IsLowOpen = open } : this;

    private NumberRange To(double high, bool open) => high < High || (high == High && open) ? this with { High = high, IsHighOpen = open } : this;
}
