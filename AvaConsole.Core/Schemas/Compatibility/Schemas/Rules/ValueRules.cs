using System.Text.Json;
using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Rules;

/// <summary>Enums, constants and default values.</summary>
internal static class ValueRules
{
    private const string ExtensibleEnum = "x-extensible-enum";

    public static void Check(SchemaSpot spot)
    {
        CheckEnum(spot);
        CheckDefault(spot);
        CheckConst(spot);
        CheckExtensibleEnum(spot);
    }

    private static void CheckEnum(SchemaSpot spot)
    {
        if (spot.Delta.Value("enum") is not { } change)
        {
            return;
        }

        if (change.IsAddition)
        {
            spot.Report(ChangeKind.Values, "became-enum");
        }

        foreach (var value in SchemaKeywords.Except(change.From, change.To))
        {
            var id = spot.IsReadOnlyInRequest ? "request-read-only-property-enum-value-removed"
                : spot.IsRoot && spot.Site.Place == SchemaPlace.ResponseBody ? "response-mediatype-enum-value-removed"
                : null;
            spot.Report(ChangeKind.Values, "enum-value-removed", SchemaSpot.Text(value), "", id);
        }

        foreach (var value in SchemaKeywords.Except(change.To, change.From))
        {
            var id = spot.IsWriteOnlyInResponse ? "response-write-only-property-enum-value-added" : null;
            spot.Report(ChangeKind.Values, "enum-value-added", "", SchemaSpot.Text(value), id);
        }
    }

    private static void CheckDefault(SchemaSpot spot)
    {
        if (spot.Delta.Value("default") is not { } change)
        {
            return;
        }

        if (spot.Site.Place != SchemaPlace.RequestParameter)
        {
            spot.Report(ChangeKind.Values, Name("default-value", change), change.From, change.To);
        }
        else if (spot.IsRoot && !spot.Site.IsRequiredParameter)
        {
            // What a parameter defaults to is told whatever became of the rest.
            spot.ReportAs($"request-parameter-{Name("default-value", change)}", SchemaSpot.Text(change.From), SchemaSpot.Text(change.To));
        }
    }

    private static void CheckConst(SchemaSpot spot)
    {
        if (spot.Delta.Value("const") is { } change)
        {
            spot.Report(ChangeKind.Values, Name("const", change), change.From, change.To);
        }
    }

    private static string Name(string what, ValueChange change) => $"{what}-{(change.IsAddition ? "added" : change.IsRemoval ? "removed" : "changed")}";

    private static void CheckExtensibleEnum(SchemaSpot spot)
    {
        if (spot.Delta.Value(ExtensibleEnum) is not { From: JsonArray from, To: JsonArray to } || spot.IsReadOnlyInRequest || !AreWords(from) || !AreWords(to))
        {
            return;
        }

        foreach (var value in SchemaKeywords.Except(from, to))
        {
            spot.Report(ChangeKind.Values, $"{ExtensibleEnum}-value-removed", from: value);
        }
    }

    private static bool AreWords(JsonArray list) => list.All(item => item?.GetValueKind() == JsonValueKind.String);
}
