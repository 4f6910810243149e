using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Validation;
using AvaConsole.Core.Schemas.Validation.JsonSchema;

namespace AvaConsole.Web.Cli.Bench;

/// <summary>How a benchmark runs, and what it writes.</summary>
internal sealed record ValidateBenchmarkOptions
{
    /// <summary>Processor time to measure each figure for. Default one second.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>One JSON document instead of a table.</summary>
    public bool IsJson { get; init; }
}

/// <summary>
/// How many validations per second the compiled validator does, and how many bytes each allocates: of documents parsed before, and of texts
/// with their parsing. A second is one of processor time, so that other work on the machine does not count. The schemas and documents are embedded; the script beside the tests gives ajv the same ones.
/// </summary>
internal static class ValidateBenchmark
{
    private const string Prefix = "bench.validate.";
    private const int CheckEvery = 256;

    public static void Run(TextWriter writer, ValidateBenchmarkOptions options)
    {
        var results = Cases().Select(name => Measure(name, options.Duration)).ToList();
        if (options.IsJson)
        {
            writer.WriteLine(new JsonObject { ["cases"] = new JsonArray([.. results.Select(result => result.ToJson())]) }.ToJsonString());
            return;
        }

        writer.WriteLine("case       bytes      parsed: validations/s  bytes each   text: validations/s  bytes each");
        foreach (var result in results)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Name,-10} {result.PayloadBytes,-10} {result.Parsed.PerSecond,22:N0} {result.Parsed.Bytes,11:N1} {result.Text.PerSecond,21:N0} {result.Text.Bytes,11:N1}"));
        }
    }

    private static IEnumerable<string> Cases() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .OrderDescending(StringComparer.Ordinal)
        .Select(name => name[Prefix.Length..^".json".Length]);

    private static Result Measure(string name, TimeSpan duration)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Prefix}{name}.json")!;
        using var document = JsonDocument.Parse(stream);
        var payload = Payload(document.RootElement);
        var validator = JsonSchemaValidator.Compile(document.RootElement.GetProperty("schema")).Value!;
        var parsed = ParsedJson.Parse(payload).Value!;
        if (validator.Validate(parsed).Count > 0)
        {
            throw new InvalidOperationException($"The payload of {name} does not fit its schema.");
        }

        return new Result(
            name,
            payload.Length,
            Repeat(() => validator.Validate(parsed).Count, duration),
            Repeat(() => validator.Validate(payload).Count, duration));
    }

    /// <summary>The case's payload without white space; an array is repeated to the number of elements that the case names.</summary>
    private static byte[] Payload(JsonElement benchmark)
    {
        var payload = JsonNode.Parse(benchmark.GetProperty("payload").GetRawText())!;
        if (benchmark.TryGetProperty("elements", out var count))
        {
            var some = payload.AsArray();
            payload = new JsonArray([.. Enumerable.Range(0, count.GetInt32()).Select(index => some[index % some.Count]!.DeepClone())]);
        }

        return Encoding.UTF8.GetBytes(payload.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    private static Figure Repeat(Func<int> validate, TimeSpan duration)
    {
        Measure(validate, duration / 2);
        return Measure(validate, duration);
    }

    private static Figure Measure(Func<int> validate, TimeSpan duration)
    {
        var (count, failed) = (0L, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Environment.CpuUsage.TotalTime;
        do
        {
            for (var i = 0; i < CheckEvery; i++)
            {
                failed += validate();
            }

            count += CheckEvery;
        }
        while (Environment.CpuUsage.TotalTime - start < duration && failed == 0);

        var elapsed = Environment.CpuUsage.TotalTime - start;
        return new Figure(count / elapsed.TotalSeconds, (double)(GC.GetAllocatedBytesForCurrentThread() - before) / count);
    }

    private readonly record struct Figure(double PerSecond, double Bytes)
    {
        public JsonObject ToJson() => new() { ["perSecond"] = Math.Round(PerSecond), ["bytes"] = Math.Round(Bytes, 1) };
    }

    private sealed record Result(string Name, int PayloadBytes, Figure Parsed, Figure Text)
    {
        public JsonObject ToJson() => new()
        {
            ["name"] = Name,
            ["payloadBytes"] = PayloadBytes,
            ["parsed"] = Parsed.ToJson(),
            ["text"] = Text.ToJson(),
        };
    }
}
