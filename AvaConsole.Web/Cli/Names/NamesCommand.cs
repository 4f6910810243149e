using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Names;

/// <summary><c>asectl names …</c>: what a name says, whether it may be, and which comes next.</summary>
internal sealed class NamesCommand : Noun
{
    public NamesCommand()
        : base("names", "NamesDescription")
    {
        Add(new ParseVerb());
        Add(new CheckVerb());
        Add(new NextVerb());
    }
}
