using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Keywords of one object with their types; a value of another type is noted and not taken.</summary>
internal sealed class KeywordReader(SourceObject node, ImportLog log)
{
    /// <summary>Empty where it is absent. A number or boolean is taken by its letters: nobody quotes <c>version: 1.0</c>.</summary>
    public string Text(string keyword)
    {
        switch (node[keyword])
        {
            case null or SourceValue { Kind: SourceKind.Null }:
                return "";
            case SourceValue value:
                return value.Text;
            case var other:
                Dropped(keyword, other);
                return "";
        }
    }

    public bool Flag(string keyword)
    {
        switch (node[keyword])
        {
            case null or SourceValue { Kind: SourceKind.Null }:
                return false;
            case SourceValue { Kind: SourceKind.Boolean, Text: var text }:
                return text == "true";
            case var other:
                Dropped(keyword, other);
                return false;
        }
    }

    public decimal? Number(string keyword)
    {
        if (node[keyword] is not { } value || value is SourceValue { Kind: SourceKind.Null })
        {
            return null;
        }

        if (value is SourceValue { Kind: SourceKind.Number, Text: var text } && ParameterText.TryParseNumber(text, out var number))
        {
            return number;
        }

        Dropped(keyword, value);
        return null;
    }

    public int? Count(string keyword) => Whole(keyword) is { } number ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : null;

    public long? Whole(string keyword)
    {
        if (Number(keyword) is not { } number)
        {
            return null;
        }

        if (ParameterText.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue)
        {
            return (long)number;
        }

        Dropped(keyword, node[keyword]!);
        return null;
    }

    /// <summary>Elements of an array; none where it is absent.</summary>
    public IReadOnlyList<SourceNode> Items(string keyword)
    {
        switch (node[keyword])
        {
            case null or SourceValue { Kind: SourceKind.Null }:
                return [];
            case SourceArray array:
                return array.Items;
            case var other:
                Dropped(keyword, other);
                return [];
        }
    }

    /// <summary>One word, or several.</summary>
    public IReadOnlyList<string> Words(string keyword)
    {
        if (node[keyword] is SourceValue { Kind: not SourceKind.Null, Text: var word })
        {
            return word.Length > 0 ? [word] : [];
        }

        var words = new List<string>();
        foreach (var item in Items(keyword))
        {
            if (item is SourceValue { Kind: not SourceKind.Null } value)
            {
                words.Add(value.Text);
            }
            else
            {
                Dropped(keyword, item);
            }
        }

        return words;
    }

    public IReadOnlyList<long> Wholes(string keyword)
    {
        var numbers = new List<long>();
        foreach (var item in node[keyword] is SourceValue { Kind: SourceKind.Number } one ? [one] : Items(keyword))
        {
            if (item is SourceValue { Kind: SourceKind.Number } value && ParameterText.TryParseNumber(value.Text, out var number) && ParameterText.IsInteger(number)
                && number is >= long.MinValue and <= long.MaxValue)
            {
                numbers.Add((long)number);
            }
            else
            {
                Dropped(keyword, item);
            }
        }

        return numbers;
    }

    private void Dropped(string keyword, SourceNode value) => log.Add("import.value_dropped", value, keyword, ImportLog.Shown(value));
}
