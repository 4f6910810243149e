namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Containment;

/// <summary>What is to be shown of a schema that shall take every value with some facts: one goal per keyword.</summary>
internal sealed record SchemaGoal(ContainmentProver Prover, SchemaFacts Facts, SchemaNode Node, string Pointer, List<ContainmentGap>? Gaps)
{
    /// <summary>Values of these kinds are among those that are to be taken.</summary>
    public bool Concerns(JsonTypes types) => (Facts.Types & types) != 0;

    /// <summary>Notes that a keyword refuses some values.</summary>
    public bool Refuse(string keyword, string text) => ContainmentProver.Fail(Gaps, new ContainmentGap($"{Pointer}/{keyword}", keyword, text, IsCertain: true));

    /// <summary>Notes that nothing is proven for a keyword.</summary>
    public bool GiveUp(string keyword, string text) => ContainmentProver.Fail(Gaps, new ContainmentGap($"{Pointer}/{keyword}", keyword, text, IsCertain: false));
}

/// <summary>Goes through the keywords of a schema.</summary>
internal static class SchemaGoals
{
    private static readonly IReadOnlyList<Func<SchemaGoal, bool>> s_goals =
    [
        .. ValueGoals.All,
        .. ArrayGoals.All,
        .. ObjectGoals.All,
        .. CompositionGoals.All,
    ];

    /// <summary>Every keyword holds; with <paramref name="gaps"/>, all that do not are told.</summary>
    public static bool Hold(ContainmentProver prover, SchemaFacts facts, SchemaNode node, string pointer, List<ContainmentGap>? gaps)
    {
        var goal = new SchemaGoal(prover, facts, node, pointer, gaps);
        if (node.IsBoolean)
        {
            return node.IsEmpty || goal.Refuse("", "nothing is allowed here any more");
        }

        var hold = true;
        foreach (var holds in s_goals)
        {
            hold &= holds(goal);
            if (!hold && gaps is null)
            {
                return false;
            }
        }

        return hold;
    }
}
