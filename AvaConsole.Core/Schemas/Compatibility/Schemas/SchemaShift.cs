namespace AvaConsole.Core.Schemas.Compatibility.Schemas;

/// <summary>
/// Recognised changes that show in several keywords at once: told as what they are, their traces in the single keywords are left out.
/// </summary>
internal sealed record SchemaShift
{
    public static readonly SchemaShift None = new();

    /// <summary>X became <c>oneOf: [null, X]</c>.</summary>
    public bool BecameNullable { get; init; }

    /// <summary><c>oneOf: [null, X]</c> became X.</summary>
    public bool BecameNotNullable { get; init; }

    /// <summary>An object became one of several objects; the names of the properties that went into these.</summary>
    public IReadOnlyList<string> MovedProperties { get; init; } = [];

    /// <summary>Types that a choice of plain types gained and lost.</summary>
    public WordsChange TypeChoice { get; init; } = WordsChange.None;

    public bool IsWrapped => MovedProperties.Count > 0;

    public bool IsNullability => BecameNullable || BecameNotNullable;

    /// <summary>What two schemas were shifted by; <paramref name="equivalent"/> says whether two schemas take the same values.</summary>
    public static SchemaShift Between(SchemaNode from, SchemaNode to, Func<SchemaNode, SchemaNode, bool> equivalent)
    {
        var choice = Choice(from, to);
        var moved = Moved(from, to);
        var added = IsNullWrap(from, to, (plain, branch) => equivalent(plain, branch), equivalent);
        var removed = !added && IsNullWrap(to, from, (plain, branch) => equivalent(branch, plain), equivalent);
        return choice.IsEmpty && moved.Count == 0 && !added && !removed
            ? None
            : new SchemaShift { TypeChoice = choice, MovedProperties = moved, BecameNullable = added, BecameNotNullable = removed };
    }

    private static List<string> Moved(SchemaNode from, SchemaNode to)
    {
        if (from.List("oneOf").Count > 0 || from.Properties.Count == 0 || to.List("oneOf").Count == 0 || to.Properties.Count > 0 || to.Types.Count > 0)
        {
            return [];
        }

        return [.. from.Properties.Keys.Where(name => to.List("oneOf").Any(branch => branch.Node.Properties.ContainsKey(name)))];
    }

    private static bool IsNullWrap(SchemaNode plain, SchemaNode wrapped, Func<SchemaNode, SchemaNode, bool> same, Func<SchemaNode, SchemaNode, bool> equivalent)
    {
        if (wrapped.List("oneOf").Count != 2 || SchemaKeywords.Lists.Any(plain.Has) || plain.Has("not") || plain.IsNullable || plain.Types.Contains("null"))
        {
            return false;
        }

        var branches = wrapped.List("oneOf");
        var payload = branches.Where(branch => !IsNull(branch.Node, equivalent)).ToList();
        return payload.Count == 1 && SaysNothing(wrapped.Without("oneOf"), equivalent) && same(plain, payload[0].Node);
    }

    private static bool IsNull(SchemaNode node, Func<SchemaNode, SchemaNode, bool> equivalent) =>
        node.Types is ["null"] && SaysNothing(node.Without("type"), equivalent);

    private static bool SaysNothing(SchemaNode node, Func<SchemaNode, SchemaNode, bool> equivalent) => equivalent(node, node.Without(node.Names));

    private static WordsChange Choice(SchemaNode from, SchemaNode to)
    {
        var (old, now) = (TypesOf(from), TypesOf(to));
        if (old is null || now is null || (from.Types.Count > 0 && to.Types.Count > 0))
        {
            return WordsChange.None;
        }

        // oasdiff compares two choices of as many branches in one direction: string or integer, now string or string, is no change of types to it.
        return old.Count == now.Count && now.All(old.Contains) ? WordsChange.None : WordsChange.Between([.. old.Distinct()], [.. now.Distinct()]);
    }

    // The one type that a schema names, or the types of its branches where each is but a type.
    private static List<string>? TypesOf(SchemaNode node)
    {
        if (node.Has("not") || node.List("allOf").Count > 0 || node.Properties.Count > 0)
        {
            return null;
        }

        return node.Types.Count > 0 ? [node.Types[0]] : BranchTypes(node.List("oneOf")) ?? BranchTypes(node.List("anyOf"));
    }

    private static List<string>? BranchTypes(IReadOnlyList<SchemaView> branches) =>
        branches.Count > 0 && branches.All(branch => branch.Node.Types.Count == 1 && branch.Node.Properties.Count == 0 && SchemaKeywords.Lists.All(list => branch.Node.List(list).Count == 0))
            ? [.. branches.Select(branch => branch.Node.Types[0])]
            : null;
}
