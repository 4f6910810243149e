using System.CommandLine;
using AvaConsole.Core.Schemas.Examples;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Api;

/// <summary><c>asectl api example</c></summary>
internal sealed class ExampleVerb : Verb
{
    private readonly Argument<string> _file = CliOptions.File("FILE", "ArgumentSchema");
    private readonly Option<bool> _response = CliOptions.Flag("--response", "OptionResponse");
    private readonly Option<string?> _output = CliOptions.Value("--output", "OptionOutput", "FILE", "-o");
    private readonly Option<string?> _from = FormatNames.From();

    public ExampleVerb()
        : base("example", "ApiExample", "asectl api example api.yml > request.json")
    {
        Add(_file);
        Add(_response);
        Add(_output);
        Add(_from);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var path = arguments.GetValue(_file)!;
        var schema = ApiFiles.Read(path, FormatNames.Parse(arguments.GetValue(_from))).Schema;
        var example = arguments.GetValue(_response) ? ResponseExample.Make(schema) : RequestExample.Make(schema);
        ApiFiles.ShowNotes(output, path, example.Notes);
        if (arguments.GetValue(_output) is { } file and not CliFiles.StandardInput)
        {
            CliFiles.WriteText(file, CliOutput.ToText(example.Document));
        }
        else
        {
            output.Json(example.Document);
        }

        return CliExit.Success;
    }
}
