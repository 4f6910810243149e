namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>A keyword that applies other schemas to the same value.</summary>
internal abstract class InPlaceRule
{
    public abstract bool Evaluate(ref ValidationRun run, int row);

    /// <summary>The schemas that always apply where this keyword does; used to find references that go round in a circle.</summary>
    public virtual IEnumerable<SchemaNode> Always => [];
}

/// <summary><c>$ref</c>.</summary>
internal sealed class ReferenceRule(SchemaNode target) : InPlaceRule
{
    public SchemaNode Target => target;

    public override IEnumerable<SchemaNode> Always => [target];

    public override bool Evaluate(ref ValidationRun run, int row) => target.Evaluate(ref run, row);
}

/// <summary><c>$dynamicRef</c>: the outermost document on the way here that has the anchor, or else the one it names itself.</summary>
/// <param name="anchored">By number of the document.</param>
internal sealed class DynamicReferenceRule(SchemaNode target, IReadOnlyDictionary<int, SchemaNode> anchored) : InPlaceRule
{
    public override bool Evaluate(ref ValidationRun run, int row)
    {
        foreach (var document in run.Scope.Entered)
        {
            if (anchored.TryGetValue(document, out var found))
            {
                return found.Evaluate(ref run, row);
            }
        }

        return target.Evaluate(ref run, row);
    }
}

internal sealed class AllOfRule(SchemaNode[] schemas) : InPlaceRule
{
    public override IEnumerable<SchemaNode> Always => schemas;

    public override bool Evaluate(ref ValidationRun run, int row)
    {
        var fits = true;
        foreach (var schema in schemas)
        {
            fits &= schema.Evaluate(ref run, row);
            if (!fits && !run.IsCollecting)
            {
                return false;
            }
        }

        return fits;
    }
}

internal sealed class AnyOfRule(SchemaNode[] schemas) : InPlaceRule
{
    public override bool Evaluate(ref ValidationRun run, int row)
    {
        // Each that fits has its say about what has been looked at.
        var isAsked = run.Evaluated.IsAsked(row);
        var fits = false;
        foreach (var schema in schemas)
        {
            fits |= run.Fits(schema, row);
            if (fits && !isAsked)
            {
                return true;
            }
        }

        return fits || (run.IsCollecting && run.Fail(row, Keyword.AnyOf, schemas.Length));
    }
}

internal sealed class OneOfRule(SchemaNode[] schemas) : InPlaceRule
{
    public override bool Evaluate(ref ValidationRun run, int row)
    {
        var (count, first) = (0, -1);
        for (var index = 0; index < schemas.Length; index++)
        {
            if (!run.Fits(schemas[index], row))
            {
                continue;
            }

            if (++count > 1)
            {
                return run.IsCollecting && run.Fail(row, Keyword.OneOfSeveral, first, index);
            }

            first = index;
        }

        return count == 1 || (run.IsCollecting && run.Fail(row, Keyword.OneOf, schemas.Length));
    }
}

internal sealed class NotRule(SchemaNode schema) : InPlaceRule
{
    public override bool Evaluate(ref ValidationRun run, int row)
    {
        var wasCollecting = run.IsCollecting;
        run.IsCollecting = false;
        var mark = run.Evaluated.Save(row);
        var fits = schema.Evaluate(ref run, row);
        run.Evaluated.Restore(mark, row, keep: false);
        run.IsCollecting = wasCollecting;
        return !fits || (run.IsCollecting && run.Fail(row, Keyword.Not));
    }
}

/// <summary><c>if</c>, <c>then</c>, <c>else</c>.</summary>
internal sealed class ConditionRule(SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) : InPlaceRule
{
    public override bool Evaluate(ref ValidationRun run, int row)
    {
        var next = run.Fits(condition, row) ? then : otherwise;
        return next is null || next.Evaluate(ref run, row);
    }
}
