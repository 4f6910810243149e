using System.Text;
using System.Text.Json;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Formats.Source;

/// <summary>JSON with the line of each value.</summary>
internal ref struct JsonSource
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly SourceLimits _limits = new();
    private Utf8JsonReader _reader;
    private long _counted;
    private int _line = 1;

    private JsonSource(ReadOnlySpan<byte> text)
    {
        _text = text;
        _reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = SourceLimits.MaxDepth + 2 });
    }

    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="SourceRefusedException">It is, but cannot be taken.</exception>
    public static SourceNode Read(string text)
    {
        var source = new JsonSource(Encoding.UTF8.GetBytes(text));
        source._reader.Read();
        var root = source.Value("", 0);
        // A second value after the first is an error that the reader finds itself.
        source._reader.Read();
        return root;
    }

    private SourceNode Value(string pointer, int depth)
    {
        var line = Line();
        _limits.Count(depth, pointer, line);
        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => Object(pointer, line, depth),
            JsonTokenType.StartArray => Array(pointer, line, depth),
            JsonTokenType.String => new SourceValue(pointer, line, SourceKind.String, Text(pointer, line)),
            JsonTokenType.Number => new SourceValue(pointer, line, SourceKind.Number, Encoding.UTF8.GetString(_reader.ValueSpan)),
            JsonTokenType.Null => new SourceValue(pointer, line, SourceKind.Null, "null"),
            _ => new SourceValue(pointer, line, SourceKind.Boolean, _reader.TokenType == JsonTokenType.True ? "true" : "false"),
        };
    }

    private SourceObject Object(string pointer, int line, int depth)
    {
        var members = new List<SourceMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var at = Line();
            var name = Text(pointer, at);
            if (!names.Add(name))
            {
                throw new SourceRefusedException(new Problem(SourceNode.Child(pointer, name), "import.duplicate_member", at, name));
            }

            _reader.Read();
            members.Add(new SourceMember(name, at, Value(SourceNode.Child(pointer, name), depth + 1)));
        }

        return new SourceObject(pointer, line, members);
    }

    private SourceArray Array(string pointer, int line, int depth)
    {
        var items = new List<SourceNode>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value($"{pointer}/{items.Count}", depth + 1));
        }

        return new SourceArray(pointer, line, items);
    }

    private readonly string Text(string pointer, int line)
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair ("\ud83d") is no character.
            throw new SourceRefusedException(new Problem(pointer, "import.not_unicode", line));
        }
    }

    private int Line()
    {
        var end = _reader.TokenStartIndex;
        _line += _text[(int)_counted..(int)end].Count((byte)'\n');
        _counted = end;
        return _line;
    }
}
