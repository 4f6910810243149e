using System.CommandLine;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility;
using AvaConsole.Core.Schemas.Compatibility.Rules;
using AvaConsole.Web.Cli.Common;
using AvaConsole.Web.Infrastructure.Culture;

namespace AvaConsole.Web.Cli.Api;

/// <summary><c>asectl api diff</c></summary>
internal sealed class DiffVerb : Verb
{
    private const string OpenApi = "openapi";
    private const string JsonSchemaDialect = "json-schema";

    private readonly Argument<string> _base = CliOptions.File("BASE", "ArgumentBase");
    private readonly Argument<string> _revision = CliOptions.File("REVISION", "ArgumentRevision");
    private readonly Option<string> _failOn = CliOptions.Choice("--fail-on", "OptionFailOn", "WARN", "ERR", "WARN");
    private readonly Option<string> _dialect = CliOptions.Choice("--dialect", "OptionDiffDialect", OpenApi, OpenApi, JsonSchemaDialect);
    private readonly Option<bool> _lenient = CliOptions.Flag("--lenient", "OptionLenient");
    private readonly Option<string?> _ignore = CliOptions.Value("--ignore", "OptionIgnore", "FILE");

    public DiffVerb()
        : base("diff", "ApiDiff", "asectl api diff v1.yml v2.yml --fail-on ERR")
    {
        Add(_base);
        Add(_revision);
        Add(_failOn);
        Add(_ignore);
        Add(_dialect);
        Add(_lenient);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var (before, after) = (arguments.GetValue(_base)!, arguments.GetValue(_revision)!);
        if (arguments.GetValue(_dialect) == JsonSchemaDialect)
        {
            return SchemaDiff.Run(output, before, after, arguments.GetValue(_lenient));
        }

        var ignored = arguments.GetValue(_ignore) is { } file ? ApiFiles.Unwrap(IgnoredChange.Parse(CliFiles.ReadText(file)), file) : [];
        var report = ApiComparison.Compare(before, after, new CompatibilityOptions { Ignored = ignored });
        if (!report.IsComplete)
        {
            output.Note(CliTexts.Of("DiffIncomplete"));
        }

        if (output.IsJson)
        {
            output.Json(ToJson(report));
        }
        else
        {
            Show(output, report);
        }

        var least = arguments.GetValue(_failOn) == "ERR" ? ChangeLevel.Err : ChangeLevel.Warn;
        return report.AtLeast(least).Any() ? CliExit.Found : CliExit.Success;
    }

    private static string NameOf(ChangeLevel level) => level switch { ChangeLevel.Err => "ERR", ChangeLevel.Warn => "WARN", _ => "INFO" };

    /// <summary>In the reader's language: the table of rules has both.</summary>
    private static string TextOf(ApiChange change) =>
        Cultures.Current == Cultures.Chinese && RuleTable.Find(change.Id) is { } rule ? RuleSentence.Of(rule, change.Args, chinese: true) : change.Text;

    private static JsonObject ToJson(CompatibilityReport report) => new()
    {
        ["breaking"] = report.IsBreaking,
        ["changes"] = new JsonArray([.. report.Changes.Select(change => new JsonObject
        {
            ["id"] = change.Id,
            ["level"] = NameOf(change.Level),
            ["path"] = change.Path,
            ["operation"] = change.Operation,
            ["pointer"] = change.Pointer,
            ["text"] = TextOf(change),
        })]),
    };

    private static void Show(CliOutput output, CompatibilityReport report)
    {
        foreach (var change in report.Changes)
        {
            var name = NameOf(change.Level).PadRight(4);
            var level = change.Level switch { ChangeLevel.Err => output.Red(name), ChangeLevel.Warn => output.Yellow(name), _ => output.Dim(name) };
            var place = change.Path.Length == 0 ? "" : $"{change.Operation} {change.Path}: ".TrimStart();
            output.Line($"{level} {place}{TextOf(change)} {output.Dim($"[{change.Id}]")}");
            output.Line(output.Dim($"     {change.Pointer}"));
        }

        int Count(ChangeLevel level) => report.Changes.Count(change => change.Level == level);
        output.Line(report.Changes.Count == 0
            ? output.Green(CliTexts.Of("DiffNone"))
            : CliTexts.Of("DiffSummary", report.Changes.Count, Count(ChangeLevel.Err), Count(ChangeLevel.Warn), Count(ChangeLevel.Info)));
    }
}
