namespace AvaConsole.Core.Schemas.Compatibility.Schemas;

/// <summary>
/// Finds which subschema of a list is which: by reference, then by being the same, then by title, then the only one left on each side; at last, one that was
/// moved into a component (or out of it) is the one it was.
/// </summary>
internal static class SubschemaMatcher
{
    public static ListDelta Match(IReadOnlyList<SchemaView> from, IReadOnlyList<SchemaView> to, SchemaDiffer differ)
    {
        if (from.Count == 0 && to.Count == 0)
        {
            return ListDelta.None;
        }

        var added = new List<int>();
        var removed = new List<int>();
        var changed = new List<SchemaPair>();
        MatchReferences(from, to, added, removed, changed, differ);

        var inlineAdded = Unmatched(to, from, (mine, other) => differ.Diff(other, mine) is null);
        var inlineRemoved = Unmatched(from, to, (mine, other) => differ.Diff(mine, other) is null);
        MatchTitles(from, to, inlineAdded, inlineRemoved, changed, differ);
        MatchLast(from, to, inlineAdded, inlineRemoved, changed, differ);
        added.AddRange(inlineAdded);
        removed.AddRange(inlineRemoved);
        MatchExtracted(from, to, added, removed, differ);
        return new ListDelta([.. added.Select(index => (index, to[index]))], [.. removed.Select(index => (index, from[index]))], changed);
    }

    private static void MatchReferences(IReadOnlyList<SchemaView> from, IReadOnlyList<SchemaView> to, List<int> added, List<int> removed, List<SchemaPair> changed, SchemaDiffer differ)
    {
        var free = Enumerable.Range(0, to.Count).Where(index => to[index].IsReference).ToList();
        foreach (var index in Enumerable.Range(0, from.Count).Where(index => from[index].IsReference))
        {
            var position = free.FindIndex(candidate => to[candidate].Reference == from[index].Reference);
            if (position < 0)
            {
                removed.Add(index);
                continue;
            }

            AddPair(from, to, index, free[position], changed, differ);
            free.RemoveAt(position);
        }

        added.AddRange(free);
    }

    private static List<int> Unmatched(IReadOnlyList<SchemaView> mine, IReadOnlyList<SchemaView> others, Func<SchemaView, SchemaView, bool> same)
    {
        var free = Enumerable.Range(0, others.Count).Where(index => !others[index].IsReference).ToList();
        var unmatched = new List<int>();
        for (var index = 0; index < mine.Count; index++)
        {
            if (mine[index].IsReference)
            {
                continue;
            }

            var position = free.FindIndex(candidate => same(mine[index], others[candidate]));
            if (position < 0)
            {
                unmatched.Add(index);
            }
            else
            {
                free.RemoveAt(position);
            }
        }

        return unmatched;
    }

    private static void MatchTitles(IReadOnlyList<SchemaView> from, IReadOnlyList<SchemaView> to, List<int> added, List<int> removed, List<SchemaPair> changed, SchemaDiffer differ)
    {
        var seen = new HashSet<string> { "" };
        foreach (var index in added.ToList())
        {
            var title = to[index].Node.Title;
            var position = seen.Contains(title) ? -1 : removed.FindIndex(candidate => from[candidate].Node.Title == title);
            if (position < 0)
            {
                continue;
            }

            seen.Add(title);
            AddPair(from, to, removed[position], index, changed, differ);
            removed.RemoveAt(position);
            added.Remove(index);
        }
    }

    private static void MatchLast(IReadOnlyList<SchemaView> from, IReadOnlyList<SchemaView> to, List<int> added, List<int> removed, List<SchemaPair> changed, SchemaDiffer differ)
    {
        if (added.Count == 1 && removed.Count == 1 && from[removed[0]].Node.Title.Length == 0 && to[added[0]].Node.Title.Length == 0)
        {
            AddPair(from, to, removed[0], added[0], changed, differ);
            added.Clear();
            removed.Clear();
        }
    }

    private static void MatchExtracted(IReadOnlyList<SchemaView> from, IReadOnlyList<SchemaView> to, List<int> added, List<int> removed, SchemaDiffer differ)
    {
        foreach (var index in removed.ToList())
        {
            var position = added.FindIndex(candidate => from[index].IsReference != to[candidate].IsReference && differ.AreEquivalent(from[index], to[candidate]));
            if (position >= 0)
            {
                added.RemoveAt(position);
                removed.Remove(index);
            }
        }
    }

    private static void AddPair(IReadOnlyList<SchemaView> from, IReadOnlyList<SchemaView> to, int fromIndex, int toIndex, List<SchemaPair> changed, SchemaDiffer differ)
    {
        if (differ.Diff(from[fromIndex], to[toIndex]) is { } delta)
        {
            changed.Add(new SchemaPair(fromIndex, toIndex, from[fromIndex], to[toIndex], delta));
        }
    }
}
