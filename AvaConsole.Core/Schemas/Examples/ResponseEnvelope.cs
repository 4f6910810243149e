namespace AvaConsole.Core.Schemas.Examples;

/// <summary>
/// The members of an answer: <c>code</c>, <c>message</c>, <c>request_id</c>, <c>app</c>, <c>version</c>, <c>result</c>, <c>timing_ms</c>, <c>batch_size</c>.
/// The entries of the response are the result's members.
/// </summary>
public static class ResponseEnvelope
{
    public static IReadOnlyList<ApiParameter> Members(ApiSchema schema) =>
    [
        new() { Name = "code", Type = ParameterTypes.Integer, Required = true, Example = "0" },
        new() { Name = "message", Required = true, Example = "success" },
        new() { Name = "request_id", Required = true, Example = "0af7651916cd43dd8448eb211c80319c" },
        new() { Name = "app", Required = true, Example = schema.Service.Length == 0 ? "app" : schema.Service },
        new() { Name = "version", Required = true, Example = "v202601010830" },
        Result(schema) with { Name = "result", Required = true },
        new()
        {
            Name = "timing_ms",
            Type = ParameterTypes.Object,
            Required = true,
            Properties = [Milliseconds("decode", "1.204"), Milliseconds("queue", "0.095"), Milliseconds("run", "8.431"), Milliseconds("total", "9.73")],
        },
        new() { Name = "batch_size", Type = ParameterTypes.Integer, Required = true, Minimum = 1, Example = "1" },
    ];

    private static ApiParameter Result(ApiSchema schema) => new() { Type = ParameterTypes.Object, Properties = [.. schema.Response.Select(Entry)] };

    private static ApiParameter Entry(PayloadEntry entry) => (entry.Type switch
    {
        PayloadTypes.Json => Content(entry),
        PayloadTypes.Text => new ApiParameter { MaxLength = (int?)Math.Min(entry.MaxBytes ?? int.MaxValue, int.MaxValue), Example = "Hello, world." },
        _ => Described(entry, new ApiParameter { Name = "data", Format = "byte", Required = true, Example = Data(entry) }),
    }) with
    { Name = entry.Name, Required = entry.Required, Description = entry.Description };

    private static ApiParameter Content(PayloadEntry entry) => entry.Content ?? new ApiParameter { Type = ParameterTypes.Object, Description = entry.Description };

    private static ApiParameter Described(PayloadEntry entry, ApiParameter data) => new()
    {
        Type = ParameterTypes.Object,
        Properties =
        [
            data,
            .. Word("encoding", entry.Encodings),
            .. Word("compress", entry.Compressions),
            .. Word("format", entry.Formats),
            .. entry.Type == PayloadTypes.Tensor ? [Shape(entry)] : Array.Empty<ApiParameter>(),
        ],
    };

    private static IEnumerable<ApiParameter> Word(string name, IReadOnlyList<string> words) => words.Count == 0 ? [] : [new ApiParameter { Name = name, Enum = words }];

    private static ApiParameter Shape(PayloadEntry entry) => new()
    {
        Name = "shape",
        Type = ParameterTypes.Array,
        Items = new ApiParameter { Type = ParameterTypes.Integer },
        Example = $"[{string.Join(", ", entry.Shape.Select(length => Math.Max(1, length)))}]",
    };

    private static string Data(PayloadEntry entry) =>
        Convert.ToBase64String(SampleFiles.Bytes(entry.Encodings.Count > 0 ? entry.Encodings[0] : entry.Type == PayloadTypes.Image ? "png" : "wav"));

    private static ApiParameter Milliseconds(string name, string example) => new() { Name = name, Type = ParameterTypes.Number, Required = true, Minimum = 0, Example = example };
}
