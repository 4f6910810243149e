using System.Buffers;
using AvaConsole.Core.Schemas.Validation.Patterns;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>Members that must be there where another is.</summary>
/// <param name="Name">Index of the other's name.</param>
/// <param name="Required">Indices of the names.</param>
internal readonly record struct Dependency(int Name, int[] Required);

/// <summary>A schema that the whole object must fit where a member is there.</summary>
internal readonly record struct DependentSchema(int Name, SchemaNode Schema);

/// <summary>What a schema asks of objects: one pass over the members, then what is missing.</summary>
internal sealed class ObjectRules
{
    private const int WordBits = 64;
    private const int FewWords = 4;

    /// <summary>Schemas that could be applied in the time of one match.</summary>
    private const int MatchCost = 8;

    /// <summary>Every name that a keyword mentions.</summary>
    public NameTable Names { get; init; } = new([]);

    /// <summary>The schema of each name's member; null where it only is required, or something depends on it.</summary>
    public SchemaNode?[] Properties { get; init; } = [];

    /// <summary>Indices of the names that must be there, in the schema's order.</summary>
    public int[] Required { get; init; } = [];

    public Dependency[] Dependencies { get; init; } = [];

    public DependentSchema[] DependentSchemas { get; init; } = [];

    public (PatternMatcher Pattern, SchemaNode Schema)[] PatternProperties { get; init; } = [];

    /// <summary>Schema of members that neither <see cref="Properties"/> nor <see cref="PatternProperties"/> name.</summary>
    public SchemaNode? AdditionalProperties { get; init; }

    public SchemaNode? PropertyNames { get; init; }

    public int MinProperties { get; init; }

    public int MaxProperties { get; init; } = int.MaxValue;

    public bool IsEmpty => Names.Count == 0
        && PatternProperties.Length == 0
        && AdditionalProperties is null
        && PropertyNames is null
        && MinProperties == 0
        && MaxProperties == int.MaxValue;

    public bool Evaluate(ref ValidationRun run, int row)
    {
        var words = (Names.Count + WordBits - 1) / WordBits;
        if (words <= FewWords)
        {
            Span<ulong> few = stackalloc ulong[FewWords];
            return Evaluate(ref run, row, few);
        }

        var many = ArrayPool<ulong>.Shared.Rent(words);
        many.AsSpan(0, words).Clear();
        var fits = Evaluate(ref run, row, many);
        ArrayPool<ulong>.Shared.Return(many);
        return fits;
    }

    private bool Evaluate(ref ValidationRun run, int row, scoped Span<ulong> seen)
    {
        var fits = HasCount(ref run, row);
        if (fits || run.IsCollecting)
        {
            fits &= EvaluateMembers(ref run, row, seen);
        }

        if (fits || run.IsCollecting)
        {
            fits &= EvaluateMissing(ref run, row, seen);
        }

        foreach (var (name, schema) in DependentSchemas)
        {
            if ((fits || run.IsCollecting) && Has(seen, name))
            {
                fits &= schema.Evaluate(ref run, row);
            }
        }

        return fits;
    }

    private static bool Has(ReadOnlySpan<ulong> seen, int index) => (seen[index / WordBits] & (1UL << (index % WordBits))) != 0;

    private bool HasCount(ref ValidationRun run, int row)
    {
        var count = run.Rows[row].Length;
        if (count < MinProperties)
        {
            return run.IsCollecting && run.Fail(row, Keyword.MinProperties, count, MinProperties);
        }

        return count <= MaxProperties || (run.IsCollecting && run.Fail(row, Keyword.MaxProperties, count, MaxProperties));
    }

    private bool EvaluateMembers(ref ValidationRun run, int row, scoped Span<ulong> seen)
    {
        var end = run.Rows[row].Next;
        var isAsked = run.Evaluated.IsAsked(row);
        var isSimple = PatternProperties.Length == 0 && PropertyNames is null;
        var fits = true;
        var (expected, ordinal) = (0, 0);
        for (var name = row + 1; name < end; name = run.Rows[name + 1].Next)
        {
            var index = Names.Find(ref run, name, ref expected);
            if (index >= 0)
            {
                seen[index / WordBits] |= 1UL << (index % WordBits);
            }

            // What most members of most objects need, or all of it.
            var schema = isSimple && index >= 0 ? Properties[index] : null;
            var isLookedAt = true;
            if (!(schema is { IsNever: false } ? schema.Evaluate(ref run, name + 1) : EvaluateMember(ref run, row, name, index, out isLookedAt)))
            {
                fits = false;
                if (!run.IsCollecting || run.IsFull)
                {
                    return false;
                }
            }

            if (isAsked && isLookedAt)
            {
                run.Evaluated.Mark(ordinal);
            }

            ordinal++;
        }

        return fits;
    }

    private bool EvaluateMember(ref ValidationRun run, int row, int name, int index, out bool isLookedAt)
    {
        var schema = index >= 0 ? Properties[index] : null;
        isLookedAt = schema is not null;
        var fits = schema is null || EvaluateOrForbid(ref run, schema, row, name);
        foreach (var (pattern, matched) in PatternProperties)
        {
            if (!run.Charge(row, MatchCost))
            {
                return false;
            }

            if (Matches(ref run, name, pattern))
            {
                isLookedAt = true;
                fits &= (fits || run.IsCollecting) && EvaluateOrForbid(ref run, matched, row, name);
            }
        }

        if (!isLookedAt && AdditionalProperties is not null && (fits || run.IsCollecting))
        {
            isLookedAt = true;
            fits &= EvaluateOrForbid(ref run, AdditionalProperties, row, name);
        }

        return PropertyNames is null || (!fits && !run.IsCollecting) ? fits : fits & EvaluateName(ref run, row, name);
    }

    private bool EvaluateOrForbid(ref ValidationRun run, SchemaNode schema, int row, int name)
    {
        if (!schema.IsNever)
        {
            return schema.Evaluate(ref run, name + 1);
        }

        return run.IsCollecting && run.Add(new Failure(row, Keyword.AdditionalProperties, ProblemTexts.Text(run.View, name), [Names.Names]));
    }

    private bool EvaluateName(ref ValidationRun run, int row, int name)
    {
        var fits = PropertyNames!.IsNever ? false : run.Fits(PropertyNames, name);
        return fits || (run.IsCollecting && run.FailMember(row, ProblemTexts.Text(run.View, name), Keyword.PropertyNames, ProblemTexts.Name(run.Text(name))));
    }

    private static bool Matches(ref ValidationRun run, int name, PatternMatcher pattern)
    {
        var result = pattern.Match(run.Text(name), run.Buffers);
        return result == PatternResult.TooSlow ? run.Abort(name, Keyword.PatternTooSlow, pattern.Source) : result == PatternResult.Match;
    }

    private bool EvaluateMissing(ref ValidationRun run, int row, scoped ReadOnlySpan<ulong> seen)
    {
        var fits = true;
        foreach (var index in Required)
        {
            if (!Has(seen, index))
            {
                fits = run.IsCollecting && run.FailMember(row, Names.Names[index], Keyword.Required, Names.Names[index]);
                if (!run.IsCollecting)
                {
                    return false;
                }
            }
        }

        foreach (var (name, required) in Dependencies)
        {
            foreach (var index in required)
            {
                if (Has(seen, name) && !Has(seen, index))
                {
                    fits = run.IsCollecting && run.FailMember(row, Names.Names[index], Keyword.DependentRequired, Names.Names[index], Names.Names[name]);
                }
            }
        }

        return fits;
    }
}
