using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AvaConsole.Web.Cli.Common;

/// <summary>Help with an example and the exit codes at its end.</summary>
internal sealed class CliHelp(HelpAction inner) : SynchronousCommandLineAction
{
    public override bool Terminating => true;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        inner.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb verb)
        {
            var output = parseResult.InvocationConfiguration.Output;
            Section(output, "HelpExample", verb.Example);
            Section(output, "HelpExits", verb.Exits);
        }

        return CliExit.Success;
    }

    private static void Section(TextWriter output, string title, string text)
    {
        output.Write(CliTexts.Of(title) + "\n");
        foreach (var line in text.Split('\n'))
        {
            output.Write($"  {line}\n");
        }

        output.Write('\n');
    }
}
