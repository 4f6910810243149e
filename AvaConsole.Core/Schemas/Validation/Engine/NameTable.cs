using System.Text;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>Names as a schema lists them, found by their UTF-8 bytes without making a string.</summary>
internal sealed class NameTable
{
    private const int FewNames = 6;

    private readonly byte[][] _bytes;
    private readonly int[] _buckets;
    private readonly int[] _next;

    public NameTable(IReadOnlyList<string> names)
    {
        Names = names;
        _bytes = [.. names.Select(Bytes)];
        _buckets = new int[int.Max(1, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)names.Count * 2))];
        _next = new int[names.Count];
        for (var index = 0; index < _bytes.Length; index++)
        {
            ref var bucket = ref _buckets[BucketOf(_bytes[index])];
            (_next[index], bucket) = (bucket, index + 1);
        }
    }

    public IReadOnlyList<string> Names { get; }

    public int Count => _bytes.Length;

    /// <summary>Index of the name; -1 for none.</summary>
    /// <param name="expected">Index to look at first: members mostly come in the order in which the schema lists them. Moved on by a hit.</param>
    public int Find(ReadOnlySpan<byte> name, ref int expected)
    {
        if ((uint)expected < (uint)_bytes.Length && name.SequenceEqual(_bytes[expected]))
        {
            return expected++;
        }

        var index = Find(name);
        expected = index < 0 ? expected : index + 1;
        return index;
    }

    public int Find(ReadOnlySpan<byte> name)
    {
        if (_bytes.Length <= FewNames)
        {
            for (var index = 0; index < _bytes.Length; index++)
            {
                if (name.SequenceEqual(_bytes[index]))
                {
                    return index;
                }
            }

            return -1;
        }

        var at = _buckets[BucketOf(name)];
        while (at != 0 && !name.SequenceEqual(_bytes[at - 1]))
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
