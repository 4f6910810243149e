namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary><c>unevaluatedProperties</c> and <c>unevaluatedItems</c>, after all other keywords of a schema have looked at what a value holds.</summary>
internal static class UnevaluatedRules
{
    /// <param name="schema">Of all members that no keyword has looked at; null where anything goes.</param>
    public static bool EvaluateObject(ref ValidationRun run, int row, SchemaNode? schema)
    {
        if (schema is null)
        {
            return true;
        }

        var fits = true;
        var ordinal = 0;
        for (var name = row + 1; name < run.Rows[row].Next; name = run.Rows[name + 1].Next)
        {
            if (!run.Evaluated.Has(ordinal))
            {
                run.Evaluated.Mark(ordinal);
                fits &= schema.IsNever ? FailMember(ref run, name) : schema.Evaluate(ref run, name + 1);
                if ((!fits && !run.IsCollecting) || run.IsFull)
                {
                    return false;
                }
            }

            ordinal++;
        }

        return fits;
    }

    /// <param name="schema">Of all elements that no keyword has looked at; null where anything goes.</param>
    public static bool EvaluateArray(ref ValidationRun run, int row, SchemaNode? schema)
    {
        if (schema is null)
        {
            return true;
        }

        var fits = true;
        var ordinal = 0;
        for (var item = row + 1; item < run.Rows[row].Next; item = run.Rows[item].Next)
        {
            if (!run.Evaluated.Has(ordinal))
            {
                run.Evaluated.Mark(ordinal);
                fits &= schema.IsNever
                    ? run.IsCollecting && run.Fail(item, Keyword.UnevaluatedItems, ordinal)
                    : schema.Evaluate(ref run, item);
                if ((!fits && !run.IsCollecting) || run.IsFull)
                {
                    return false;
                }
            }

            ordinal++;
        }

        return fits;
    }

    private static bool FailMember(ref ValidationRun run, int name) =>
        run.IsCollecting && run.Fail(name + 1, Keyword.UnevaluatedProperties, ProblemTexts.Name(run.Text(name)));
}
