using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Rules;

/// <summary>Compositions, conditions and the other keywords that hold subschemas.</summary>
internal static class StructureRules
{
    private static readonly (string Keyword, string Name, ChangeKind Kind)[] s_singles =
    [
        ("if", "if", ChangeKind.Structure),
        ("then", "then", ChangeKind.Structure),
        ("else", "else", ChangeKind.Structure),
        ("contains", "contains", ChangeKind.Structure),
        ("propertyNames", "property-names", ChangeKind.Structure),
        ("unevaluatedItems", "unevaluated-items", ChangeKind.Structure),
        ("unevaluatedProperties", "unevaluated-properties", ChangeKind.Structure),
        ("contentSchema", "content-schema", ChangeKind.Existence),
    ];

    public static void Check(SchemaSpot spot)
    {
        if (!spot.IsBody)
        {
            return;
        }

        CheckLists(spot);
        foreach (var (keyword, name, kind) in s_singles)
        {
            if (spot.Delta.Singles.TryGetValue(keyword, out var single) && !single.IsChange)
            {
                spot.Report(kind, single.IsAddition ? $"{name}-added" : $"{name}-removed");
            }
        }

        CheckMap(spot, "dependentSchemas", "dependent-schema", ChangeKind.Structure);
        CheckMap(spot, "patternProperties", "pattern-property", ChangeKind.Constraints);
        CheckDependentRequired(spot);
        CheckContent(spot, "contentMediaType", "content-media-type-changed");
        CheckContent(spot, "contentEncoding", "content-encoding-changed");
        DiscriminatorRules.Check(spot);
    }

    private static void CheckLists(SchemaSpot spot)
    {
        if (spot.IsRoot && spot.Delta.Shift.IsWrapped)
        {
            spot.Report(ChangeKind.Structure, "wrapped-in-one-of");
        }

        CheckAllOf(spot);
        CheckList(spot, "oneOf", "one-of");
        CheckList(spot, "anyOf", "any-of");
        CheckList(spot, "prefixItems", "prefix-items");
    }

    private static void CheckList(SchemaSpot spot, string keyword, string name)
    {
        var list = spot.Delta.List(keyword);
        if (list.Added.Count > 0)
        {
            spot.Report(ChangeKind.Structure, $"{name}-added", "", Labels(list.Added));
        }

        if (list.Removed.Count > 0)
        {
            spot.Report(ChangeKind.Structure, $"{name}-removed", Labels(list.Removed), "");
        }
    }

    // A branch that holds but a title or a description takes every value.
    private static void CheckAllOf(SchemaSpot spot)
    {
        var list = spot.Delta.List("allOf");
        foreach (var branches in list.Added.GroupBy(branch => IsAnnotation(spot, branch.Schema)))
        {
            spot.Report(ChangeKind.Structure, branches.Key ? "all-of-added-annotation-only" : "all-of-added", "", Labels(branches));
        }

        foreach (var branches in list.Removed.GroupBy(branch => IsAnnotation(spot, branch.Schema)))
        {
            spot.Report(ChangeKind.Structure, branches.Key ? "all-of-removed-annotation-only" : "all-of-removed", Labels(branches), "");
        }
    }

    private static bool IsAnnotation(SchemaSpot spot, SchemaView branch)
    {
        var empty = branch.Node.Without(branch.Node.Names);
        return !branch.Node.IsBoolean && spot.Differ.AreEquivalent(new SchemaView("", empty), branch);
    }

    private static string Labels(IEnumerable<(int Index, SchemaView Schema)> branches) => string.Join(", ", branches.Select(branch => SchemaPair.Label(branch.Index, branch.Schema)));

    private static void CheckMap(SchemaSpot spot, string keyword, string name, ChangeKind kind)
    {
        foreach (var added in spot.Delta.Map(keyword).Added)
        {
            spot.Report(kind, $"{name}-added", "", added);
        }

        foreach (var removed in spot.Delta.Map(keyword).Removed)
        {
            spot.Report(kind, $"{name}-removed", removed, "");
        }
    }

    private static void CheckDependentRequired(SchemaSpot spot)
    {
        if (spot.Delta.Value("dependentRequired") is not { } change)
        {
            return;
        }

        var (from, to) = (change.From as JsonObject ?? [], change.To as JsonObject ?? []);
        foreach (var name in from.Union(to).Select(pair => pair.Key).Distinct())
        {
            var action = !from.ContainsKey(name) ? "added" : !to.ContainsKey(name) ? "removed" : "changed";
            if (action != "changed" || !WordsChange.Between(SchemaNode.Words(from[name]), SchemaNode.Words(to[name])).IsEmpty)
            {
                spot.Report(ChangeKind.Structure, $"dependent-required-{action}", Rule(name, from), Rule(name, to));
            }
        }
    }

    private static string Rule(string name, JsonObject rules) => rules.ContainsKey(name) ? $"{name}: {string.Join(", ", SchemaNode.Words(rules[name]))}" : "";

    private static void CheckContent(SchemaSpot spot, string keyword, string change)
    {
        if (spot.Delta.Value(keyword) is { } value)
        {
            spot.Report(ChangeKind.Type, change, value.From, value.To);
        }
    }
}
