using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>The cells of one line of a pasted table, with everything that they say wrongly.</summary>
internal sealed class RowCells(IReadOnlyDictionary<string, string> cells, int line)
{
    private static readonly string[] s_yes = ["yes", "true", "1", "y", "required", "mandatory", "x", "✓", "√", "是", "必填", "必选", "必须", "m"];
    private static readonly string[] s_no = ["no", "false", "0", "n", "optional", "-", "✗", "×", "否", "选填", "可选", "非必填", "非必须", "o"];
    private static readonly char[] s_enumSeparators = ['|', '/', '、', ';', '；', ',', '，', '\n'];

    private static readonly Dictionary<string, (string Type, string Format)> s_types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["string"] = ("string", ""),
        ["str"] = ("string", ""),
        ["text"] = ("string", ""),
        ["varchar"] = ("string", ""),
        ["字符串"] = ("string", ""),
        ["文本"] = ("string", ""),
        ["date"] = ("string", "date"),
        ["datetime"] = ("string", "date-time"),
        ["date-time"] = ("string", "date-time"),
        ["uuid"] = ("string", "uuid"),
        ["url"] = ("string", "uri"),
        ["uri"] = ("string", "uri"),
        ["email"] = ("string", "email"),
        ["integer"] = ("integer", ""),
        ["int"] = ("integer", ""),
        ["int32"] = ("integer", "int32"),
        ["int64"] = ("integer", "int64"),
        ["long"] = ("integer", "int64"),
        ["整数"] = ("integer", ""),
        ["整型"] = ("integer", ""),
        ["number"] = ("number", ""),
        ["float"] = ("number", "float"),
        ["double"] = ("number", "double"),
        ["decimal"] = ("number", ""),
        ["数字"] = ("number", ""),
        ["数值"] = ("number", ""),
        ["浮点"] = ("number", ""),
        ["浮点数"] = ("number", ""),
        ["boolean"] = ("boolean", ""),
        ["bool"] = ("boolean", ""),
        ["布尔"] = ("boolean", ""),
        ["布尔值"] = ("boolean", ""),
        ["object"] = ("object", ""),
        ["map"] = ("object", ""),
        ["dict"] = ("object", ""),
        ["json"] = ("object", ""),
        ["struct"] = ("object", ""),
        ["对象"] = ("object", ""),
        ["array"] = ("array", ""),
        ["list"] = ("array", ""),
        ["数组"] = ("array", ""),
        ["列表"] = ("array", ""),
    };

    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>The line as a parameter.</summary>
    public ApiParameter Read()
    {
        var parameter = Typed(Cell(RowColumns.Type)) with
        {
            Required = Flag(),
            Title = Cell(RowColumns.Title),
            Pattern = Cell(RowColumns.Pattern),
            Description = Cell(RowColumns.Description),
        };
        parameter = Cell(RowColumns.Format) is { Length: > 0 } format ? parameter with { Format = format } : parameter;
        parameter = Bounded(parameter);
        parameter = parameter with { Enum = Split(Cell(RowColumns.Enum)) };
        parameter = parameter with { Default = Value(parameter, RowColumns.Default), Example = Value(parameter, RowColumns.Example) };
        foreach (var value in parameter.Enum.Where(value => !ParameterText.TryParse(parameter.Type, value, out _)))
        {
            Add(RowColumns.Enum, "paste.value_wrong_type", value, parameter.Type);
        }

        return parameter;
    }

    public void Add(string column, string code, params object?[] args) => _problems.Add(new Problem($"{line}.{column}", code, [line, .. args]));

    public string Cell(string column) => cells.TryGetValue(column, out var value) ? value : "";

    /// <summary><c>png|jpg</c> as words, written as they are known.</summary>
    /// <param name="known">What they may be; empty for anything.</param>
    public IReadOnlyList<string> Words(string column, IReadOnlyList<string> known)
    {
        var words = new List<string>();
        foreach (var word in Cell(column) == "-" ? [] : Split(Cell(column)))
        {
            var usual = known.FirstOrDefault(text => text.Equals(word, StringComparison.OrdinalIgnoreCase));
            if (usual is null && known.Count > 0)
            {
                Add(column, "paste.word_unknown", word, string.Join(", ", known));
            }

            words.Add(usual ?? word);
        }

        return words;
    }

    /// <summary><c>int</c>, <c>string[]</c>, <c>array&lt;number&gt;</c>, <c>数组</c>.</summary>
    private ApiParameter Typed(string text)
    {
        var word = text.Trim();
        if (word.Length == 0)
        {
            return new ApiParameter();
        }

        var inner = word.EndsWith("[]", StringComparison.Ordinal) ? word[..^2]
            : word.EndsWith('>') && word.IndexOf('<', StringComparison.Ordinal) is > 0 and var open ? word[(open + 1)..^1]
            : null;
        if (inner is not null)
        {
            return new ApiParameter { Type = ParameterTypes.Array, Items = Typed(inner) };
        }

        // varchar(20) is a string of at most 20.
        var (name, length) = word.IndexOf('(', StringComparison.Ordinal) is > 0 and var bracket && word.EndsWith(')')
            ? (word[..bracket].Trim(), int.TryParse(word.AsSpan((bracket + 1)..^1), out var most) ? most : default(int?))
            : (word, null);
        if (!s_types.TryGetValue(name, out var known))
        {
            Add(RowColumns.Type, "paste.type_unknown", word, string.Join(", ", ParameterTypes.All));
            return new ApiParameter();
        }

        return new ApiParameter
        {
            Type = known.Type,
            Format = known.Format,
            MaxLength = known.Type == ParameterTypes.String ? length : null,
            Items = known.Type == ParameterTypes.Array ? new ApiParameter() : null,
        };
    }

    /// <summary>Whether the row is required.</summary>
    public bool Flag()
    {
        var text = Cell(RowColumns.Required).Trim();
        var isYes = s_yes.Contains(text, StringComparer.OrdinalIgnoreCase);
        if (!isYes && text.Length > 0 && !s_no.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            Add(RowColumns.Required, "paste.not_yes_or_no", text);
        }

        return isYes;
    }

    private ApiParameter Bounded(ApiParameter parameter)
    {
        var (least, most) = Range();
        least = Number(RowColumns.Minimum) ?? least;
        most = Number(RowColumns.Maximum) ?? most;
        if (least > most)
        {
            Add(RowColumns.Minimum, "paste.minimum_above_maximum", ParameterText.Format(least.Value), ParameterText.Format(most.Value));
        }

        // Of a text they are lengths, of a list numbers of elements, as people write such tables.
        return parameter.Type switch
        {
            ParameterTypes.Integer or ParameterTypes.Number => parameter with { Minimum = least, Maximum = most },
            ParameterTypes.String => parameter with { MinLength = Length(RowColumns.Minimum, least), MaxLength = Length(RowColumns.Maximum, most) ?? parameter.MaxLength },
            ParameterTypes.Array => parameter with { MinItems = Length(RowColumns.Minimum, least), MaxItems = Length(RowColumns.Maximum, most) },
            _ => Unbounded(parameter, least ?? most),
        };
    }

    private ApiParameter Unbounded(ApiParameter parameter, decimal? bound)
    {
        if (bound is not null)
        {
            Add(RowColumns.Minimum, "paste.bound_wrong_type", parameter.Type);
        }

        return parameter;
    }

    private int? Length(string column, decimal? bound)
    {
        if (bound is null)
        {
            return null;
        }

        if (bound is >= 0 and <= int.MaxValue && ParameterText.IsInteger(bound.Value))
        {
            return (int)bound;
        }

        Add(column, "paste.not_a_length", ParameterText.Format(bound.Value));
        return null;
    }

    private decimal? Number(string column)
    {
        var text = Cell(column).Trim();
        if (text.Length == 0 || text == "-")
        {
            return null;
        }

        if (ParameterText.TryParseNumber(text, out var number))
        {
            return number;
        }

        Add(column, "paste.not_a_number", text);
        return null;
    }

    /// <summary><c>1-100</c>, <c>0~1</c>, <c>[1,10]</c>, <c>1..5</c>.</summary>
    private (decimal? Least, decimal? Most) Range()
    {
        var text = Cell(RowColumns.Range).Trim().Trim('[', ']', '(', ')');
        if (text.Length == 0)
        {
            return (null, null);
        }

        foreach (var separator in (string[])["..", "~", "～", ",", "，", "至", " to ", "–", "-"])
        {
            // The first character may be a sign.
            var at = text.Length > 1 ? text.IndexOf(separator, 1, StringComparison.Ordinal) : -1;
            if (at > 0
                && ParameterText.TryParseNumber(text[..at].Trim(), out var least)
                && ParameterText.TryParseNumber(text[(at + separator.Length)..].Trim(), out var most))
            {
                return (least, most);
            }
        }

        Add(RowColumns.Range, "paste.not_a_range", text);
        return (null, null);
    }

    private static List<string> Split(string text) => [.. text
        .Trim('[', ']', '{', '}')
        .Split(s_enumSeparators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(value => value is ['"', .., '"'] or ['\'', .., '\''] ? value[1..^1] : value)
        .Distinct(StringComparer.Ordinal)];

    private string Value(ApiParameter parameter, string column)
    {
        var text = Cell(column);
        text = parameter.Type == ParameterTypes.Boolean && bool.TryParse(text, out var flag) ? flag ? "true" : "false" : text;
        if (text.Length > 0 && text != "-" && !ParameterText.TryParse(parameter.Type, text, out _))
        {
            Add(column, "paste.value_wrong_type", text, parameter.Type);
        }

        return text == "-" && parameter.Type != ParameterTypes.String ? "" : text;
    }
}
