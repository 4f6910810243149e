using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Rules;

/// <summary>The property that tells the branches of a choice apart, and what its values stand for.</summary>
internal static class DiscriminatorRules
{
    public static void Check(SchemaSpot spot)
    {
        if (spot.Delta.Value("discriminator") is not { } change)
        {
            return;
        }

        if (change.From is not JsonObject from || change.To is not JsonObject to)
        {
            spot.Report(ChangeKind.Structure, change.IsAddition ? "discriminator-added" : "discriminator-removed");
            return;
        }

        if (!JsonNode.DeepEquals(from["propertyName"], to["propertyName"]))
        {
            spot.Report(ChangeKind.Structure, "discriminator-property-name-changed", from["propertyName"], to["propertyName"]);
        }

        CheckMapping(spot, from["mapping"] as JsonObject ?? [], to["mapping"] as JsonObject ?? []);
    }

    private static void CheckMapping(SchemaSpot spot, JsonObject from, JsonObject to)
    {
        var added = to.Where(pair => !from.ContainsKey(pair.Key)).Select(pair => pair.Key).ToList();
        var removed = from.Where(pair => !to.ContainsKey(pair.Key)).Select(pair => pair.Key).ToList();
        if (added.Count > 0)
        {
            spot.Report(ChangeKind.Structure, "discriminator-mapping-added", "", string.Join(", ", added));
        }

        if (removed.Count > 0)
        {
            spot.Report(ChangeKind.Structure, "discriminator-mapping-deleted", string.Join(", ", removed), "");
        }

        foreach (var (name, target) in from)
        {
            if (to.ContainsKey(name) && !JsonNode.DeepEquals(target, to[name]))
            {
                spot.Report(ChangeKind.Structure, "discriminator-mapping-changed", $"{name}: {SchemaSpot.Text(target)}", $"{name}: {SchemaSpot.Text(to[name])}");
            }
        }
    }
}
