using System.CommandLine;
using System.Text.Json.Nodes;
using AvaConsole.Core.Images.Dockerfiles;
using AvaConsole.Core.Schemas.Lint;
using AvaConsole.Web.Cli.Api;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Images;

/// <summary><c>asectl image lint</c>: the image wizard's rules for a Dockerfile.</summary>
internal sealed class ImageLintVerb : Verb
{
    private readonly Argument<string> _file = CliOptions.File("FILE", "ArgumentDockerfile");
    private readonly Option<string[]> _roots = new("--allowed-root") { Description = CliTexts.Of("OptionAllowedRoot"), HelpName = "ROOT" };
    private readonly Option<string> _failOn = CliOptions.Choice("--fail-on", "OptionLintFailOn", "error", "error", "warn");

    public ImageLintVerb()
        : base("lint", "ImageLint", "asectl image lint Dockerfile --allowed-root registry.example/ava-public")
    {
        Add(_file);
        Add(_roots);
        Add(_failOn);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var path = arguments.GetValue(_file)!;
        var findings = ApiFiles.Unwrap(DockerfileLint.Check(CliFiles.ReadText(path), new DockerfileLintOptions(arguments.GetValue(_roots) ?? [])), path);
        if (output.IsJson)
        {
            output.Json(ToJson(path, findings));
        }
        else
        {
            Show(output, path, findings);
        }

        var least = arguments.GetValue(_failOn) == "warn" ? LintSeverity.Warn : LintSeverity.Error;
        return findings.Any(finding => finding.Severity >= least) ? CliExit.Found : CliExit.Success;
    }

    private static int Count(IReadOnlyList<DockerfileFinding> findings, LintSeverity severity) => findings.Count(finding => finding.Severity == severity);

    private static JsonObject ToJson(string path, IReadOnlyList<DockerfileFinding> findings) => new()
    {
        ["file"] = path,
        ["valid"] = !DockerfileLint.Refuses(findings),
        ["errors"] = Count(findings, LintSeverity.Error),
        ["warnings"] = Count(findings, LintSeverity.Warn),
        ["findings"] = new JsonArray([.. findings.Select(finding => new JsonObject
        {
            ["rule"] = finding.Rule,
            ["severity"] = LintSettings.NameOf(finding.Severity),
            ["line"] = finding.Line,
            ["text"] = CliTexts.OfCode(finding.Rule, finding.Args),
            ["fix"] = finding.Fix is { } fix ? new JsonObject { ["line"] = fix.Line, ["endLine"] = fix.EndLine, ["text"] = fix.Text } : null,
        })]),
    };

    private static void Show(CliOutput output, string path, IReadOnlyList<DockerfileFinding> findings)
    {
        var name = CliFiles.NameOf(path);
        foreach (var finding in findings)
        {
            var severity = LintSettings.NameOf(finding.Severity);
            var label = finding.Severity == LintSeverity.Error ? output.Red(severity) : output.Yellow(severity);
            var fixable = finding.Fix is null ? "" : $" {CliTexts.Of("ImageLintFixable")}";
            output.Line($"{name}:{finding.Line}: {label}: {CliTexts.OfCode(finding.Rule, finding.Args)}{fixable} {output.Dim($"[{finding.Rule}]")}");
        }

        var (errors, warnings) = (Count(findings, LintSeverity.Error), Count(findings, LintSeverity.Warn));
        output.Line(errors + warnings == 0 ? output.Green(CliTexts.Of("LintClean", name)) : CliTexts.Of("LintSummary", name, errors, warnings));
    }
}
