using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Formats.Python;

/// <summary>A call's arguments by name. What nobody asks for is noted in the end.</summary>
internal sealed class PythonArguments
{
    private readonly Dictionary<string, PythonValue> _values = new(StringComparer.Ordinal);
    private readonly string _owner;
    private readonly PythonNotes _notes;

    /// <param name="owner">What is declared, for example <c>UserRequest.voice</c>.</param>
    /// <param name="positions">Names of the positional arguments.</param>
    public PythonArguments(PythonCall call, string owner, IReadOnlyList<string> positions, PythonNotes notes)
    {
        (Line, _owner, _notes) = (call.Line, owner, notes);
        foreach (var (index, argument) in call.Arguments.Index())
        {
            var name = argument.Name ?? positions.ElementAtOrDefault(index);
            if (name is null or "*" or "**" || !_values.TryAdd(name, argument.Value))
            {
                notes.Add("import.python_argument_dropped", argument.Value.Line, owner, name ?? $"#{index + 1}");
            }
        }
    }

    public int Line { get; }

    public string? Text(string name) => Take(name, ParameterTypes.String, value => (value as PythonText)?.Text);

    public decimal? Number(string name) => Take(name, ParameterTypes.Number, value => (value as PythonNumber)?.Number);

    public int? Count(string name) => Take<int?>(
        name, ParameterTypes.Integer, value => value is PythonNumber { IsInteger: true, Number: >= int.MinValue and <= int.MaxValue } number ? (int)number.Number : null);

    public bool? Boolean(string name) => Take(name, ParameterTypes.Boolean, value => (value as PythonBoolean)?.IsTrue);

    /// <summary>Any value that JSON has, in the form that parameters keep theirs: a string without quotes, anything else as JSON.</summary>
    public string? Json(string name) => Take(name, "literal", ToText);

    /// <summary>The elements of a list, each as <see cref="Json"/> gives it.</summary>
    public IReadOnlyList<string>? Words(string name) => Take(name, ParameterTypes.Array, value =>
        value is PythonList list && list.Items.Select(ToText).ToList() is var words && words.All(word => word is not null) ? words.ConvertAll(word => word!) : null);

    /// <summary>The value itself; the caller says what it cannot use.</summary>
    public PythonValue? Value(string name) => _values.Remove(name, out var value) && value is not PythonNone ? value : null;

    public void AddUnread(string name, PythonValue value, string expected) => _notes.AddUnread(_owner, name, value, expected);

    /// <summary>Notes the arguments that were not asked for.</summary>
    public void Finish()
    {
        foreach (var (name, value) in _values.Where(argument => argument.Value is not PythonNone))
        {
            _notes.Add("import.python_argument_dropped", value.Line, _owner, name);
        }
    }

    private T? Take<T>(string name, string expected, Func<PythonValue, T?> read)
    {
        if (Value(name) is not { } value)
        {
            return default;
        }

        var result = read(value);
        if (result is null)
        {
            AddUnread(name, value, expected);
        }

        return result;
    }

    private static string? ToText(PythonValue value) => value is PythonText text ? text.Text : ToJson(value)?.ToJsonString();

    private static JsonNode? ToJson(PythonValue value) => value switch
    {
        PythonText text => JsonValue.Create(text.Text),
        PythonNumber number => JsonValue.Create(ParameterText.Normalize(number.Number)),
        PythonBoolean boolean => JsonValue.Create(boolean.IsTrue),
        PythonList list when list.Items.Select(ToJson).ToArray() is var items && items.All(item => item is not null) => new JsonArray(items),
        PythonDictionary dictionary => ToObject(dictionary),
        _ => null,
    };

    private static JsonObject? ToObject(PythonDictionary dictionary)
    {
        var members = new JsonObject();
        foreach (var (key, value) in dictionary.Entries)
        {
            if (key is not PythonText name || ToJson(value) is not { } member)
            {
                return null;
            }

            members[name.Text] = member;
        }

        return members;
    }
}
