using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Containment;

/// <summary>Types, values, bounds, sizes and patterns.</summary>
internal static class ValueGoals
{
    public static readonly IReadOnlyList<Func<SchemaGoal, bool>> All = [Type, Values, Range, Multiple, Sizes, Pattern];

    private static readonly (string Keyword, JsonTypes Types)[] s_sizes =
    [
        ("minLength", JsonTypes.String),
        ("maxLength", JsonTypes.String),
        ("minItems", JsonTypes.Array),
        ("maxItems", JsonTypes.Array),
        ("minProperties", JsonTypes.Object),
        ("maxProperties", JsonTypes.Object),
    ];

    private static bool Type(SchemaGoal goal)
    {
        var refused = goal.Facts.Types & ~JsonTypesReading.Allowed(goal.Node);
        return refused == JsonTypes.None || goal.Refuse("type", $"{Name(refused)} is not allowed");
    }

    private static string Name(JsonTypes types) => types switch
    {
        JsonTypes.Fraction => "a number that is no integer",
        _ => types.ToString().ToLowerInvariant(),
    };

    private static bool Values(SchemaGoal goal)
    {
        var allowed = goal.Node["enum"] as JsonArray;
        var holds = allowed is null || AreAmong(goal, allowed, "enum");
        return (!goal.Node.Contains("const") || AreAmong(goal, [goal.Node["const"]?.DeepClone()], "const")) && holds;
    }

    private static bool AreAmong(SchemaGoal goal, JsonArray allowed, string keyword)
    {
        if (goal.Facts.Values is not { } values)
        {
            return goal.Refuse(keyword, "only some values are allowed, where any of the type were");
        }

        var refused = values.Where(value => !allowed.Any(other => JsonNode.DeepEquals(value, other))).ToList();
        return refused.Count == 0 || goal.Refuse(keyword, $"{string.Join(", ", refused.Select(value => value?.ToJsonString() ?? "null"))} is not among the values");
    }

    private static bool Range(SchemaGoal goal)
    {
        if (!goal.Concerns(JsonTypes.Number))
        {
            return true;
        }

        var (known, wanted) = (goal.Facts.Range, NumberRange.Of(goal.Node));
        if ((goal.Facts.Types & JsonTypes.Number) == JsonTypes.Integer)
        {
            (known, wanted) = (known.WholeNumbers(), wanted.WholeNumbers());
        }

        if (wanted.Contains(known))
        {
            return true;
        }

        var isLow = !new NumberRange(wanted.Low, wanted.IsLowOpen, double.PositiveInfinity, true).Contains(known);
        var keyword = (isLow, goal.Node.Has(isLow ? "minimum" : "maximum")) switch
        {
            (true, true) => "minimum",
            (true, false) => "exclusiveMinimum",
            (false, true) => "maximum",
            _ => "exclusiveMaximum",
        };
        return goal.Refuse(keyword, isLow ? "smaller numbers were allowed" : "larger numbers were allowed");
    }

    private static bool Multiple(SchemaGoal goal)
    {
        if (!goal.Concerns(JsonTypes.Number) || Decimal(goal.Node) is not { } wanted || wanted == 0)
        {
            return true;
        }

        var isWhole = (goal.Facts.Types & JsonTypes.Number) == JsonTypes.Integer;
        return goal.Facts.Nodes.Select(Decimal).OfType<decimal>().Append(isWhole ? 1 : 0).Any(known => known != 0 && known % wanted == 0)
            || (goal.Facts.Values is { } values && values.All(value => SchemaNode.Number(value) is not { } number || ((decimal)number % wanted) == 0))
            || goal.Refuse("multipleOf", $"numbers that are no multiple of {wanted.ToString(CultureInfo.InvariantCulture)} were allowed");
    }

    private static decimal? Decimal(SchemaNode node) =>
        node["multipleOf"] is { } value && value.GetValueKind() == JsonValueKind.Number && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool Sizes(SchemaGoal goal)
    {
        var holds = true;
        foreach (var (keyword, types) in s_sizes)
        {
            if (goal.Concerns(types) && SchemaNode.Number(goal.Node[keyword]) is { } wanted && !Holds(goal.Facts, keyword, wanted))
            {
                holds = goal.Refuse(keyword, keyword.StartsWith("min", StringComparison.Ordinal) ? "less was enough" : "more was allowed");
            }
        }

        return holds;
    }

    private static bool Holds(SchemaFacts facts, string keyword, double wanted) =>
        keyword == "minProperties" ? Math.Max(facts.Bound(keyword), facts.Required.Count()) >= wanted
        : keyword.StartsWith("min", StringComparison.Ordinal) ? facts.Bound(keyword) >= wanted
        : facts.Bound(keyword) <= wanted;

    private static bool Pattern(SchemaGoal goal)
    {
        var wanted = goal.Node.Text("pattern");
        return !goal.Concerns(JsonTypes.String) || wanted is "" or ".*" or "^.*$" or "^"
            || goal.Facts.Nodes.Any(node => node.Text("pattern") == wanted)
            || (goal.Facts.Values is { } values && values.All(value => value?.GetValueKind() != JsonValueKind.String || NameMatch.Matches(value.GetValue<string>(), wanted)))
            || goal.GiveUp("pattern", "texts that do not match may have been allowed");
    }
}
