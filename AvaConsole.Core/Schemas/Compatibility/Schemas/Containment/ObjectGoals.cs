using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Containment;

/// <summary>The properties of objects.</summary>
internal static class ObjectGoals
{
    public static readonly IReadOnlyList<Func<SchemaGoal, bool>> All = [Required, Properties, PatternProperties, AdditionalProperties, UnevaluatedProperties, PropertyNames, DependentRequired, DependentSchemas];

    private static bool Required(SchemaGoal goal)
    {
        if (!goal.Concerns(JsonTypes.Object))
        {
            return true;
        }

        var missing = goal.Node.Required.Except(goal.Facts.Required).ToList();
        return missing.Count == 0 || goal.Refuse("required", $"{string.Join(", ", missing)} could be left out");
    }

    private static bool Properties(SchemaGoal goal)
    {
        if (!goal.Concerns(JsonTypes.Object))
        {
            return true;
        }

        var holds = true;
        foreach (var (name, wanted) in goal.Node.Properties)
        {
            // Data under a name that was free may be anything.
            if (!goal.Prover.IsLenient || goal.Facts.Names(name))
            {
                holds &= goal.Prover.ProvePart(goal.Facts.Property(name), wanted.Node, $"{goal.Pointer}/properties/{SchemaWalk.Escape(name)}", goal.Gaps);
            }
        }

        return holds;
    }

    private static bool PatternProperties(SchemaGoal goal)
    {
        var holds = true;
        foreach (var (pattern, wanted) in goal.Concerns(JsonTypes.Object) ? goal.Node.Map("patternProperties") : new Dictionary<string, SchemaView>())
        {
            var pointer = $"{goal.Pointer}/patternProperties/{SchemaWalk.Escape(pattern)}";
            foreach (var name in goal.Facts.PropertyNames.Where(name => NameMatch.MayMatch(name, pattern)))
            {
                holds &= goal.Prover.ProvePart(goal.Facts.Property(name), wanted.Node, pointer, goal.Gaps);
            }

            var sameName = goal.Facts.Nodes.Select(node => node.Map("patternProperties").GetValueOrDefault(pattern)?.Node).OfType<SchemaNode>().ToList();
            holds &= goal.Prover.ProvePart(sameName.Count > 0 ? SchemaFacts.Of(sameName) : goal.Facts.OtherProperty(), wanted.Node, pointer, goal.Gaps)
                && (sameName.Count > 0 || OtherPatterns(goal, wanted.Node, pointer, _ => false));
        }

        return holds;
    }

    private static bool AdditionalProperties(SchemaGoal goal) =>
        !goal.Concerns(JsonTypes.Object) || goal.Node.Subschema("additionalProperties")?.Node is not { } wanted || Others(goal, [goal.Node], wanted, $"{goal.Pointer}/additionalProperties");

    private static bool UnevaluatedProperties(SchemaGoal goal)
    {
        if (!goal.Concerns(JsonTypes.Object) || goal.Node.Subschema("unevaluatedProperties")?.Node is not { } wanted || wanted.IsEmpty)
        {
            return true;
        }

        // What a choice looks at is not known here; it can only be more than what is looked at in any case.
        var looked = SchemaFacts.Of(goal.Node).Nodes;
        return looked.Any(node => node.Has("additionalProperties")) || Others(goal with { Gaps = null }, looked, wanted, "")
            || goal.GiveUp("unevaluatedProperties", "more properties may have been allowed");
    }

    // Properties that none of the schemas names.
    private static bool Others(SchemaGoal goal, IReadOnlyList<SchemaNode> schemas, SchemaNode wanted, string pointer)
    {
        if (wanted.IsEmpty)
        {
            return true;
        }

        var holds = goal.Prover.ProvePart(goal.Facts.OtherProperty(), wanted, pointer, goal.Gaps);
        foreach (var name in goal.Facts.PropertyNames.Where(name => !schemas.Any(node => IsNamed(node, name))))
        {
            holds &= goal.Prover.ProvePart(goal.Facts.Property(name), wanted, pointer, goal.Gaps);
        }

        return holds && OtherPatterns(goal, wanted, pointer, pattern => schemas.Any(node => node.Map("patternProperties").ContainsKey(pattern)));
    }

    private static bool OtherPatterns(SchemaGoal goal, SchemaNode wanted, string pointer, Func<string, bool> isNamed) => goal.Facts.Nodes
        .SelectMany(node => node.Map("patternProperties"))
        .Where(pair => !isNamed(pair.Key))
        .All(pair => goal.Prover.ProvePart(SchemaFacts.Of(pair.Value.Node), wanted, pointer, goal.Gaps));

    private static bool IsNamed(SchemaNode node, string name) =>
        node.Properties.ContainsKey(name) || node.Map("patternProperties").Keys.Any(pattern => NameMatch.Matches(name, pattern));

    private static bool PropertyNames(SchemaGoal goal)
    {
        if (!goal.Concerns(JsonTypes.Object) || goal.Node.Subschema("propertyNames")?.Node is not { } wanted)
        {
            return true;
        }

        var known = SchemaFacts.Of([ConstantSchema.Read(new JsonObject { ["type"] = "string" }), .. goal.Facts.Nodes.Select(node => node.Subschema("propertyNames")?.Node).OfType<SchemaNode>()]);
        var isClosed = goal.Facts.OtherProperty().IsImpossible && !goal.Facts.Nodes.Any(node => node.Has("patternProperties"));
        return goal.Prover.ProvePart(known, wanted, "")
            || (isClosed && goal.Facts.PropertyNames.All(name => goal.Facts.Property(name).IsImpossible || goal.Prover.ProvePart(known.Only(name), wanted, "")))
            || goal.GiveUp("propertyNames", "other names may have been allowed");
    }

    private static bool DependentRequired(SchemaGoal goal)
    {
        var holds = true;
        foreach (var (name, wanted) in goal.Concerns(JsonTypes.Object) ? goal.Node["dependentRequired"] as JsonObject ?? [] : [])
        {
            var known = goal.Facts.Required.Concat(goal.Facts.Nodes.SelectMany(node => SchemaNode.Words((node["dependentRequired"] as JsonObject)?[name])));
            if (SchemaNode.Words(wanted).Except(known).Any() && !goal.Facts.Property(name).IsImpossible)
            {
                holds = goal.GiveUp("dependentRequired", $"what {name} asks for could be left out");
            }
        }

        return holds;
    }

    private static bool DependentSchemas(SchemaGoal goal)
    {
        var holds = true;
        foreach (var (name, wanted) in goal.Concerns(JsonTypes.Object) ? goal.Node.Map("dependentSchemas") : new Dictionary<string, SchemaView>())
        {
            if (goal.Facts.Property(name).IsImpossible)
            {
                continue;
            }

            var present = goal.Facts.And(ConstantSchema.Read(new JsonObject { ["required"] = new JsonArray(name) }));
            var known = goal.Facts.Nodes.Select(node => node.Map("dependentSchemas").GetValueOrDefault(name)?.Node).OfType<SchemaNode>().Aggregate(present, (facts, node) => facts.And(node));
            holds &= goal.Prover.Prove(known, wanted.Node, $"{goal.Pointer}/dependentSchemas/{SchemaWalk.Escape(name)}", goal.Gaps);
        }

        return holds;
    }
}
