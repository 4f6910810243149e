using System.CommandLine;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Core.Schemas.Lint;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Api;

/// <summary><c>asectl api create</c>: the gateway's schema.json from a description, and the description to the console where the user says so.</summary>
internal sealed class CreateVerb : Verb
{
    private const string PushPath = "/api/schemas";

    private readonly Option<string> _file = CliOptions.Required("--file", "OptionFile", "FILE", "-f");
    private readonly Option<string> _output = new("--output", "-o") { Description = CliTexts.Of("OptionFolder"), HelpName = "FOLDER", DefaultValueFactory = _ => "schemas/" };
    private readonly Option<bool> _push = CliOptions.Flag("--push", "OptionPush");
    private readonly Option<bool> _yes = CliOptions.Flag("--yes", "OptionYes", "-y");
    private readonly Option<string?> _console = ConsoleLink.Option();

    public CreateVerb()
        : base("create", "ApiCreate", "asectl api create -f api.yml -o schemas/ --push")
    {
        foreach (var option in (Option[])[_file, _output, _push, _yes, _console])
        {
            Add(option);
        }
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var path = arguments.GetValue(_file)!;
        var imported = ApiFiles.Read(path);
        ApiFiles.ShowNotes(output, path, imported.Notes);
        var errors = SchemaLint.Check(imported.Schema).Where(finding => finding.Severity == LintSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            var lines = errors.Select(finding => ApiFiles.Describe(path, null, finding.Pointer, CliTexts.OfCode(finding.Rule, finding.Args)));
            throw new CliFailureException(CliExit.Found, [.. lines, CliTexts.Of("CreateRefused", CliFiles.NameOf(path))]);
        }

        var exported = ApiFiles.Write(imported.Schema, SchemaFormat.Webgate, new SchemaWriteOptions(), path);
        var file = FileIn(arguments.GetValue(_output)!, imported.Schema);
        CliFiles.WriteText(file, exported.Text);
        ApiFiles.ShowNotes(output, file, exported.Notes);
        if (!output.IsJson) output.Line(CliTexts.Of("CreateWritten", file));

        var page = Push(arguments, output, path, imported.Schema);
        if (output.IsJson)
        {
            output.Json(new JsonObject { ["file"] = file, ["pushed"] = page is not null, ["page"] = page, ["notes"] = ApiFiles.ToJson([.. imported.Notes, .. exported.Notes]) });
        }

        return CliExit.Success;
    }

    private static string FileIn(string output, ApiSchema schema) =>
        output.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? output : Path.Combine(output, GatewaySchemaJson.FileName(schema));

    /// <summary>The design page's address; null where nothing was pushed.</summary>
    private string? Push(ParseResult arguments, CliOutput output, string path, ApiSchema schema)
    {
        var isAtTerminal = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        if (!arguments.GetValue(_push) && !isAtTerminal)
        {
            return null;
        }

        using var link = ConsoleLink.Open(arguments.GetValue(_console));
        var isSure = arguments.GetValue(_yes);
        if (!isSure && !Ask(output, path, CliTexts.Of("CreateAsk", schema.Service, schema.Version, link.Address), arguments.GetValue(_push)))
        {
            return null;
        }

        using var answer = link.Post(isSure ? PushPath + "?replace=true" : PushPath, ApiSchemaJson.Write(schema));
        var page = new Uri(link.Address, answer.RootElement.GetProperty("page").GetString()).ToString();
        if (!output.IsJson) output.Line(CliTexts.Of("CreatePushed", schema.Service, page));
        return page;
    }

    /// <param name="isAsked">The user wants to push; no answer at all is then a mistake, not a no.</param>
    private static bool Ask(CliOutput output, string path, string question, bool isAsked)
    {
        output.Ask(question);
        var answer = path == CliFiles.StandardInput ? null : Console.In.ReadLine();
        if (answer is null && isAsked)
        {
            throw new CliFailureException(CliExit.BadInput, "", CliTexts.Of("CreateNotAnswered"));
        }

        return answer?.Trim().ToLowerInvariant() is "y" or "yes" or "是";
    }
}
