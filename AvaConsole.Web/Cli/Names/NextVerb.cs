using System.CommandLine;
using System.Text.Json.Nodes;
using AvaConsole.Core.Naming;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Names;

/// <summary><c>asectl names next</c>: the first name of the same day and content that is not taken.</summary>
internal sealed class NextVerb : Verb
{
    private readonly Argument<string> _name = CliOptions.File("NAME", "ArgumentNextName");
    private readonly Option<string[]> _taken = new("--taken") { Description = CliTexts.Of("OptionTaken"), HelpName = "NAME", AllowMultipleArgumentsPerToken = true };

    public NextVerb()
        : base("next", "NamesNext", "asectl names next 20180301-v20180228-1 --taken 20180301-v20180228-1")
    {
        Add(_name);
        Add(_taken);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var name = arguments.GetValue(_name)!;
        var taken = (arguments.GetValue(_taken) ?? []).ToHashSet(StringComparer.Ordinal);
        var next = Next(name, taken.Contains) ?? throw new CliFailureException(CliExit.BadInput, CliTexts.Of("NameHasNoNext", name));
        if (output.IsJson)
        {
            output.Json(new JsonObject { ["name"] = name, ["next"] = next });
        }
        else
        {
            output.Line(next);
        }

        return CliExit.Success;
    }

    private static string? Next(string name, Func<string, bool> isTaken)
    {
        if (ImageName.TryParse(name, out var image))
        {
            return image.NextFree(isTaken).ToString();
        }

        // Of two readings the one without a number of its own counts on: what was given stays whole.
        return AppVersion.Readings(name) is [.., var version] ? version.NextFree(isTaken).ToString() : null;
    }
}
