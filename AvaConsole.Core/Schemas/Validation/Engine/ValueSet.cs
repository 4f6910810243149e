using System.Text;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>The values of <c>enum</c> or <c>const</c>.</summary>
internal sealed class ValueSet
{
    private const int MaxShown = 20;
    private const int FewValues = 8;

    private readonly Keyword _keyword;
    private readonly byte[] _text;
    private readonly JsonRow[] _rows;
    private readonly NameTable _strings;
    private readonly int[] _others;
    private readonly long[] _wholes;
    private readonly Dictionary<ulong, int[]> _byHash;
    private readonly bool _takesNull;
    private readonly string? _shown;

    /// <param name="values">Each a JSON text.</param>
    /// <param name="takesNull">Null passes whatever the values are.</param>
    /// <param name="shown">The values for messages, where they are not to be shown as JSON.</param>
    public ValueSet(Keyword keyword, IReadOnlyList<string> values, bool takesNull = false, string? shown = null)
    {
        (_keyword, _takesNull, _shown) = (keyword, takesNull, shown);
        _text = Encoding.UTF8.GetBytes("[" + string.Join(",", values) + "]");
        var buffer = new JsonBuffer();
        if (JsonParser.Parse(_text, buffer, int.MaxValue, out _) != JsonFault.None)
        {
            throw new ArgumentException("A value is not JSON.", nameof(values));
        }

        _rows = buffer.Rows[..buffer.Count];
        var rows = Items().ToList();
        _strings = new NameTable([.. rows.Where(row => _rows[row].Kind == JsonKind.String).Select(row => ProblemTexts.Text(View, row))]);
        _others = [.. rows.Where(row => _rows[row].Kind != JsonKind.String)];
        _wholes = [.. _others.Where(row => _rows[row].Kind == JsonKind.Number).Select(row => Whole(JsonNumber.Parse(View.Raw(row)))).OfType<long>()];
        _byHash = _others.Length <= FewValues ? [] : _others.GroupBy(row => JsonEquality.Hash(View, row)).ToDictionary(group => group.Key, group => group.ToArray());
    }

    private JsonView View => new(_text, _rows);

    public bool Evaluate(ref ValidationRun run, int row)
    {
        if (Contains(ref run, row))
        {
            return true;
        }

        return run.IsCollecting && run.Fail(row, _keyword, _shown ?? Show());
    }

    private bool Contains(ref ValidationRun run, int row)
    {
        var kind = run.Rows[row].Kind;
        if (kind == JsonKind.String)
        {
            return _strings.Count > 0 && _strings.Find(ref run, row) >= 0;
        }

        if (kind == JsonKind.Null && _takesNull)
        {
            return true;
        }

        if (kind == JsonKind.Number && run.Rows[row].IsPlainInteger && IsAmongWholes(run.Raw(row)))
        {
            return true;
        }

        if (_others.Length <= FewValues)
        {
            return IsAmong(ref run, row, _others);
        }

        return run.Charge(row, run.Rows[row].Next - row) && _byHash.TryGetValue(JsonEquality.Hash(run.View, row), out var candidates) && IsAmong(ref run, row, candidates);
    }

    private bool IsAmongWholes(ReadOnlySpan<byte> text)
    {
        if (!JsonNumber.TryParseWhole(text, out var value, out _))
        {
            return false;
        }

        // Mostly a handful: done before a search could start.
        foreach (var whole in _wholes)
        {
            if (whole == value)
            {
                return true;
            }
        }

        return false;
    }

    private static long? Whole(JsonNumber number) => number.TryGetSmall(out var value) ? value : null;

    private bool IsAmong(ref ValidationRun run, int row, int[] candidates)
    {
        var mine = View;
        var theirs = run.View;
        foreach (var candidate in candidates)
        {
            if (JsonEquality.AreEqual(mine, candidate, theirs, row))
            {
                return true;
            }
        }

        return false;
    }

    private string Show()
    {
        var shown = Items().Take(MaxShown).Select(row => JsonText.Shorten(RawOf(row)));
        return string.Join(", ", shown) + (_rows[0].Length > MaxShown ? ", …" : "");
    }

    private ReadOnlySpan<byte> RawOf(int row) => _rows[row].Kind switch
    {
        JsonKind.Array or JsonKind.Object => _text.AsSpan(_rows[row].Start - 1, EndOf(row) - _rows[row].Start + 1),
        JsonKind.String => _text.AsSpan(_rows[row].Start - 1, _rows[row].Length + 2),
        _ => _text.AsSpan(_rows[row].Start, _rows[row].Length),
    };

    // A container's own row does not say where it ends; its last part does, and the brackets that close behind it.
    private int EndOf(int row)
    {
        var next = _rows[row].Next < _rows.Length ? StartOf(_rows[row].Next) : _text.Length - 1;
        return _rows[row].Next < _rows.Length ? next - 1 : next;
    }

    private int StartOf(int row) => _rows[row].Kind is JsonKind.Array or JsonKind.Object or JsonKind.String ? _rows[row].Start - 1 : _rows[row].Start;

    private IEnumerable<int> Items()
    {
        for (var row = 1; row < _rows[0].Next; row = _rows[row].Next)
        {
            yield return row;
        }
    }
}
