using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>What a schema asks of arrays.</summary>
internal sealed class ArrayRules
{
    public int MinItems { get; set; }

    public int MaxItems { get; set; } = int.MaxValue;

    public bool UniqueItems { get; set; }

    /// <summary>Schemas of the first elements, one each.</summary>
    public SchemaNode[] PrefixItems { get; set; } = [];

    /// <summary>Schema of every further element.</summary>
    public SchemaNode? Items { get; set; }

    public SchemaNode? Contains { get; set; }

    public int MinContains { get; set; } = 1;

    public int MaxContains { get; set; } = int.MaxValue;

    /// <summary>Elements found by <see cref="Contains"/> count as looked at (from 2020-12 on).</summary>
    public bool ContainsMarks { get; set; } = true;

    public bool IsEmpty => MinItems == 0 && MaxItems == int.MaxValue && !UniqueItems && PrefixItems.Length == 0 && Items is null && Contains is null;

    public bool Evaluate(ref ValidationRun run, int row)
    {
        var count = run.Rows[row].Length;
        var fits = true;
        if (count < MinItems)
        {
            fits = run.IsCollecting && run.Fail(row, Keyword.MinItems, count, MinItems);
        }

        if (count > MaxItems)
        {
            fits = run.IsCollecting && run.Fail(row, Keyword.MaxItems, count, MaxItems);
        }

        if (fits || run.IsCollecting)
        {
            fits &= EvaluateItems(ref run, row);
        }

        if (Contains is not null && (fits || run.IsCollecting))
        {
            fits &= EvaluateContains(ref run, row);
        }

        return fits && UniqueItems ? AreUnique(ref run, row) : fits;
    }

    private bool EvaluateItems(ref ValidationRun run, int row)
    {
        if (Items is null && PrefixItems.Length == 0)
        {
            return true;
        }

        var end = run.Rows[row].Next;
        var fits = true;
        var ordinal = 0;
        for (var item = row + 1; item < end; item = run.Rows[item].Next)
        {
            var schema = ordinal < PrefixItems.Length ? PrefixItems[ordinal] : Items;
            if (schema is null)
            {
                break;
            }

            ordinal++;
            if (!(schema.IsNever ? FailItem(ref run, item) : schema.Evaluate(ref run, item)))
            {
                fits = false;
                if (!run.IsCollecting || run.IsFull)
                {
                    return false;
                }
            }
        }

        if (run.Evaluated.IsAsked(row))
        {
            for (var marked = 0; marked < ordinal; marked++)
            {
                run.Evaluated.Mark(marked);
            }
        }

        return fits;
    }

    private bool FailItem(ref ValidationRun run, int item) => run.IsCollecting && run.Fail(item, Keyword.Items, PrefixItems.Length);

    private bool EvaluateContains(ref ValidationRun run, int row)
    {
        var marks = ContainsMarks && run.Evaluated.IsAsked(row);
        var (found, ordinal) = (0, 0);
        for (var item = row + 1; item < run.Rows[row].Next; item = run.Rows[item].Next)
        {
            if (run.Fits(Contains!, item))
            {
                found++;
                if (marks)
                {
                    run.Evaluated.Mark(ordinal);
                }
                else if (found >= MinContains && MaxContains == int.MaxValue)
                {
                    return true;
                }
            }

            ordinal++;
        }

        if (found < MinContains)
        {
            return run.IsCollecting && (MinContains == 1 ? run.Fail(row, Keyword.Contains) : run.Fail(row, Keyword.MinContains, found, MinContains));
        }

        return found <= MaxContains || (run.IsCollecting && run.Fail(row, Keyword.MaxContains, found, MaxContains));
    }

    /// <summary>Open addressing in an array that the thread keeps: no element is compared with more than those that share its hash.</summary>
    private static bool AreUnique(ref ValidationRun run, int row)
    {
        var count = run.Rows[row].Length;
        if (count < 2)
        {
            return true;
        }

        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count * 2);
        if (run.Buffers.Slots.Length < size)
        {
            run.Buffers.Slots = new int[size];
        }

        var slots = run.Buffers.Slots.AsSpan(0, size);
        slots.Clear();
        if (!run.Charge(row, run.Rows[row].Next - row))
        {
            return false;
        }

        var view = run.View;
        var ordinal = 0;
        for (var item = row + 1; item < run.Rows[row].Next; item = run.Rows[item].Next)
        {
            var slot = (int)JsonEquality.Hash(view, item) & (size - 1);
            for (; slots[slot] != 0; slot = (slot + 1) & (size - 1))
            {
                if (JsonEquality.AreEqual(view, slots[slot], view, item))
                {
                    return run.IsCollecting && run.Fail(row, Keyword.UniqueItems, OrdinalOf(view, row, slots[slot]), ordinal);
                }
            }

            slots[slot] = item;
            ordinal++;
        }

        return true;
    }

    private static int OrdinalOf(in JsonView view, int row, int wanted)
    {
        var ordinal = 0;
        for (var item = row + 1; item != wanted; item = view.Rows[item].Next)
        {
            ordinal++;
        }

        return ordinal;
    }
}
