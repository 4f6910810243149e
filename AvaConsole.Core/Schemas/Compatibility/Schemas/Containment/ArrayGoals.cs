namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Containment;

/// <summary>The elements of arrays.</summary>
internal static class ArrayGoals
{
    public static readonly IReadOnlyList<Func<SchemaGoal, bool>> All = [Items, Unique, Contains, Unevaluated];

    private static bool Items(SchemaGoal goal)
    {
        if (!goal.Concerns(JsonTypes.Array))
        {
            return true;
        }

        var prefix = Math.Max(goal.Node.List("prefixItems").Count, goal.Facts.PrefixLength);
        var holds = true;
        // The place after the last with a schema of its own stands for all that follow.
        for (var index = 0; index <= prefix && index < goal.Facts.Bound("maxItems"); index++)
        {
            if (SchemaFacts.ElementSchema(goal.Node, index) is { } wanted)
            {
                var pointer = index < goal.Node.List("prefixItems").Count ? $"{goal.Pointer}/prefixItems/{index}" : $"{goal.Pointer}/items";
                holds &= goal.Prover.ProvePart(goal.Facts.Element(index), wanted, pointer, goal.Gaps);
            }
        }

        return holds;
    }

    private static bool Unique(SchemaGoal goal) =>
        !goal.Concerns(JsonTypes.Array) || !goal.Node.Flag("uniqueItems") || goal.Facts.Bound("maxItems") <= 1 || goal.Facts.Nodes.Any(node => node.Flag("uniqueItems"))
        || goal.Refuse("uniqueItems", "elements could be repeated");

    private static bool Contains(SchemaGoal goal)
    {
        if (!goal.Concerns(JsonTypes.Array) || goal.Node.Subschema("contains")?.Node is not { } wanted)
        {
            return true;
        }

        var least = SchemaNode.Number(goal.Node["minContains"]) ?? 1;
        var most = SchemaNode.Number(goal.Node["maxContains"]) ?? double.PositiveInfinity;
        var holds = (least == 0 || HasEnough(goal, wanted, least)) && (goal.Facts.Bound("maxItems") <= most || HasAtMost(goal, wanted, most));
        return holds || goal.GiveUp("contains", "arrays without such elements may have been allowed");
    }

    private static bool HasEnough(SchemaGoal goal, SchemaNode wanted, double least) =>
        goal.Facts.Nodes.Any(node => node.Subschema("contains")?.Node is { } known && (SchemaNode.Number(node["minContains"]) ?? 1) >= least && goal.Prover.ProvePart(SchemaFacts.Of(known), wanted, ""))
        || (goal.Facts.Bound("minItems") >= least && Enumerable.Range(0, goal.Facts.PrefixLength + 1).All(index => goal.Prover.ProvePart(goal.Facts.Element(index), wanted, "")));

    private static bool HasAtMost(SchemaGoal goal, SchemaNode wanted, double most) =>
        goal.Facts.Nodes.Any(node => node.Subschema("contains")?.Node is { } known && SchemaNode.Number(node["maxContains"]) <= most && goal.Prover.ProvePart(SchemaFacts.Of(wanted), known, ""));

    // Which elements a schema has looked at depends on what else it says: known is only that none are left, or that any will do.
    private static bool Unevaluated(SchemaGoal goal)
    {
        if (!goal.Concerns(JsonTypes.Array) || goal.Node.Subschema("unevaluatedItems")?.Node is not { } wanted || wanted.IsEmpty || goal.Node.Has("items"))
        {
            return true;
        }

        var first = goal.Node.List("prefixItems").Count;
        return Enumerable.Range(first, Math.Max(0, goal.Facts.PrefixLength - first) + 1)
                .All(index => index >= goal.Facts.Bound("maxItems") || goal.Prover.ProvePart(goal.Facts.Element(index), wanted, ""))
            || goal.GiveUp("unevaluatedItems", "more elements may have been allowed");
    }
}
