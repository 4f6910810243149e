using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Inference;
using AvaConsole.Inference.Execution.Benchmarks;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Web.Cli.Common;
using Microsoft.Extensions.Logging.Abstractions;

namespace AvaConsole.Web.Cli.Bench;

/// <summary><c>asectl bench host</c></summary>
internal sealed class HostBenchVerb : Verb
{
    private const double Longest = 600;
    private const int Most = 1024;

    private readonly Option<string> _model = CliOptions.Required("--model", "OptionModel", "PATH");
    private readonly Option<string> _batch = Numbers("--batch", "OptionBatch");
    private readonly Option<string> _clients = Numbers("--clients", "OptionClients");
    private readonly Option<double> _seconds = new("--seconds") { Description = CliTexts.Of("OptionWallSeconds"), HelpName = "N", DefaultValueFactory = _ => 2 };
    private readonly Option<string> _provider = CliOptions.Choice("--provider", "OptionProvider", "auto", "auto", "cpu", "cuda");

    public HostBenchVerb()
        : base("host", "BenchHost", "asectl bench host --model samples/digits/model.onnx --batch 1,8 --clients 1,16 --format json")
    {
        _seconds.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && !(double.TryParse(given, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= Longest))
            {
                result.AddError(CliTexts.Of("SecondsOutside", _seconds.Name, given, Longest));
            }
        });
        Add(_model);
        Add(_batch);
        Add(_clients);
        Add(_seconds);
        Add(_provider);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var path = arguments.GetValue(_model)!;
        if (!File.Exists(path))
        {
            throw new CliFailureException(CliExit.BadInput, CliTexts.Of("FileMissing", path));
        }

        var settings = Microsoft.Extensions.Options.Options.Create(new InferenceOptions { Provider = arguments.GetValue(_provider)! });
        var options = new HostBenchmarkOptions(Path.GetFullPath(path))
        {
            Batches = Parse(arguments.GetValue(_batch)!)!,
            Clients = Parse(arguments.GetValue(_clients)!)!,
            Duration = TimeSpan.FromSeconds(arguments.GetValue(_seconds)),
        };
        var report = HostBenchmark.Run(new OrtRuntime(settings, NullLogger<OrtRuntime>.Instance), options, CancellationToken.None);
        if (!report.IsSuccess)
        {
            throw new CliFailureException(CliExit.BadInput, Describe(report.Error));
        }

        if (output.IsJson)
        {
            output.Json(ToJson(report.Value));
        }
        else
        {
            Write(report.Value, output);
        }

        return CliExit.Success;
    }

    private static string[] Describe(Error error) => error is InvalidError invalid
        ? [.. invalid.Problems.Select(problem => $"{problem.Field}: {CliTexts.OfCode(problem.Code, problem.Args)}")]
        : [CliTexts.OfCode(error.Code, error.Args)];

    private static void Write(HostBenchmarkReport report, CliOutput output)
    {
        if (report.Plan is { } plan)
        {
            output.Line(CliTexts.Of(plan.WideWhenAlone ? "BenchHostPlanWide" : "BenchHostPlan", plan.Device, plan.ConcurrentRuns, plan.ThreadsPerRun, plan.BatchRows));
        }

        output.Line("way         rows  clients        rows/s    p50 ms    p90 ms    p99 ms  mean batch  ratio");
        foreach (var figure in report.Figures)
        {
            output.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"{figure.Way,-10} {figure.Rows,5} {figure.Clients,8} {figure.RowsPerSecond,13:N1} {figure.P50,9:N3} {figure.P90,9:N3} {figure.P99,9:N3} {figure.MeanBatch,11:N1} {figure.Ratio,6:N3}"));
        }

        output.Line(CliTexts.Of("BenchHostSummary", report.Ratio.ToString("N3", CultureInfo.InvariantCulture), (report.Overhead * 1000).ToString("N0", CultureInfo.InvariantCulture)));
        if (report.BatchingRatio > 0)
        {
            output.Line(CliTexts.Of("BenchHostBatching", report.BatchingRatio.ToString("N3", CultureInfo.InvariantCulture)));
        }
    }

    private static JsonObject ToJson(HostBenchmarkReport report) => new()
    {
        ["model"] = report.Model,
        ["cores"] = Environment.ProcessorCount,
        ["batchable"] = report.Batchable,
        ["ratio"] = Round(report.Ratio),
        ["batchingRatio"] = Round(report.BatchingRatio),
        ["overheadMicroseconds"] = Round(report.Overhead * 1000),
        ["plan"] = report.Plan is not { } plan ? null : new JsonObject
        {
            ["device"] = plan.Device,
            ["concurrentRuns"] = plan.ConcurrentRuns,
            ["threadsPerRun"] = plan.ThreadsPerRun,
            ["wideWhenAlone"] = plan.WideWhenAlone,
            ["batchRows"] = plan.BatchRows,
            ["batchMilliseconds"] = new JsonObject(plan.Batches.Select(pair => KeyValuePair.Create($"{pair.Key}", (JsonNode?)Round(pair.Value)))),
        },
        ["figures"] = new JsonArray([.. report.Figures.Select(ToJson)]),
    };

    private static JsonObject ToJson(HostBenchmarkFigure figure) => new()
    {
        ["way"] = figure.Way,
        ["rows"] = figure.Rows,
        ["clients"] = figure.Clients,
        ["rowsPerSecond"] = Round(figure.RowsPerSecond),
        ["p50"] = Round(figure.P50),
        ["p90"] = Round(figure.P90),
        ["p99"] = Round(figure.P99),
        ["meanBatch"] = Round(figure.MeanBatch),
        ["ratio"] = Round(figure.Ratio),
        ["errors"] = figure.Errors,
    };

    private static double Round(double value) => Math.Round(value, 4);

    private static Option<string> Numbers(string name, string key)
    {
        var option = new Option<string>(name) { Description = CliTexts.Of(key), HelpName = "N,N…", DefaultValueFactory = _ => "1,4,16" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && Parse(given) is null)
            {
                result.AddError(CliTexts.Of("NumbersOutside", name, given, Most));
            }
        });
        return option;
    }

    /// <summary>Null where it is no list of numbers from 1 up.</summary>
    private static List<int>? Parse(string text)
    {
        var numbers = new List<int>();
        foreach (var word in text.Split(','))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > Most)
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers;
    }
}
