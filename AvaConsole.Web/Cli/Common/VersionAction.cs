using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace AvaConsole.Web.Cli.Common;

/// <summary>Prints the version without the commit that it was built from.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool Terminating => true;

    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        parseResult.InvocationConfiguration.Output.Write($"{Asectl.Name} {version.Split('+')[0]}\n");
        return CliExit.Success;
    }
}
