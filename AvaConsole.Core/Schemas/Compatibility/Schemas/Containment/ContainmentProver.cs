using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Containment;

/// <summary>Why it could not be shown that a schema takes every value of another.</summary>
/// <param name="Pointer">Place in the schema that is to take them.</param>
/// <param name="Keyword">The keyword that may refuse some.</param>
/// <param name="IsCertain">It does refuse some; otherwise it is only not shown that it does not.</param>
internal sealed record ContainmentGap(string Pointer, string Keyword, string Text, bool IsCertain);

/// <summary>
/// Proves that every value of one schema is valid under another, keyword by keyword. It never claims what is not so: where its means end, it says that
/// nothing is proven.
/// </summary>
internal sealed class ContainmentProver(bool isLenient)
{
    /// <summary>Comparisons after which it gives up: choices within choices multiply.</summary>
    private const int MaxSteps = 8_000;

    private const int MaxDepth = 100;

    private readonly Dictionary<SchemaNode, int> _numbers = [];
    private readonly Dictionary<(string Facts, int Goal), int> _underWay = [];
    private readonly Dictionary<(string Facts, int Goal), bool> _known = [];

    private int _steps;
    private int _depth;
    private int _level;
    private bool _usedAssumption;

    /// <summary>An open object's new property may be taken for free of old data, though nothing says so.</summary>
    public bool IsLenient => isLenient;

    /// <summary>Shows that every value with these facts is valid under the goal; reasons why not go to <paramref name="gaps"/>.</summary>
    public bool Prove(SchemaFacts facts, SchemaNode goal, string pointer, List<ContainmentGap>? gaps = null)
    {
        if (facts.IsImpossible || goal.IsEmpty)
        {
            return true;
        }

        if (++_steps > MaxSteps || _depth > MaxDepth)
        {
            return Fail(gaps, new ContainmentGap(pointer, "", "the schemas are too entangled to be compared", IsCertain: false));
        }

        var key = (facts.Key(Number), Number(goal));
        if (_underWay.TryGetValue(key, out var level))
        {
            // Deeper in the value, the claim may be taken for granted: values are finite. At the same depth, that would be a circle.
            _usedAssumption = true;
            return level < _level;
        }

        return _known.TryGetValue(key, out var known) && (known || gaps is null) ? known : Attempt(facts, goal, pointer, gaps, key);
    }

    /// <summary>The same for a part of the value.</summary>
    public bool ProvePart(SchemaFacts facts, SchemaNode goal, string pointer, List<ContainmentGap>? gaps = null)
    {
        _level++;
        var proven = Prove(facts, goal, pointer, gaps);
        _level--;
        return proven;
    }

    internal static bool Fail(List<ContainmentGap>? gaps, ContainmentGap gap)
    {
        gaps?.Add(gap);
        return false;
    }

    private bool Attempt(SchemaFacts facts, SchemaNode goal, string pointer, List<ContainmentGap>? gaps, (string Facts, int Goal) key)
    {
        var outer = _usedAssumption;
        _usedAssumption = false;
        _underWay[key] = _level;
        _depth++;
        var proven = SchemaGoals.Hold(this, facts, goal, pointer, gaps: null) || ProveByCases(facts, goal, pointer) || IsAmong(facts, goal);
        if (!proven && gaps is not null)
        {
            SchemaGoals.Hold(this, facts, goal, pointer, gaps);
        }

        _depth--;
        _underWay.Remove(key);
        if (!_usedAssumption)
        {
            _known[key] = proven;
        }

        _usedAssumption |= outer;
        return proven;
    }

    /// <summary>No value is valid under the facts and the schema both.</summary>
    public bool AreDisjoint(SchemaFacts facts, SchemaNode schema) =>
        facts.And(schema).IsImpossible
        || facts.Negations.Any(negation => Prove(SchemaFacts.Of(schema), negation, ""))
        || AreCasesDisjoint(facts, schema);

    private bool AreCasesDisjoint(SchemaFacts facts, SchemaNode schema)
    {
        if (++_steps > MaxSteps || _depth >= MaxDepth || FactCases.Of(facts).FirstOrDefault() is not { } cases)
        {
            return false;
        }

        _depth++;
        var disjoint = cases.All(each => each.IsImpossible || AreDisjoint(each, schema));
        _depth--;
        return disjoint;
    }

    // What is a choice among the facts is shown for each of its cases; facts that contradict each other are of no value.
    private bool ProveByCases(SchemaFacts facts, SchemaNode goal, string pointer) =>
        (FactCases.Of(facts).FirstOrDefault() is { } cases && cases.All(each => Prove(each, goal, pointer)))
        || facts.Negations.Any(negation => Prove(facts.WithoutNegations(), negation, pointer));

    // A schema among the facts is true; one that refers to others may mean other ones.
    private static bool IsAmong(SchemaFacts facts, SchemaNode goal) =>
        facts.Nodes.Any(node => JsonNode.DeepEquals(node.Json, goal.Json)) && !goal.Json.ToJsonString().Contains("ref\"", StringComparison.OrdinalIgnoreCase);

    private int Number(SchemaNode node)
    {
        if (!_numbers.TryGetValue(node, out var number))
        {
            _numbers[node] = number = _numbers.Count;
        }

        return number;
    }
}
