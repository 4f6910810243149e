namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Rules;

/// <summary>Types, formats, nullability and choices of plain types.</summary>
internal static class TypeRules
{
    /// <summary>Formats by type that take whatever the other took.</summary>
    private static readonly HashSet<(string Type, string Wide, string Narrow)> s_widerFormats =
    [
        ("number", "double", "float"),
        ("integer", "int64", "int32"),
        ("integer", "bigint", "int32"),
        ("integer", "bigint", "int64"),
        ("string", "date-time", "date"),
        ("string", "date-time", "time"),
    ];

    public static void Check(SchemaSpot spot)
    {
        CheckTypes(spot);
        CheckNullability(spot);
        CheckChoice(spot);
    }

    private static void CheckTypes(SchemaSpot spot)
    {
        if ((spot.Delta.Types.IsEmpty && spot.Delta.Value("format") is null) || spot.IsReadOnlyInRequest)
        {
            return;
        }

        var change = spot.Site.Place switch
        {
            SchemaPlace.RequestBody => InRequest(spot, IsStronglyTyped(spot.Site.MediaType)),
            SchemaPlace.ResponseBody => InResponse(spot, IsStronglyTyped(spot.Site.MediaType)),
            SchemaPlace.RequestParameter => spot.IsRoot ? InParameter(spot) : InParameterProperty(spot),
            _ => InResponse(spot, stronglyTyped: false),
        };
        spot.Report(ChangeKind.Type, change, Describe(spot.From), Describe(spot.To));
    }

    private static string InRequest(SchemaSpot spot, bool stronglyTyped)
    {
        var types = IsSubset(spot.From.Types, spot.To.Types) ? WordsChange.None : spot.Delta.Types;
        if (!OpensUp(types, spot.To) && IsBreaking(spot, types, spot.To, reversed: false, stronglyTyped))
        {
            return "type-changed";
        }

        return IsSwap(spot) && !IsSubset(spot.From.Types, spot.To.Types) ? "type-compatible" : "type-generalized";
    }

    // Responses mirror requests: what they may hold is to shrink, not to grow.
    private static string InResponse(SchemaSpot spot, bool stronglyTyped)
    {
        var types = IsSubset(spot.To.Types, spot.From.Types) ? WordsChange.None : spot.Delta.Types;
        if (!OpensUp(types, spot.From) && IsBreaking(spot, types, spot.From, reversed: true, stronglyTyped))
        {
            return !spot.Delta.Types.IsEmpty && IsSubset(spot.From.Types, spot.To.Types) ? "type-generalized" : "type-changed";
        }

        return IsSwap(spot) && !IsSubset(spot.To.Types, spot.From.Types) ? "type-compatible" : "type-specialized";
    }

    // A parameter is text on the wire, whatever its type.
    private static string InParameter(SchemaSpot spot) =>
        IsBreaking(spot, spot.Delta.Types, spot.To, reversed: false, stronglyTyped: false) && !ParameterArrays.IsWidening(spot) ? "type-changed" : "type-generalized";

    // How an object is written into a parameter is not known: where that matters, it is a risk.
    private static string InParameterProperty(SchemaSpot spot)
    {
        var strict = IsBreaking(spot, spot.Delta.Types, spot.To, reversed: false, stronglyTyped: true);
        var loose = IsBreaking(spot, spot.Delta.Types, spot.To, reversed: false, stronglyTyped: false);
        return strict != loose ? "type-changed" : strict ? "type-specialized" : "type-generalized";
    }

    private static bool IsBreaking(SchemaSpot spot, WordsChange types, SchemaNode target, bool reversed, bool stronglyTyped)
    {
        var (added, removed) = reversed ? (types.Removed, types.Added) : (types.Added, types.Removed);
        if (!types.IsEmpty && !Contains(added, removed, stronglyTyped))
        {
            return true;
        }

        var (from, to) = reversed ? (spot.To.Text("format"), spot.From.Text("format")) : (spot.From.Text("format"), spot.To.Text("format"));
        return spot.Delta.Value("format") is not null && to.Length > 0 && !(target.Types.Count == 1 && s_widerFormats.Contains((target.Types[0], to, from)));
    }

    /// <summary>Values of the removed types still pass by the added ones; text takes anything where types are not told apart.</summary>
    internal static bool Contains(IReadOnlyList<string> added, IReadOnlyList<string> removed, bool stronglyTyped) =>
        (added.Count == 1 && removed.Count == 1 && IsSubtype(removed[0], added[0])) || (!stronglyTyped && added is [] or ["string"]);

    private static bool OpensUp(WordsChange types, SchemaNode target) => !types.IsEmpty && target.Types.Count == 0;

    private static bool IsSwap(SchemaSpot spot) => !spot.Delta.Types.IsEmpty && spot.From.Types.Count > 0 && spot.To.Types.Count > 0;

    private static bool IsSubset(IReadOnlyList<string> some, IReadOnlyList<string> all) => some.Count > 0 && some.All(type => all.Any(other => IsSubtype(type, other)));

    private static bool IsSubtype(string type, string other) => type == other || (type == "integer" && other == "number");

    // By the name as written: oasdiff takes "application/json; charset=utf-8" for text.
    private static bool IsStronglyTyped(string mediaType) => mediaType == "application/json" || mediaType.EndsWith("+json", StringComparison.Ordinal);

    private static string Describe(SchemaNode node) =>
        string.Join(", ", node.Types) is var types && node.Text("format") is { Length: > 0 } format ? $"{types}/{format}" : types.Length > 0 ? types : "any";

    private static void CheckNullability(SchemaSpot spot)
    {
        if (BecameNullable(spot) is { } nullable)
        {
            spot.Report(ChangeKind.Requiredness, nullable ? "became-nullable" : "became-not-nullable");
        }
    }

    private static bool? BecameNullable(SchemaSpot spot)
    {
        if (spot.Delta.Value("nullable") is { } change)
        {
            return change.IsAddition;
        }

        // A schema without a type takes null already.
        var types = spot.Delta.Types;
        return types.Removed.Contains("null") && spot.To.Types.Count > 0 ? false
            : types.Added.Contains("null") && spot.From.Types.Count > 0 ? true
            : spot.Delta.Shift.IsNullability ? spot.Delta.Shift.BecameNullable
            : null;
    }

    private static void CheckChoice(SchemaSpot spot)
    {
        var choice = spot.Delta.Shift.TypeChoice;
        if (choice.IsEmpty || spot.IsReadOnlyInRequest)
        {
            return;
        }

        var widened = spot.IsRequest ? choice.Removed.Count == 0 : choice.Added.Count > 0;
        spot.Report(ChangeKind.Type, widened ? "list-of-types-widened" : "list-of-types-narrowed", string.Join(", ", choice.Removed), string.Join(", ", choice.Added));
    }
}
