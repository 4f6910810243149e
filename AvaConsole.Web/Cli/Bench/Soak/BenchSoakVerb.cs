using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AvaConsole.Web.Cli.Common;
using AvaConsole.Web.Features.Home;
using AvaConsole.Web.Infrastructure.StartUp;

namespace AvaConsole.Web.Cli.Bench.Soak;

/// <summary><c>asectl bench soak</c></summary>
internal sealed class BenchSoakVerb : Verb
{
    private readonly Option<double> _minutes = Number("--minutes", "OptionSoakMinutes", 5, 24 * 60);
    private readonly Option<double> _clients = Number("--clients", "OptionSoakClients", 4, 64);
    private readonly Option<double> _interval = Number("--interval", "OptionSoakInterval", 3, 600);

    public BenchSoakVerb()
        : base("soak", "BenchSoak", "asectl bench soak --minutes 10 --clients 8")
    {
        Add(_minutes);
        Add(_clients);
        Add(_interval);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        if (!ExamplePackage.Default.Exists)
        {
            throw new CliFailureException(CliExit.BadInput, CliTexts.Of("SoakNoConsole"));
        }

        var options = new SoakOptions(
            TimeSpan.FromMinutes(arguments.GetValue(_minutes)), Math.Max(1, (int)arguments.GetValue(_clients)), TimeSpan.FromSeconds(arguments.GetValue(_interval)));
        try
        {
            NativeParts.Check();
            var report = SoakBenchmark.RunAsync(options, (elapsed, requests, failures, bytes) =>
                output.Note(CliTexts.Of("SoakProgress", elapsed.TotalMinutes, requests, failures, bytes >> 20)), CancellationToken.None).GetAwaiter().GetResult();
            Write(report, output);
            return report.FailureCount == 0 ? CliExit.Success : CliExit.Found;
        }
        catch (StartUpException failure)
        {
            throw new CliFailureException(CliExit.BadInput, [.. failure.Problems]);
        }
        catch (IOException exception)
        {
            // Of its own files: elsewhere in a verb it means that nobody reads the output any more.
            throw new CliFailureException(CliExit.Fault, exception.Message);
        }
    }

    private static void Write(SoakReport report, CliOutput output)
    {
        if (output.IsJson)
        {
            output.Json(ToJson(report));
            return;
        }

        output.Line(CliTexts.Of("SoakLoad", report.Duration.TotalMinutes, report.Changes, report.Promotions, report.Versions));
        output.Line(CliTexts.Of("SoakRequests", report.Latencies.Count, report.FailureCount, report.Latencies.Count / report.Duration.TotalSeconds));
        output.Line(CliTexts.Of("SoakLatency", report.Latencies.Percentile(0.5), report.Latencies.Percentile(0.99), report.Latencies.Largest));
        output.Line(CliTexts.Of("SoakMemory", report.Memory.First, report.Memory.Last, report.Memory.Slope));
        foreach (var (what, count) in report.Failures.OrderByDescending(failure => failure.Value))
        {
            output.Line(output.Red($"{count} × {what}"));
        }
    }

    private static JsonObject ToJson(SoakReport report) => new()
    {
        ["minutes"] = Math.Round(report.Duration.TotalMinutes, 2),
        ["changes"] = report.Changes,
        ["promotions"] = report.Promotions,
        ["versions"] = report.Versions,
        ["requests"] = report.Latencies.Count,
        ["failures"] = report.FailureCount,
        ["failure_kinds"] = new JsonObject(report.Failures.Select(failure => KeyValuePair.Create<string, JsonNode?>(failure.Key, failure.Value))),
        ["p50_ms"] = Math.Round(report.Latencies.Percentile(0.5), 3),
        ["p99_ms"] = Math.Round(report.Latencies.Percentile(0.99), 3),
        ["max_ms"] = Math.Round(report.Latencies.Largest, 3),
        ["memory_first_mb"] = Math.Round(report.Memory.First, 1),
        ["memory_last_mb"] = Math.Round(report.Memory.Last, 1),
        ["memory_slope_mb_per_minute"] = Math.Round(report.Memory.Slope, 2),
    };

    private static Option<double> Number(string name, string key, double usual, double most)
    {
        var option = new Option<double>(name) { Description = CliTexts.Of(key), HelpName = "N", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && !(double.TryParse(given, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most))
            {
                result.AddError(CliTexts.Of("SecondsOutside", option.Name, given, most));
            }
        });
        return option;
    }
}
