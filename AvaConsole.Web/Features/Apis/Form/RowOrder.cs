namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>The rows of a list in another order, by their indices before; those that are not named go.</summary>
public sealed record RowOrder(IReadOnlyList<int> Indices) : IListEdit
{
    public IReadOnlyList<T> Apply<T>(IReadOnlyList<T> list) => [.. Indices.Select(index => list[index])];

    /// <summary>All rows but some.</summary>
    public static RowOrder Without(int count, IReadOnlySet<int> removed) => new([.. Enumerable.Range(0, count).Where(index => !removed.Contains(index))]);

    /// <summary>Some rows one place up (-1) or down (1); a block at the end stays together. Null where nothing moves.</summary>
    public static RowOrder? Shift(int count, IReadOnlySet<int> selected, int delta)
    {
        var order = Enumerable.Range(0, count).ToArray();
        // Those first that make room for the next.
        var indices = delta < 0 ? Enumerable.Range(0, count) : Enumerable.Range(0, count).Reverse();
        foreach (var index in indices.Where(selected.Contains))
        {
            if (index + delta >= 0 && index + delta < count && !selected.Contains(order[index + delta]))
            {
                (order[index], order[index + delta]) = (order[index + delta], order[index]);
            }
        }

        return order.Index().All(row => row.Index == row.Item) ? null : new RowOrder(order);
    }
}
