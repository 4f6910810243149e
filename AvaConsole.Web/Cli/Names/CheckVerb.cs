using System.CommandLine;
using System.Text.Json.Nodes;
using AvaConsole.Core.Naming;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Names;

/// <summary><c>asectl names check</c>: whether a command may become an app's, beside those that there are.</summary>
internal sealed class CheckVerb : Verb
{
    private readonly Argument<string> _command = CliOptions.File("COMMAND", "ArgumentCommand");
    private readonly Option<string[]> _beside = new("--beside") { Description = CliTexts.Of("OptionBeside"), HelpName = "NAME", AllowMultipleArgumentsPerToken = true };

    public CheckVerb()
        : base("check", "NamesCheck", "asectl names check comics-bg --beside comics digits")
    {
        Add(_command);
        Add(_beside);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var command = arguments.GetValue(_command)!;
        var others = (arguments.GetValue(_beside) ?? []).Select(CommandOf).ToList();
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

    private static string CommandOf(string name) =>
        AppName.TryParse(name, out var app) ? app.Command : throw new CliFailureException(CliExit.BadInput, CliTexts.Of("NameUnreadableAs", name, NameReading.App));
}
