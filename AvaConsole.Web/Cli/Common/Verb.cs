using System.CommandLine;

namespace AvaConsole.Web.Cli.Common;

/// <summary>One verb. Its texts are <c>{Noun}{Verb}Description</c> and <c>{Noun}{Verb}Exits</c> of <c>CliText</c>.</summary>
internal abstract class Verb : Command
{
    /// <param name="key">Start of the texts' keys, for example <c>ApiLint</c>.</param>
    /// <param name="example">A command line that works.</param>
    protected Verb(string name, string key, string example)
        : base(name, CliTexts.Of(key + "Description"))
    {
        (Key, Example) = (key, example);
        SetAction(result => Run(result, CliOptions.OutputOf(result)));
    }

    public string Example { get; }

    /// <summary>What each exit code means, one a line.</summary>
    public string Exits => CliTexts.Of(Key + "Exits");

    private string Key { get; }

    /// <summary>Returns one of <see cref="CliExit"/>.</summary>
    /// <exception cref="CliFailureException"/>
    protected abstract int Run(ParseResult arguments, CliOutput output);
}
