using System.Buffers;

namespace AvaConsole.Core.Schemas.Validation.Json;

/// <summary>Equality of JSON values: numbers by value, strings by characters, members of objects in any order.</summary>
internal static class JsonEquality
{
    private const int ManyMembers = 32;
    private const ulong Prime = 0x9e3779b97f4a7c15;

    // A fresh seed each start: nobody can prepare values that share a hash.
    private static readonly ulong s_seed = (ulong)Random.Shared.NextInt64() | 1;

    public static bool AreEqual(in JsonView left, int leftRow, in JsonView right, int rightRow)
    {
        ref readonly var first = ref left.Rows[leftRow];
        ref readonly var second = ref right.Rows[rightRow];
        return first.Kind == second.Kind && first.Kind switch
        {
            JsonKind.Number => HaveSameNumber(left, leftRow, right, rightRow),
            JsonKind.String => HaveSameText(left, leftRow, right, rightRow),
            JsonKind.Array => first.Length == second.Length && HaveSameItems(left, leftRow, right, rightRow),
            JsonKind.Object => first.Length == second.Length && HaveSameMembers(left, leftRow, right, rightRow),
            _ => true,
        };
    }

    public static bool HaveSameText(in JsonView left, int leftRow, in JsonView right, int rightRow)
    {
        var first = left.Raw(leftRow);
        var second = right.Raw(rightRow);
        if (!left.Rows[leftRow].IsEscaped && !right.Rows[rightRow].IsEscaped)
        {
            return first.SequenceEqual(second);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(first.Length + second.Length);
        var used = JsonText.Unescape(first, buffer);
        var more = JsonText.Unescape(second, buffer.AsSpan(used));
        var result = buffer.AsSpan(0, used).SequenceEqual(buffer.AsSpan(used, more));
        ArrayPool<byte>.Shared.Return(buffer);
        return result;
    }

    /// <summary>The same for equal values.</summary>
    public static ulong Hash(in JsonView view, int row)
    {
        ref readonly var value = ref view.Rows[row];
        switch (value.Kind)
        {
            case JsonKind.Number:
                return Mix(s_seed, (uint)JsonNumber.Parse(view.Raw(row)).GetHashCode());
            case JsonKind.String:
                return HashText(view, row);
            case JsonKind.Array:
                var items = s_seed ^ (ulong)value.Length;
                for (var item = row + 1; item < value.Next; item = view.Rows[item].Next)
                {
                    items = Mix(items, Hash(view, item));
                }

                return items;
            case JsonKind.Object:
                var members = s_seed + (ulong)value.Length;
                for (var name = row + 1; name < value.Next; name = view.Rows[name + 1].Next)
                {
                    members += Mix(HashText(view, name), Hash(view, name + 1));
                }

                return members;
            default:
                return s_seed + (ulong)value.Kind;
        }
    }

    public static ulong HashText(ReadOnlySpan<byte> text)
    {
        var hash = s_seed ^ (ulong)text.Length;
        while (text.Length >= sizeof(ulong))
        {
            hash = Mix(hash, BitConverter.ToUInt64(text));
            text = text[sizeof(ulong)..];
        }

        var rest = 0UL;
        foreach (var value in text)
        {
            rest = (rest << 8) | value;
        }

        return Mix(hash, rest);
    }

    private static ulong HashText(in JsonView view, int row)
    {
        var text = view.Raw(row);
        if (!view.Rows[row].IsEscaped)
        {
            return HashText(text);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(text.Length);
        var hash = HashText(buffer.AsSpan(0, JsonText.Unescape(text, buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
        return hash;
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        var high = Math.BigMul(hash ^ value ^ s_seed, Prime, out var low);
        return high ^ low;
    }

    private static bool HaveSameNumber(in JsonView left, int leftRow, in JsonView right, int rightRow)
    {
        var first = left.Raw(leftRow);
        var second = right.Raw(rightRow);
        if (first.SequenceEqual(second))
        {
            return true;
        }

        // Two whole numbers that are written apart are apart; -0 is the exception.
        var arePlain = left.Rows[leftRow].IsPlainInteger && right.Rows[rightRow].IsPlainInteger && first[0] != '-' && second[0] != '-';
        return !arePlain && JsonNumber.Equals(JsonNumber.Parse(first), JsonNumber.Parse(second));
    }

    private static bool HaveSameItems(in JsonView left, int leftRow, in JsonView right, int rightRow)
    {
        var second = rightRow + 1;
        for (var first = leftRow + 1; first < left.Rows[leftRow].Next; first = left.Rows[first].Next)
        {
            if (!AreEqual(left, first, right, second))
            {
                return false;
            }

            second = right.Rows[second].Next;
        }

        return true;
    }

    private static bool HaveSameMembers(in JsonView left, int leftRow, in JsonView right, int rightRow)
    {
        if (left.Rows[leftRow].Length > ManyMembers)
        {
            return HaveSameManyMembers(left, leftRow, right, rightRow);
        }

        // Members mostly stand in the same order: the search goes on where the last one was found.
        var cursor = rightRow + 1;
        for (var name = leftRow + 1; name < left.Rows[leftRow].Next; name = left.Rows[name + 1].Next)
        {
            var found = Find(left, name, right, rightRow, cursor);
            if (found < 0 || !AreEqual(left, name + 1, right, found + 1))
            {
                return false;
            }

            cursor = right.Rows[found + 1].Next;
        }

        return true;
    }

    /// <summary>By hash of the names: two large objects in opposite order must not cost the square of their size.</summary>
    private static bool HaveSameManyMembers(in JsonView left, int leftRow, in JsonView right, int rightRow)
    {
        var byHash = new Dictionary<ulong, List<int>>(right.Rows[rightRow].Length);
        for (var name = rightRow + 1; name < right.Rows[rightRow].Next; name = right.Rows[name + 1].Next)
        {
            var hash = HashText(right, name);
            if (!byHash.TryGetValue(hash, out var names))
            {
                byHash.Add(hash, names = new List<int>(1));
            }

            names.Add(name);
        }

        for (var name = leftRow + 1; name < left.Rows[leftRow].Next; name = left.Rows[name + 1].Next)
        {
            if (!byHash.TryGetValue(HashText(left, name), out var candidates) || !IsAmong(left, name, right, candidates))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAmong(in JsonView left, int name, in JsonView right, List<int> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (HaveSameText(left, name, right, candidate))
            {
                return AreEqual(left, name + 1, right, candidate + 1);
            }
        }

        return false;
    }

    private static int Find(in JsonView left, int name, in JsonView right, int container, int cursor)
    {
        var (first, end) = (container + 1, right.Rows[container].Next);
        var at = cursor < end ? cursor : first;
        for (var i = 0; i < right.Rows[container].Length; i++)
        {
            if (HaveSameText(left, name, right, at))
            {
                return at;
            }

            at = right.Rows[at + 1].Next;
            at = at < end ? at : first;
        }

        return -1;
    }
}
