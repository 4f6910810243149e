namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Containment;

/// <summary>References, choices, negations and conditions.</summary>
internal static class CompositionGoals
{
    public static readonly IReadOnlyList<Func<SchemaGoal, bool>> All = [Reference, AllOf, AnyOf, OneOf, Not, Condition];

    private static bool Reference(SchemaGoal goal)
    {
        if (goal.Node.Has("$dynamicRef"))
        {
            return goal.GiveUp("$dynamicRef", "where the reference leads depends on who asks");
        }

        return !goal.Node.Has("$ref")
            || (goal.Node.Referenced is { } target ? goal.Prover.Prove(goal.Facts, target, $"{goal.Pointer}/$ref", goal.Gaps) : goal.GiveUp("$ref", "the reference leads nowhere that is known"));
    }

    private static bool AllOf(SchemaGoal goal)
    {
        var holds = true;
        foreach (var (index, branch) in goal.Node.List("allOf").Index())
        {
            holds &= goal.Prover.Prove(goal.Facts, branch.Node, $"{goal.Pointer}/allOf/{index}", goal.Gaps);
        }

        return holds;
    }

    private static bool AnyOf(SchemaGoal goal) =>
        goal.Node.List("anyOf") is not { Count: > 0 } branches || branches.Any(branch => goal.Prover.Prove(goal.Facts, branch.Node, ""))
        || goal.GiveUp("anyOf", "values may have been allowed that fit no alternative");

    private static bool OneOf(SchemaGoal goal) =>
        goal.Node.List("oneOf") is not { Count: > 0 } branches
        || branches.Index().Any(pair => goal.Prover.Prove(goal.Facts, pair.Item.Node, "") && branches.Index().All(other => other.Index == pair.Index || goal.Prover.AreDisjoint(goal.Facts, other.Item.Node)))
        || goal.GiveUp("oneOf", "values may have been allowed that fit no alternative, or several");

    private static bool Not(SchemaGoal goal) =>
        goal.Node.Subschema("not") is not { } excluded || goal.Prover.AreDisjoint(goal.Facts, excluded.Node)
        || goal.GiveUp("not", "values that are excluded may have been allowed");

    private static bool Condition(SchemaGoal goal)
    {
        if (goal.Node.Subschema("if")?.Node is not { } condition)
        {
            return true;
        }

        var holds = goal.Node.Subschema("then") is not { } then || goal.Prover.Prove(goal.Facts.And(condition), then.Node, "");
        holds &= goal.Node.Subschema("else") is not { } otherwise || goal.Prover.Prove(goal.Facts.AndNot(condition), otherwise.Node, "");
        return holds || goal.GiveUp("if", "values may have been allowed that the condition refuses");
    }
}
