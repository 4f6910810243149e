namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Rules;

/// <summary>Bounds and patterns.</summary>
internal static class BoundRules
{
    /// <summary>The keyword, how rule ids name it, and whether it bounds from above.</summary>
    private static readonly (string Keyword, string Name, bool IsUpper)[] s_bounds =
    [
        ("maximum", "max", true),
        ("minimum", "min", false),
        ("exclusiveMaximum", "exclusive-max", true),
        ("exclusiveMinimum", "exclusive-min", false),
        ("maxLength", "max-length", true),
        ("minLength", "min-length", false),
        ("maxItems", "max-items", true),
        ("minItems", "min-items", false),
        ("maxContains", "max-contains", true),
        ("minContains", "min-contains", false),
    ];

    public static void Check(SchemaSpot spot)
    {
        foreach (var (keyword, name, isUpper) in s_bounds)
        {
            if (Change(spot, keyword) is { } change)
            {
                Check(spot, change, name, isUpper);
            }
        }

        CheckPattern(spot);
    }

    // A parameter's list is bounded by itself; documents that put the bound on its items mean the same.
    private static ValueChange? Change(SchemaSpot spot, string keyword) =>
        spot.Delta.Value(keyword) ?? (keyword == "maxItems" && spot.Site.Place == SchemaPlace.RequestParameter ? spot.Delta.Singles.GetValueOrDefault("items")?.Value(keyword) : null);

    private static void Check(SchemaSpot spot, ValueChange change, string name, bool isUpper)
    {
        var isContains = name.EndsWith("contains", StringComparison.Ordinal);
        if (Action(spot, change, isUpper, isContains) is not { } action || (spot.IsWriteOnlyInResponse && !isContains))
        {
            return;
        }

        var id = $"request-read-only-property-{name}-{action}";
        if (spot.IsReadOnlyInRequest && !isContains && SchemaSpot.HasRule(id))
        {
            spot.Report(ChangeKind.Constraints, $"{name}-{action}", SchemaSpot.Text(change.From), SchemaSpot.Text(change.To), id);
        }
        else if (!spot.IsReadOnlyInRequest || (action != "set" && name != "min-items"))
        {
            spot.Report(ChangeKind.Constraints, $"{name}-{action}", change.From, change.To);
        }
    }

    private static string? Action(SchemaSpot spot, ValueChange change, bool isUpper, bool isContains) => change switch
    {
        { IsAddition: true } => "set",
        { IsRemoval: true } => "unset",
        { Direction: < 0 } => "decreased",
        { Direction: > 0 } => "increased",
        // OpenAPI 3.0 says by true or false whether a bound itself is taken; only requests are told of it.
        _ when spot.IsRequest && !isContains => isUpper ? "increased" : "decreased",
        _ => null,
    };

    private static void CheckPattern(SchemaSpot spot)
    {
        if (spot.Delta.Value("pattern") is { } change)
        {
            var action = change.IsRemoval ? "removed" : change.IsAddition ? "added" : spot.IsRequest && spot.To.Text("pattern") == ".*" ? "generalized" : "changed";
            spot.Report(ChangeKind.Constraints, $"pattern-{action}", change.From, change.To);
        }
    }
}
