using System.Runtime.CompilerServices;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>What most schemas ask of arrays, as the first pass needs it: a count, and one schema for all elements.</summary>
internal sealed class PlainArray
{
    private readonly int _least;
    private readonly int _most;
    private readonly SchemaNode? _items;

    private PlainArray(ArrayRules rules) => (_least, _most, _items) = (rules.MinItems, rules.MaxItems, rules.Items?.Target);

    /// <summary>Null where more is asked.</summary>
    public static PlainArray? Of(ArrayRules? rules) => rules is { PrefixItems.Length: 0, Contains: null, UniqueItems: false } ? new PlainArray(rules) : null;

    // Not inlined: see the object's.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Evaluate(ref ValidationRun run, int row)
    {
        var count = run.Rows[row].Length;
        var fits = run.Enter(row) && count >= _least && count <= _most && (_items is null || HasElements(ref run, row, _items));
        run.Leave();
        return fits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasElements(ref ValidationRun run, int row, SchemaNode items)
    {
        var rows = run.Rows;
        var end = rows[row].Next;
        for (var item = row + 1; item < end; item = rows[item].Next)
        {
            if (!items.Evaluate(ref run, item, rows[item]))
            {
                return false;
            }
        }

        return true;
    }
}
