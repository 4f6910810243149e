using AvaConsole.Core.Schemas;

namespace AvaConsole.Tests.Core.Schemas.Examples;

/// <summary>APIs as people may design them, by seed. Every rule can be kept: an example must exist.</summary>
internal sealed class RandomSchema(int seed)
{
    private static readonly string[] s_patterns =
    [
        "^[a-z]{3,8}$", @"^\d{4}-\d{2}$", "^(red|green|blue)$", @"^[A-Z][a-z]+( [A-Z][a-z]+)*$", "^#[0-9a-fA-F]{6}$", @"^v\d+\.\d+\.\d+$",
        @"^[^\s@]+@[^\s@]+\.[a-z]{2,}$", "ab+c?", @"^\w+([-.]\w+)*$", "^[\\u4e00-\\u9fa5]{2,4}$", "^(?:a|bc){2,3}x?$", @"^\+?[1-9]\d{6,14}$", "^.{0,10}$",
    ];

    private readonly Random _random = new(seed);

    public ApiSchema Next() => new()
    {
        Service = "sample",
        Parameters = Members(0, _random.Next(0, 8)),
        Payload = [.. Enumerable.Range(0, _random.Next(0, 4)).Select(Entry)],
        Response = [.. Enumerable.Range(0, _random.Next(0, 3)).Select(Entry)],
    };

    private List<ApiParameter> Members(int depth, int count) => [.. Enumerable.Range(0, count).Select(index => Parameter(depth) with { Name = $"m{index}", Required = Flip() })];

    private ApiParameter Parameter(int depth)
    {
        var type = ParameterTypes.All[_random.Next(depth > 3 ? 4 : 6)];
        return type switch
        {
            ParameterTypes.String => Text(),
            ParameterTypes.Integer or ParameterTypes.Number => Number(type),
            ParameterTypes.Boolean => new ApiParameter { Type = type, Nullable = Flip(), Default = Flip() ? "true" : "" },
            ParameterTypes.Object => new ApiParameter { Type = type, Properties = Members(depth + 1, _random.Next(0, 4)), Open = Flip() },
            _ => Array(depth),
        };
    }

    private ApiParameter Text() => _random.Next(4) switch
    {
        0 => new ApiParameter { Pattern = s_patterns[_random.Next(s_patterns.Length)] },
        1 => new ApiParameter { MinLength = _random.Next(0, 30), MaxLength = _random.Next(30, 60), Nullable = Flip() },
        2 => new ApiParameter { Enum = ["fast", "slow", "3"], Default = Flip() ? "slow" : "" },
        _ => new ApiParameter { Format = new[] { "date-time", "date", "email", "uuid", "uri", "ipv4", "" }[_random.Next(7)] },
    };

    private ApiParameter Number(string type)
    {
        var least = _random.Next(-100, 100);
        var most = least + _random.Next(12, 500);
        var isWhole = type == ParameterTypes.Integer;
        return new ApiParameter
        {
            Type = type,
            Format = isWhole && Flip() ? "int32" : "",
            Minimum = Flip() ? least : null,
            ExclusiveMinimum = Flip() ? least : null,
            Maximum = Flip() ? most : null,
            ExclusiveMaximum = Flip() ? most : null,
            MultipleOf = Flip() ? isWhole ? _random.Next(1, 6) : _random.Next(1, 40) / 10m : null,
        };
    }

    private ApiParameter Array(int depth)
    {
        var least = _random.Next(0, 3);
        var unique = Flip();
        return new ApiParameter
        {
            Type = ParameterTypes.Array,
            Items = unique ? Number(ParameterTypes.Integer) : Parameter(depth + 1),
            MinItems = Flip() ? least : null,
            MaxItems = Flip() ? least + _random.Next(0, 4) : null,
            UniqueItems = unique,
        };
    }

    private PayloadEntry Entry(int index)
    {
        var type = PayloadTypes.All[_random.Next(PayloadTypes.All.Count)];
        var isMedia = type is PayloadTypes.Image or PayloadTypes.Audio or PayloadTypes.Video or PayloadTypes.Text;
        var encodings = PayloadRules.Encodings(type);
        // Less would not hold a compressed file.
        var least = _random.Next(64, 300);
        return new PayloadEntry
        {
            Name = $"e{index}",
            Type = type,
            Required = Flip(),
            Encodings = isMedia && Flip() ? [encodings[_random.Next(encodings.Count)]] : [],
            Compressions = isMedia && Flip() ? Flip() ? ["gzip"] : ["raw", "gzip"] : [],
            SampleRates = type == PayloadTypes.Audio && Flip() ? [16000, 8000] : [],
            Channels = type == PayloadTypes.Audio && Flip() ? [1] : [],
            Formats = type == PayloadTypes.Text && Flip() ? ["plain", "json"] : [],
            MinBytes = isMedia && Flip() ? least : null,
            MaxBytes = isMedia && Flip() ? least + _random.Next(100, 300) : null,
            Content = type == PayloadTypes.Json && Flip() ? Parameter(2) : null,
            DataType = type == PayloadTypes.Tensor ? PayloadRules.DataTypes[_random.Next(PayloadRules.DataTypes.Count)] : "",
            Shape = type == PayloadTypes.Tensor ? [-1, _random.Next(1, 8)] : [],
        };
    }

    private bool Flip() => _random.Next(2) == 0;
}
