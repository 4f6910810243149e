using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Api;

/// <summary><c>asectl api web</c>: the console's design page in the browser.</summary>
internal sealed class WebVerb : Verb
{
    private readonly Argument<string?> _name = new("NAME") { Description = CliTexts.Of("ArgumentApiName"), Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _new = CliOptions.Flag("--new", "OptionNew");
    private readonly Option<bool> _print = CliOptions.Flag("--print", "OptionPrint");
    private readonly Option<string?> _console = ConsoleLink.Option();

    public WebVerb()
        : base("web", "ApiWeb", "asectl api web image-detect")
    {
        Add(_name);
        Add(_new);
        Add(_print);
        Add(_console);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        using var link = ConsoleLink.Open(arguments.GetValue(_console));
        var query = arguments.GetValue(_new) ? "?new=true" : arguments.GetValue(_name) is { Length: > 0 } name ? "?q=" + Uri.EscapeDataString(name) : "";
        var page = new Uri(link.Address, "/apis" + query).AbsoluteUri;
        link.CheckAlive();
        var opened = !arguments.GetValue(_print) && !Console.IsOutputRedirected && TryOpen(page);
        if (output.IsJson)
        {
            output.Json(new JsonObject { ["url"] = page, ["opened"] = opened });
        }
        else
        {
            output.Line(page);
        }

        return CliExit.Success;
    }

    private static bool TryOpen(string page)
    {
        try
        {
            using var opener = Process.Start(new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [page]) { RedirectStandardError = true });
            return opener is not null;
        }
        catch (Win32Exception)
        {
            // A machine without a desktop: the address is printed either way.
            return false;
        }
    }
}
