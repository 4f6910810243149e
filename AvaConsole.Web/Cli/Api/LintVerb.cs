using System.CommandLine;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Core.Schemas.Lint;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Api;

/// <summary><c>asectl api lint</c>: the page's and the release gate's rules, and what the reader had to mend or leave out.</summary>
internal sealed class LintVerb : Verb
{
    private readonly Argument<string> _file = CliOptions.File("FILE", "ArgumentSchema");
    private readonly Option<string?> _settings = CliOptions.Value("--settings", "OptionLintSettings", "FILE");
    private readonly Option<string> _failOn = CliOptions.Choice("--fail-on", "OptionLintFailOn", "error", "error", "warn");
    private readonly Option<string?> _from = FormatNames.From();

    public LintVerb()
        : base("lint", "ApiLint", "asectl api lint api.yml --format json")
    {
        Add(_file);
        Add(_settings);
        Add(_failOn);
        Add(_from);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var path = arguments.GetValue(_file)!;
        var settings = arguments.GetValue(_settings) is { } file ? ApiFiles.Unwrap(LintSettings.Parse(CliFiles.ReadText(file)), file) : null;
        var imported = ApiFiles.Read(path, FormatNames.Parse(arguments.GetValue(_from)));
        var findings = SchemaLint.Check(imported.Schema, settings);
        if (output.IsJson)
        {
            output.Json(ToJson(path, imported, findings));
        }
        else
        {
            Show(output, path, imported, findings);
        }

        var least = arguments.GetValue(_failOn) == "warn" ? LintSeverity.Warn : LintSeverity.Error;
        return findings.Any(finding => finding.Severity >= least) ? CliExit.Found : CliExit.Success;
    }

    private static int Count(IReadOnlyList<LintFinding> findings, LintSeverity severity) => findings.Count(finding => finding.Severity == severity);

    private static JsonObject ToJson(string path, ImportedSchema imported, IReadOnlyList<LintFinding> findings) => new()
    {
        ["file"] = path,
        ["valid"] = Count(findings, LintSeverity.Error) == 0,
        ["errors"] = Count(findings, LintSeverity.Error),
        ["warnings"] = Count(findings, LintSeverity.Warn),
        ["findings"] = new JsonArray([.. findings.Select(finding => new JsonObject
        {
            ["rule"] = finding.Rule,
            ["severity"] = LintSettings.NameOf(finding.Severity),
            ["pointer"] = finding.Pointer,
            ["field"] = finding.Field,
            ["text"] = CliTexts.OfCode(finding.Rule, finding.Args),
            ["fixable"] = finding.Fixed is not null,
        })]),
        ["notes"] = ApiFiles.ToJson(imported.Notes),
    };

    private static void Show(CliOutput output, string path, ImportedSchema imported, IReadOnlyList<LintFinding> findings)
    {
        var name = CliFiles.NameOf(path);
        foreach (var note in imported.Notes)
        {
            output.Line($"{ApiFiles.Describe(path, note.Line, note.Pointer, CliTexts.OfCode(note.Code, note.Args))} {output.Dim($"[{note.Code}]")}");
        }

        foreach (var finding in findings)
        {
            var severity = LintSettings.NameOf(finding.Severity);
            var label = finding.Severity == LintSeverity.Error ? output.Red(severity) : output.Yellow(severity);
            var fixable = finding.Fixed is null ? "" : $" {CliTexts.Of("LintFixable")}";
            output.Line($"{name}: {label}: {finding.Pointer}: {CliTexts.OfCode(finding.Rule, finding.Args)}{fixable} {output.Dim($"[{finding.Rule}]")}");
        }

        var (errors, warnings) = (Count(findings, LintSeverity.Error), Count(findings, LintSeverity.Warn));
        output.Line(errors + warnings == 0 ? output.Green(CliTexts.Of("LintClean", name)) : CliTexts.Of("LintSummary", name, errors, warnings));
    }
}
