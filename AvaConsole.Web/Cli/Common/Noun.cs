using System.CommandLine;
using System.CommandLine.Help;

namespace AvaConsole.Web.Cli.Common;

/// <summary>What verbs are about. Alone it shows its help.</summary>
internal abstract class Noun : Command
{
    protected Noun(string name, string key)
        : base(name, CliTexts.Of(key)) => SetAction(result => new CliHelp(new HelpAction()).Invoke(result));
}
