using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Naming;
using AvaConsole.Web.Api;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Names;

/// <summary><c>asectl names check</c>: whether a name can be given, as a console's wizards would say; with <c>--beside</c>, of a command, without one.</summary>
internal sealed class CheckVerb : Verb
{
    private readonly Argument<string> _name = CliOptions.File("NAME", "ArgumentNameToGive");
    private readonly Option<string> _kind = CliOptions.Choice("--kind", "OptionNameKind", NameReading.App, NameReading.App, NameReading.Version, NameReading.Image);
    private readonly Option<string?> _app = CliOptions.Value("--app", "OptionNameApp", "COMMAND");
    private readonly Option<string?> _image = CliOptions.Value("--image", "OptionNameImage", "REFERENCE");
    private readonly Option<string?> _instance = CliOptions.Value("--instance", "OptionNameInstance", "NAME");
    private readonly Option<string[]> _beside = new("--beside") { Description = CliTexts.Of("OptionBeside"), HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _console = ConsoleLink.Option();

    public CheckVerb()
        : base("check", "NamesCheck", "asectl names check comics-bg --beside comics digits")
    {
        Add(_name);
        Add(_kind);
        Add(_app);
        Add(_image);
        Add(_instance);
        Add(_beside);
        Add(_console);
    }

    protected override int Run(ParseResult arguments, CliOutput output) =>
        arguments.GetValue(_beside) is { Length: > 0 } beside ? Alone(arguments, beside, output) : Ask(arguments, output);

    private int Alone(ParseResult arguments, string[] beside, CliOutput output)
    {
        if (arguments.GetValue(_kind) != NameReading.App)
        {
            throw new CliFailureException(CliExit.BadInput, CliTexts.Of("NameBesideApps"));
        }

        var command = arguments.GetValue(_name)!;
        var others = beside.Select(CommandOf).ToList();
        var problem = AppName.Check(command, others);
        var text = problem is null ? "" : CliTexts.OfCode(problem.Code, problem.Args);
        if (output.IsJson)
        {
            output.Json(new JsonObject
            {
                ["command"] = command,
                ["instance"] = new AppName(command).Instance,
                ["free"] = problem is null,
                ["code"] = problem?.Code,
                ["text"] = text,
                ["proposal"] = problem is null ? null : AppName.ProposeFree(command, others),
            });
        }
        else
        {
            output.Line(problem is null ? output.Green(CliTexts.Of("NameFree", command, new AppName(command).Instance)) : $"{output.Red(command)}: {text} {output.Dim($"[{problem.Code}]")}");
        }

        return problem is null ? CliExit.Success : CliExit.Found;
    }

    private int Ask(ParseResult arguments, CliOutput output)
    {
        var (name, kind, app) = (arguments.GetValue(_name)!, arguments.GetValue(_kind)!, arguments.GetValue(_app));
        if (kind == NameReading.Version && string.IsNullOrEmpty(app))
        {
            throw new CliFailureException(CliExit.BadInput, CliTexts.Of("NameVersionNeedsApp"));
        }

        var question = new JsonObject { ["name"] = name, ["kind"] = kind, ["app"] = app, ["image"] = arguments.GetValue(_image), ["instance"] = arguments.GetValue(_instance) };
        using var link = ConsoleLink.Open(arguments.GetValue(_console));
        using var answer = link.Post(NameEndpoints.Path, JsonSerializer.SerializeToUtf8Bytes(question));
        var verdict = JsonObject.Create(answer.RootElement)!;
        var isFree = verdict["free"]!.GetValue<bool>();
        if (output.IsJson)
        {
            output.Json(verdict);
        }
        else
        {
            Say(verdict, isFree, output);
        }

        return isFree ? CliExit.Success : CliExit.Found;
    }

    private static void Say(JsonObject verdict, bool isFree, CliOutput output)
    {
        var name = verdict["name"]!.GetValue<string>();
        if (isFree)
        {
            output.Line(output.Green(verdict["instance"] is { } instance ? CliTexts.Of("NameFree", name, instance) : CliTexts.Of("NameFreeAlone", name)));
        }

        foreach (var problem in verdict["problems"]!.AsArray())
        {
            output.Line($"{output.Red(name)}: {problem!["text"]} {output.Dim($"[{problem["code"]}]")}");
        }

        foreach (var warning in verdict["warnings"]!.AsArray())
        {
            output.Line($"{output.Yellow(name)}: {warning!["text"]} {output.Dim($"[{warning["code"]}]")}");
        }

        if (verdict["needsReason"]!.GetValue<bool>())
        {
            output.Line(CliTexts.Of("NameNeedsReason"));
        }

        if (verdict["proposal"] is { } proposal)
        {
            output.Line(CliTexts.Of("NameProposal", proposal));
        }

        foreach (var key in verdict["keys"]!.AsArray().Concat(verdict["routes"]!.AsArray()))
        {
            output.Line("  " + key);
        }
    }

    private static string CommandOf(string name) =>
        AppName.TryParse(name, out var app) ? app.Command : throw new CliFailureException(CliExit.BadInput, CliTexts.Of("NameUnreadableAs", name, NameReading.App));
}
