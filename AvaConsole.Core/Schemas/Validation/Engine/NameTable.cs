using System.Text;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>Names as a schema lists them, found by their UTF-8 bytes without making a string.</summary>
internal sealed class NameTable
{
    private const int FewNames = 8;

    private readonly NameKey[] _keys;
    private readonly int[] _buckets;
    private readonly int[] _next;

    public NameTable(IReadOnlyList<string> names)
    {
        Names = names;
        _keys = [.. names.Select(name => new NameKey(Bytes(name)))];
        _buckets = new int[int.Max(1, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)names.Count * 2))];
        _next = new int[names.Count];
        for (var index = 0; index < _keys.Length; index++)
        {
            ref var bucket = ref _buckets[BucketOf(_keys[index].Bytes)];
            (_next[index], bucket) = (bucket, index + 1);
        }
    }

    public IReadOnlyList<string> Names { get; }

    public int Count => _keys.Length;

    public ReadOnlySpan<NameKey> Keys => _keys;

    /// <summary>Index of the name, or the text, in a row; -1 for none.</summary>
    public int Find(ref ValidationRun run, int row)
    {
        ref readonly var name = ref run.Rows[row];
        if (name.IsEscaped || _keys.Length > FewNames)
        {
            return Find(run.Text(row));
        }

        var text = run.View.Text;
        for (var index = 0; index < _keys.Length; index++)
        {
            if (_keys[index].Is(text, name))
            {
                return index;
            }
        }

        return -1;
    }

    /// <param name="expected">Index to look at first: members mostly come in the order in which the schema lists them. Moved on by a hit.</param>
    public int Find(ref ValidationRun run, int row, ref int expected)
    {
        if ((uint)expected < (uint)_keys.Length && _keys[expected].Is(run.View.Text, run.Rows[row]))
        {
            return expected++;
        }

        var index = Find(ref run, row);
        expected = index < 0 ? expected : index + 1;
        return index;
    }

    private int Find(ReadOnlySpan<byte> name)
    {
        var at = _buckets[BucketOf(name)];
        while (at != 0 && !name.SequenceEqual(_keys[at - 1].Bytes))
        {
            at = _next[at - 1];
        }

        return at - 1;
    }

    // Half a surrogate pair is kept as the parser's texts keep it.
    private static byte[] Bytes(string name)
    {
        if (!name.Any(char.IsSurrogate))
        {
            return Encoding.UTF8.GetBytes(name);
        }

        var escaped = string.Concat(name.Select(unit => char.IsSurrogate(unit) ? $"\\u{(int)unit:x4}" : unit == '\\' ? "\\\\" : unit.ToString()));
        var text = Encoding.UTF8.GetBytes(escaped);
        return text[..JsonText.Unescape(text.ToArray(), text)];
    }

    private int BucketOf(ReadOnlySpan<byte> name) => (int)(JsonEquality.HashText(name) & (ulong)(_buckets.Length - 1));
}
