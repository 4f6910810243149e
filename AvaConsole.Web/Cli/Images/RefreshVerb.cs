using System.CommandLine;
using System.Text.Json.Nodes;
using AvaConsole.Web.Api;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Images;

/// <summary><c>asectl image refresh</c>: has a registry's index refreshed now, for example after a push.</summary>
internal sealed class RefreshVerb : Verb
{
    private readonly Argument<string> _name = CliOptions.File("NAME", "ArgumentRegistry");
    private readonly Option<string?> _console = ConsoleLink.Option();

    public RefreshVerb()
        : base("refresh", "ImageRefresh", "asectl image refresh Team")
    {
        Add(_name);
        Add(_console);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var name = arguments.GetValue(_name)!;
        using var link = ConsoleLink.Open(arguments.GetValue(_console));
        using var answer = link.Post($"{RegistryEndpoints.RefreshPath}?name={Uri.EscapeDataString(name)}", "{}"u8.ToArray());
        var page = new Uri(link.Address, answer.RootElement.GetProperty("page").GetString()!).ToString();
        if (output.IsJson) output.Json(new JsonObject { ["name"] = name, ["page"] = page });
        else output.Line(CliTexts.Of("ImageRefreshAsked", name, page));
        return CliExit.Success;
    }
}
