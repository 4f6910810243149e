using System.Runtime.CompilerServices;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>
/// Which members or elements of one value have been looked at, for <c>unevaluatedProperties</c> and <c>unevaluatedItems</c>. Nothing is kept
/// unless such a keyword is under way for the very value that a keyword looks at.
/// </summary>
internal struct EvaluatedMembers(RunBuffers buffers)
{
    private int _row = -1;
    private int _offset;
    private int _words;

    /// <summary>True where somebody asks what has been looked at in this value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsAsked(int row) => row == _row;

    public readonly void Mark(int ordinal) => buffers.Bits[_offset + (ordinal >> 6)] |= 1UL << (ordinal & 63);

    public readonly bool Has(int ordinal) => (buffers.Bits[_offset + (ordinal >> 6)] & (1UL << (ordinal & 63))) != 0;

    /// <summary>Starts to keep track of a value with so many members; what was kept before comes back with <see cref="End"/>.</summary>
    public EvaluatedFrame Begin(int row, int count)
    {
        var before = new EvaluatedFrame(_row, _offset, _words);
        (_row, _offset, _words) = (row, _offset + _words, (count + 63) >> 6);
        Reserve(_offset + _words);
        buffers.Bits.AsSpan(_offset, _words).Clear();
        return before;
    }

    /// <summary>What a schema that fits has looked at counts for the schema around it as well.</summary>
    public void End(EvaluatedFrame before, bool fits)
    {
        if (fits && before.Row == _row)
        {
            for (var word = 0; word < _words; word++)
            {
                buffers.Bits[before.Offset + word] |= buffers.Bits[_offset + word];
            }
        }

        (_row, _offset, _words) = (before.Row, before.Offset, before.Words);
    }

    /// <summary>Before a schema that need not fit.</summary>
    public EvaluatedFrame Save(int row) => row == _row ? Begin(row, _words << 6) : default;

    /// <summary>After it: what it has looked at counts only where it fits.</summary>
    public void Restore(EvaluatedFrame before, int row, bool keep)
    {
        if (row == _row)
        {
            End(before, keep);
        }
    }

    private readonly void Reserve(int words)
    {
        if (words > buffers.Bits.Length)
        {
            var bits = buffers.Bits;
            Array.Resize(ref bits, words * 2);
            buffers.Bits = bits;
        }
    }
}

/// <summary>What was being kept track of.</summary>
internal readonly record struct EvaluatedFrame(int Row, int Offset, int Words);
