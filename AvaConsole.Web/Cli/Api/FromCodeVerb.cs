using System.CommandLine;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Api;

/// <summary><c>asectl api from-code</c></summary>
internal sealed class FromCodeVerb : Verb
{
    private readonly Argument<string> _file = CliOptions.File("FILE", "ArgumentPython");
    private readonly Option<string> _to = CliOptions.Choice("--to", "OptionTo", "ase", FormatNames.Written);
    private readonly Option<string?> _output = CliOptions.Value("--output", "OptionOutput", "FILE", "-o");

    public FromCodeVerb()
        : base("from-code", "ApiFromCode", "asectl api from-code wrapper.py -o api.yml")
    {
        Add(_file);
        Add(_to);
        Add(_output);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var (path, target) = (arguments.GetValue(_file)!, FormatNames.Parse(arguments.GetValue(_to))!.Value);
        var imported = ApiFiles.Read(path, SchemaFormat.Python);
        var exported = ApiFiles.Write(imported.Schema, target, new SchemaWriteOptions(), path);
        Conversion.Show(output, path, imported, target, exported, arguments.GetValue(_output));
        return CliExit.Success;
    }
}
