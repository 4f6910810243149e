using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Api;

/// <summary><c>asectl api …</c>: everything about one API's description.</summary>
internal sealed class ApiCommand : Noun
{
    public ApiCommand()
        : base("api", "ApiDescription")
    {
        Add(new CreateVerb());
        Add(new WebVerb());
        Add(new ConvertVerb());
        Add(new FromCodeVerb());
        Add(new LintVerb());
        Add(new ValidateVerb());
        Add(new ExampleVerb());
        Add(new DiffVerb());
    }
}
