namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Rules;

/// <summary>A parameter that took one value takes a list of such: on the wire, one value is a list of one.</summary>
internal static class ParameterArrays
{
    public static bool IsWidening(SchemaSpot spot)
    {
        var (added, before) = (WithoutNull(spot.Delta.Types.Added), WithoutNull(spot.From.Types));
        if (added is not ["array"] || before.Count == 0 || !spot.Site.IsExplodedForm || spot.To.Subschema("items")?.Node is not { } items)
        {
            return false;
        }

        return TypeRules.Contains(WithoutNull(items.Types), before, stronglyTyped: false) && Same(spot, items);
    }

    // Apart from the types, an item takes what the one value did.
    private static bool Same(SchemaSpot spot, SchemaNode items) =>
        spot.Differ.AreEquivalent(new SchemaView("", spot.From.Without("type", "nullable")), new SchemaView("", items.Without("type", "nullable")));

    private static List<string> WithoutNull(IEnumerable<string> types) => [.. types.Where(type => type != "null")];
}
