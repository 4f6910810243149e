using System.Text.Json;
using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Validation;

/// <summary>One parameter as a checker of JSON values.</summary>
internal sealed class CompiledParameter
{
    private const int MaxStringLength = 1_048_576;
    private const int MaxItems = 10_000;
    private const int MaxEnumShown = 20;

    private readonly ApiParameter _parameter;
    private readonly decimal? _minimum;
    private readonly decimal? _maximum;
    private readonly List<JsonElement> _enum = [];
    private readonly CompiledObject? _members;
    private readonly CompiledParameter? _items;

    public CompiledParameter(ApiParameter parameter)
    {
        _parameter = parameter;
        (_minimum, _maximum) = Bounds(parameter);
        foreach (var text in parameter.Enum)
        {
            if (ParameterText.TryParse(parameter.Type, text, out var value))
            {
                _enum.Add(JsonSerializer.SerializeToElement(value));
            }
        }

        Default = parameter.Default.Length > 0 && ParameterText.TryParse(parameter.Type, parameter.Default, out var given) ? given : null;
        _members = parameter is { Type: ParameterTypes.Object, Properties.Count: > 0 } ? new CompiledObject(parameter.Properties) : null;
        _items = parameter is { Type: ParameterTypes.Array, Items: { } items } ? new CompiledParameter(items) : null;
    }

    public bool IsRequired => _parameter.Required;

    public JsonNode? Default { get; }

    public void AddDefaults(JsonObject value) => _members?.AddDefaults(value);

    public void Validate(string path, JsonElement value, int depth, RequestProblems problems)
    {
        if (depth > CompiledSchema.MaxDepth)
        {
            problems.Add(path, "request.too_deep", CompiledSchema.MaxDepth);
            return;
        }

        if (!HasType(value))
        {
            problems.Add(path, "request.wrong_type", _parameter.Type, Describe(value));
            return;
        }

        switch (_parameter.Type)
        {
            case ParameterTypes.Integer or ParameterTypes.Number:
                ValidateNumber(path, value, problems);
                break;
            case ParameterTypes.String:
                ValidateString(path, value, problems);
                break;
            case ParameterTypes.Object when _members is null:
                CheckDepth(path, value, depth, problems);
                break;
            case ParameterTypes.Object:
                _members.Validate(path, value, depth, problems);
                break;
            case ParameterTypes.Array:
                ValidateItems(path, value, depth, problems);
                break;
        }

        if (_enum.Count > 0 && !_enum.Any(allowed => IsSame(allowed, value)))
        {
            problems.Add(path, "request.not_in_enum", string.Join(", ", _parameter.Enum.Take(MaxEnumShown)));
        }
    }

    /// <summary>Values that nothing is declared about still may not be nested without end.</summary>
    public static void CheckDepth(string path, JsonElement value, int depth, RequestProblems problems)
    {
        if (IsDeeper(value, CompiledSchema.MaxDepth - depth))
        {
            problems.Add(path, "request.too_deep", CompiledSchema.MaxDepth);
        }
    }

    private static bool IsDeeper(JsonElement value, int levels) => levels < 0 || value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => IsDeeper(member.Value, levels - 1)),
        JsonValueKind.Array => value.EnumerateArray().Any(item => IsDeeper(item, levels - 1)),
        _ => false,
    };

    private bool HasType(JsonElement value) => _parameter.Type switch
    {
        ParameterTypes.String => value.ValueKind == JsonValueKind.String,
        // A number beyond decimal's range has the type, and is out of range.
        ParameterTypes.Integer => value.ValueKind == JsonValueKind.Number && (!value.TryGetDecimal(out var number) || ParameterText.IsInteger(number)),
        ParameterTypes.Number => value.ValueKind == JsonValueKind.Number,
        ParameterTypes.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        ParameterTypes.Object => value.ValueKind == JsonValueKind.Object,
        ParameterTypes.Array => value.ValueKind == JsonValueKind.Array,
        _ => true,
    };

    private void ValidateNumber(string path, JsonElement value, RequestProblems problems)
    {
        if (!value.TryGetDecimal(out var number))
        {
            problems.Add(path, "request.number_too_large", RequestProblems.Shorten(value.GetRawText()));
        }
        else if (number < _minimum)
        {
            problems.Add(path, "request.below_minimum", ParameterText.Format(number), ParameterText.Format(_minimum.Value));
        }
        else if (number > _maximum)
        {
            problems.Add(path, "request.above_maximum", ParameterText.Format(number), ParameterText.Format(_maximum.Value));
        }
    }

    private void ValidateString(string path, JsonElement value, RequestProblems problems)
    {
        var length = value.GetString()!.EnumerateRunes().Count();
        var most = Math.Min(_parameter.MaxLength ?? MaxStringLength, MaxStringLength);
        if (length < _parameter.MinLength)
        {
            problems.Add(path, "request.too_short", length, _parameter.MinLength);
        }
        else if (length > most)
        {
            problems.Add(path, "request.too_long", length, most);
        }
    }

    private void ValidateItems(string path, JsonElement value, int depth, RequestProblems problems)
    {
        if (value.GetArrayLength() > MaxItems)
        {
            problems.Add(path, "request.too_many_items", value.GetArrayLength(), MaxItems);
            return;
        }

        if (_items is null)
        {
            CheckDepth(path, value, depth, problems);
            return;
        }

        foreach (var (index, item) in value.EnumerateArray().Index().TakeWhile(_ => !problems.IsFull))
        {
            _items.Validate($"{path}[{index}]", item, depth + 1, problems);
        }
    }

    private string Describe(JsonElement value) => _parameter.Type == ParameterTypes.Integer && value.ValueKind == JsonValueKind.Number
        ? RequestProblems.Shorten(value.GetRawText())
        : RequestProblems.KindOf(value);

    // 3 and 3.0 are one number; DeepEquals compares numbers by value, too.
    private static bool IsSame(JsonElement allowed, JsonElement value) => JsonElement.DeepEquals(allowed, value);

    /// <summary>The declared bounds, narrowed by the format.</summary>
    private static (decimal? Minimum, decimal? Maximum) Bounds(ApiParameter parameter)
    {
        var (least, most) = (parameter.Type, parameter.Format) switch
        {
            (ParameterTypes.Integer, "int32") => (int.MinValue, int.MaxValue),
            (ParameterTypes.Integer, _) => (long.MinValue, long.MaxValue),
            _ => (default(decimal?), default(decimal?)),
        };
        return (Greater(parameter.Minimum, least), Lesser(parameter.Maximum, most));
    }

    private static decimal? Greater(decimal? first, decimal? second) => first is null || second > first ? second ?? first : first;

    private static decimal? Lesser(decimal? first, decimal? second) => first is null || second < first ? second ?? first : first;
}
