namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Rules;

/// <summary>
/// Says which findings are but the trace of a shift that is reported as what it is. A schema wrapped to take null as well reads, keyword by keyword, like one
/// whose type, values and bounds went and that got a choice instead.
/// </summary>
internal static class ShiftClaims
{
    public static bool Cover(SchemaSpot spot, ChangeKind kind, string change)
    {
        var shift = spot.Delta.Shift;
        return kind switch
        {
            ChangeKind.Type => shift.IsNullability || shift.IsWrapped || (IsChoice(shift) && !change.StartsWith("list-of-types", StringComparison.Ordinal)) || OnlyNullChanged(spot.Delta),
            ChangeKind.Structure => shift.IsNullability || IsChoice(shift) || (shift.IsWrapped && !Reports(spot, change)),
            ChangeKind.Values or ChangeKind.Existence => shift.IsNullability,
            // The bounds of a parameter are told whatever became of the rest.
            ChangeKind.Constraints => shift.IsNullability && !(spot.IsRoot && spot.Site.Place == SchemaPlace.RequestParameter && !change.StartsWith("pattern", StringComparison.Ordinal)),
            _ => false,
        };
    }

    private static bool IsChoice(SchemaShift shift) => !shift.TypeChoice.IsEmpty;

    private static bool Reports(SchemaSpot spot, string change) => change == "wrapped-in-one-of" || (!spot.IsRoot && change == "one-of-added");

    private static bool OnlyNullChanged(SchemaDelta delta) =>
        !delta.Types.IsEmpty && delta.Types.Added.Concat(delta.Types.Removed).All(type => type == "null") && delta.Value("format") is null;
}
