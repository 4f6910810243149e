using System.Buffers;
using System.Text.Unicode;

namespace AvaConsole.Core.Schemas.Validation.Json;

/// <summary>Why a text is no JSON, and where.</summary>
internal enum JsonFault
{
    None,
    NotUtf8,
    NotJson,
    TooDeep,
}

/// <summary>
/// Reads a JSON text (RFC 8259) into rows in one pass, without recursion and without an object for any value. Stricter readers of the
/// framework allocate a document; this one writes into an array that its owner keeps.
/// </summary>
internal ref struct JsonParser
{
    private const int ShortText = 24;

    private static readonly SearchValues<byte> s_stringEnd =
        SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 32).Select(value => (byte)value)]);

    private readonly ReadOnlySpan<byte> _text;
    private readonly int _maxDepth;
    private JsonRow[] _rows;
    private int[] _open;
    private int _count;
    private int _depth;
    private int _at;

    private JsonParser(ReadOnlySpan<byte> text, JsonBuffer buffer, int maxDepth)
    {
        _text = text;
        (_rows, _open, _maxDepth) = (buffer.Rows, buffer.Open, maxDepth);
    }

    /// <summary>The rows are left in <paramref name="buffer"/>.</summary>
    public static JsonFault Parse(ReadOnlySpan<byte> text, JsonBuffer buffer, int maxDepth, out int faultAt)
    {
        buffer.Count = 0;
        faultAt = 0;
        if (!Utf8.IsValid(text))
        {
            return JsonFault.NotUtf8;
        }

        var parser = new JsonParser(text, buffer, maxDepth);
        var fault = parser.Run();
        (buffer.Rows, buffer.Open, buffer.Count, faultAt) = (parser._rows, parser._open, parser._count, parser._at);
        return fault;
    }

    private JsonFault Run()
    {
        while (true)
        {
            SkipSpace();
            if (_at >= _text.Length)
            {
                return JsonFault.NotJson;
            }

            var first = _text[_at];
            if (first is (byte)'{' or (byte)'[')
            {
                if (!TryOpen(first, out var fault))
                {
                    return fault;
                }

                if (!IsEmptyContainer(first))
                {
                    if (first == '{' && !ReadName())
                    {
                        return JsonFault.NotJson;
                    }

                    continue;
                }
            }
            else if (!ReadScalar(first))
            {
                return JsonFault.NotJson;
            }

            if (!ReadEnds(out var isDone))
            {
                return JsonFault.NotJson;
            }

            if (isDone)
            {
                return JsonFault.None;
            }
        }
    }

    /// <summary>Behind a value: closes what ends here, and stands before the next value unless the document is done.</summary>
    private bool ReadEnds(out bool isDone)
    {
        isDone = false;
        while (true)
        {
            SkipSpace();
            if (_depth == 0)
            {
                isDone = true;
                return _at == _text.Length;
            }

            if (_at >= _text.Length)
            {
                return false;
            }

            ref var container = ref _rows[_open[_depth - 1]];
            container.Length++;
            var next = _text[_at++];
            if (next == ',')
            {
                SkipSpace();
                return container.Kind != JsonKind.Object || ReadName();
            }

            if (next != (container.Kind == JsonKind.Object ? '}' : ']'))
            {
                _at--;
                return false;
            }

            container.Next = _count;
            _depth--;
        }
    }

    private bool TryOpen(byte bracket, out JsonFault fault)
    {
        fault = JsonFault.TooDeep;
        if (_depth >= _maxDepth)
        {
            return false;
        }

        if (_depth == _open.Length)
        {
            Array.Resize(ref _open, _open.Length * 2);
        }

        _open[_depth++] = _count;
        Add(JsonRow.Scalar(bracket == '{' ? JsonKind.Object : JsonKind.Array, ++_at, 0, _count));
        return true;
    }

    private bool IsEmptyContainer(byte bracket)
    {
        SkipSpace();
        if (_at >= _text.Length || _text[_at] != (bracket == '{' ? '}' : ']'))
        {
            return false;
        }

        _at++;
        _depth--;
        return true;
    }

    private bool ReadName()
    {
        if (_at >= _text.Length || _text[_at] != '"' || !ReadString())
        {
            return false;
        }

        SkipSpace();
        if (_at >= _text.Length || _text[_at] != ':')
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool ReadScalar(byte first) => first switch
    {
        (byte)'"' => ReadString(),
        (byte)'t' => ReadWord("true"u8, JsonKind.True),
        (byte)'f' => ReadWord("false"u8, JsonKind.False),
        (byte)'n' => ReadWord("null"u8, JsonKind.Null),
        _ => ReadNumber(),
    };

    private bool ReadWord(ReadOnlySpan<byte> word, JsonKind kind)
    {
        if (!_text[_at..].StartsWith(word))
        {
            return false;
        }

        Add(JsonRow.Scalar(kind, _at, word.Length, _count));
        _at += word.Length;
        return true;
    }

    private bool ReadString()
    {
        var start = ++_at;
        var escaped = false;
        while (true)
        {
            SkipPlainText();
            if (_at >= _text.Length)
            {
                return false;
            }

            if (_text[_at] == '"')
            {
                Add(JsonRow.Text(start, _at - start, escaped, _count));
                _at++;
                return true;
            }

            escaped = true;
            if (_text[_at] != '\\' || !SkipEscape())
            {
                return false;
            }
        }
    }

    private void SkipPlainText()
    {
        // Most names and words are short: starting the vector search costs more than looking.
        var end = Math.Min(_text.Length, _at + ShortText);
        while (_at < end)
        {
            var value = _text[_at];
            if (value is (byte)'"' or (byte)'\\' or < 32)
            {
                return;
            }

            _at++;
        }

        var found = _text[_at..].IndexOfAny(s_stringEnd);
        _at = found < 0 ? _text.Length : _at + found;
    }

    private bool SkipEscape()
    {
        if (_at + 1 >= _text.Length)
        {
            return false;
        }

        if (_text[_at + 1] == 'u')
        {
            if (_at + 6 > _text.Length || !JsonText.IsHex(_text.Slice(_at + 2, 4)))
            {
                return false;
            }

            _at += 6;
            return true;
        }

        var isKnown = "\"\\/bfnrt"u8.Contains(_text[_at + 1]);
        _at += isKnown ? 2 : 0;
        return isKnown;
    }

    private bool ReadNumber()
    {
        var start = _at;
        if (_text[_at] == '-')
        {
            _at++;
        }

        var digits = SkipDigits();
        if (digits > 1 && _text[_at - digits] == '0')
        {
            _at -= digits - 1;
            return false;
        }

        if (digits == 0)
        {
            return false;
        }

        var hasPoint = _at < _text.Length && _text[_at] == '.';
        if (hasPoint)
        {
            _at++;
            if (SkipDigits() == 0)
            {
                return false;
            }
        }

        var hasExponent = _at < _text.Length && (_text[_at] | 32) == 'e';
        if (hasExponent)
        {
            _at++;
            _at += _at < _text.Length && _text[_at] is (byte)'+' or (byte)'-' ? 1 : 0;
            if (SkipDigits() == 0)
            {
                return false;
            }
        }

        Add(JsonRow.Number(start, _at - start, hasPoint, hasExponent, _count));
        return true;
    }

    private int SkipDigits()
    {
        var start = _at;
        while (_at < _text.Length && (uint)(_text[_at] - '0') <= 9)
        {
            _at++;
        }

        return _at - start;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }
    }

    private void Add(JsonRow row)
    {
        if (_count == _rows.Length)
        {
            Array.Resize(ref _rows, _rows.Length * 2);
        }

        _rows[_count++] = row;
    }
}
