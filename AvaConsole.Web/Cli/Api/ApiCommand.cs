using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Api;

/// <summary><c>asectl api …</c>: everything about one API's description.</summary>
internal sealed class ApiCommand : Noun
{
    public ApiCommand()
        : base("api", "ApiDescription")
    {
    }
}
