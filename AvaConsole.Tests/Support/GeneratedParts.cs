using System.Globalization;
using AvaConsole.Core.Schemas;

namespace AvaConsole.Tests.Support;

/// <summary>The parts of one document of <see cref="ApiSchemaGenerator"/>.</summary>
internal sealed class GeneratedParts(Random random)
{
    private const int MaxDepth = 4;

    private static readonly string[] s_texts =
    [
        "", "", "plain", "yes", "No", "on", "y", "~", "null", "1e3", "0x1F", "007", "1_000", ".5", "-", "- item", "? key", "a: b # c", "#", "{x}", "[1]",
        "&a *b !c", "%d", "@x", "`y`", "'single'", "\"double\"", "two\nlines", "ends\n", "\n starts", " lead and trail ", "tab\there", "back\\slash",
        "手写数字：0–9", "emoji 😀", "نص", "2026-11-21", "12:30", "<b>&amp;</b>", "---", "...", "a\r\nb", "$ref", "\u0085next\u2028line", "{\"json\": [1, 2]}",
    ];

    private static readonly string[] s_names =
    [
        "value", "top_k", "yes", "no", "on", "y", "null", "true", "e3", "_1e3", "nan", "type", "properties", "items", "required", "default", "enum", "title",
        "status", "seq", "data", "uri", "text", "image", "x-ava", "camelCase", "kebab-case", "A", "_", "format", "description", "additionalProperties", "code",
    ];

    private static readonly string[] s_segments = ["default", "gas", "1e3", "0x1F", "1.0", "null", "yes", "2026-11-21", "A_b.c-d"];

    private static readonly string[] s_patterns = ["^[a-z]+$", "^\\d{3}-\\d{4}$", "[\\u4e00-\\u9fff]", "^(yes|no)$", "\"", "a: b"];

    public ApiSchema Schema()
    {
        var (payload, response) = (Entries("in"), Entries("out"));
        return new ApiSchema
        {
            Group = Pick(s_segments),
            Project = Pick(s_segments),
            Region = Chance(2) ? Pick(s_segments) : "",
            Service = Pick("digits", "no", "on", "image-detect", "e3", "s6d69bb68", "null"),
            Version = Pick("1.0.0", "0.1.0", "2.10.3-rc.1", "10.0.0+build.7"),
            Title = Text(),
            Description = Text(),
            // Only what travels in pieces can be a stream.
            Interaction = payload.Count > 0 && Chance(3) ? Interactions.Stream : Interactions.Once,
            Gateway = Chance(2) ? Gateway() : new GatewaySettings(),
            Parameters = Members(1),
            Payload = payload,
            Response = response,
        };
    }

    public GatewaySettings Gateway() => new()
    {
        ServiceId = Maybe("s6d69bb68"),
        CloudId = Maybe("7"),
        Call = Maybe("atmos-low-concurrency"),
        CallType = Maybe("1"),
        Sub = Maybe("ase2"),
        Routes = Chance(2) ? [] : Chance(2) ? ["/v1/private/x"] : ["/v1/a", "/v2/a"],
        Hosts = Chance(2) ? [] : Chance(2) ? ["api.example"] : ["a.example", "b.example"],
        RouteKeys = Chance(2) ? [] : ["$.header.app_id"],
        SessionTimeout = Chance(2) ? null : 30000,
        ReadTimeout = Chance(2) ? null : 5000,
        Extra = Maybe("""{"build_header":true,"codeMap":{"10163":400},"subRoute":[{"subServiceId":"a","priority":1,"rules":{"$.parameter.x":["1",2]}}]}"""),
    };

    public IReadOnlyList<ApiParameter> Members(int depth)
    {
        var names = s_names.OrderBy(_ => random.Next()).Take(random.Next(depth == 1 ? 7 : 4)).ToList();
        return [.. names.Select(name => Parameter(name, depth) with { Required = Chance(3) })];
    }

    public ApiParameter Parameter(string name, int depth)
    {
        var type = Pick(ParameterTypes.All);
        if (depth >= MaxDepth && type is ParameterTypes.Object or ParameterTypes.Array)
        {
            type = ParameterTypes.String;
        }

        var parameter = new ApiParameter
        {
            Name = name,
            Type = type,
            Title = Text(),
            Description = Text(),
            Nullable = Chance(5),
            Deprecated = Chance(6),
        };
        return type switch
        {
            ParameterTypes.String => String(parameter),
            ParameterTypes.Integer => Number(parameter with { Format = Pick("", "int32", "int64") }, 1),
            ParameterTypes.Number => Number(parameter with { Format = Pick("", "float", "double") }, 0.25m),
            ParameterTypes.Boolean => parameter with { Default = Pick("", "true", "false"), Example = Pick("", "true") },
            ParameterTypes.Array => Array(parameter, depth),
            _ => Object(parameter, depth),
        };
    }

    private ApiParameter String(ApiParameter parameter)
    {
        switch (random.Next(4))
        {
            case 0:
                return parameter with { Pattern = Pick(s_patterns), Format = Pick("", "date-time", "uuid", "email", "x-own") };
            case 1:
                var values = s_texts.Where(text => text.Length > 0).Distinct().OrderBy(_ => random.Next()).Take(random.Next(1, 5)).ToList();
                return parameter with { Enum = Chance(8) ? ["", .. values] : values, Default = Chance(2) ? Pick(values) : "", Example = Chance(3) ? Pick(values) : "" };
            case 2:
                return parameter with { MinLength = Chance(2) ? random.Next(3) : null, MaxLength = Chance(2) ? random.Next(3, 5000) : null };
            default:
                return parameter with { MaxLength = Chance(2) ? 100 : null, Default = Text(), Example = Text() };
        }
    }

    private ApiParameter Number(ApiParameter parameter, decimal step)
    {
        var (low, high) = (random.Next(-1000, 0) * step, random.Next(10, 100000) * step);
        var bounded = parameter with
        {
            Minimum = Chance(2) ? low : null,
            Maximum = Chance(2) ? high : null,
            ExclusiveMinimum = Chance(5) ? low - step : null,
            ExclusiveMaximum = Chance(5) ? high + step : null,
        };
        if (Chance(6))
        {
            return bounded with { MultipleOf = Pick(1m, 2m, 5m) * step };
        }

        var values = new[] { 0m, 1m, 2m, 5m, 10m }.Select(value => (value * step).ToString(CultureInfo.InvariantCulture)).ToList();
        return Chance(3)
            ? bounded with { Enum = [.. values.Take(random.Next(1, 5))], Default = Chance(2) ? values[0] : "" }
            : bounded with { Default = Chance(2) ? Pick(values) : "", Example = Chance(3) ? Pick(values) : "" };
    }

    private ApiParameter Array(ApiParameter parameter, int depth) => parameter with
    {
        Items = Parameter("", depth + 1),
        MinItems = Chance(3) ? 0 : null,
        MaxItems = Chance(3) ? random.Next(1, 50) : null,
        UniqueItems = Chance(4),
        Default = Chance(4) ? "[]" : "",
    };

    private ApiParameter Object(ApiParameter parameter, int depth)
    {
        var members = Chance(4) ? [] : Members(depth + 1);
        return parameter with
        {
            Properties = members,
            Open = members.Count > 0 && Chance(3),
            Default = members.Count == 0 ? Pick("", "", "{}", "{\"a\":1}", "{ \"a\": [1.50, null] }") : "",
        };
    }

    public IReadOnlyList<PayloadEntry> Entries(string prefix)
    {
        var count = random.Next(4);
        return [.. Enumerable.Range(0, count).Select(index => Entry(prefix + Pick("", "_a", "-b", "_yes") + index.ToString(CultureInfo.InvariantCulture)))];
    }

    public PayloadEntry Entry(string name)
    {
        var type = Pick(PayloadTypes.All);
        var entry = new PayloadEntry
        {
            Name = name,
            Type = type,
            Required = Chance(2),
            Description = Text(),
            Encodings = Some(PayloadRules.Encodings(type)),
            Compressions = Some(PayloadRules.Compressions),
            Formats = type is PayloadTypes.Text ? Some(PayloadRules.TextFormats) : type is PayloadTypes.Json && Chance(2) ? ["json"] : [],
            MinBytes = Chance(4) ? random.Next(1, 100) : null,
            MaxBytes = Chance(3) ? random.Next(100, 20_000_000) : null,
        };
        return type switch
        {
            PayloadTypes.Audio => entry with
            {
                SampleRates = Some([16000, 8000, 44100]),
                Channels = Some([1, 2]),
                BitDepths = Some([16, 8]),
                MaxFrameSize = Chance(2) ? 1024 : null,
            },
            PayloadTypes.Json => entry with { Content = Chance(2) ? Parameter("", 2) : null },
            PayloadTypes.Tensor => entry with { DataType = Pick("FP32", "BYTES", "INT64"), Shape = Chance(3) ? [] : Chance(2) ? [1, 3, -1, -1] : [10] },
            _ => entry,
        };
    }

    private List<T> Some<T>(IReadOnlyList<T> values) =>
        Chance(2) ? [] : Chance(8) ? [.. values] : [.. values.OrderBy(_ => random.Next()).Take(random.Next(1, 3))];

    private string Text() => Pick(s_texts);

    private string Maybe(string text) => Chance(2) ? text : "";

    private bool Chance(int one) => random.Next(one) == 0;

    private T Pick<T>(params IReadOnlyList<T> values) => values[random.Next(values.Count)];
}
