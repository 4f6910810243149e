using System.CommandLine;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Api;

/// <summary><c>asectl api convert</c></summary>
internal sealed class ConvertVerb : Verb
{
    private readonly Option<string> _file = CliOptions.Required("--file", "OptionFile", "FILE", "-f");
    private readonly Option<string> _to = CliOptions.Required("--to", "OptionTo", string.Join('|', FormatNames.Written));
    private readonly Option<string?> _output = CliOptions.Value("--output", "OptionOutput", "FILE", "-o");
    private readonly Option<string?> _from = FormatNames.From();
    private readonly Option<string?> _operation = CliOptions.Value("--operation", "OptionOperation", "OPERATION");
    private readonly Option<bool> _yaml = CliOptions.Flag("--yaml", "OptionYaml");
    private readonly Option<bool> _compatible = CliOptions.Flag("--compatible", "OptionCompatible");
    private readonly Option<string> _version = CliOptions.Choice("--openapi", "OptionOpenApi", "3.1", "3.1", "3.0");

    public ConvertVerb()
        : base("convert", "ApiConvert", "asectl api convert -f api.yml --to openapi -o openapi.json")
    {
        CliOptions.Restrict(_to, FormatNames.Written);
        foreach (var option in (Option[])[_file, _to, _output, _from, _operation, _yaml, _compatible, _version])
        {
            Add(option);
        }
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var (path, target) = (arguments.GetValue(_file)!, FormatNames.Parse(arguments.GetValue(_to))!.Value);
        var imported = ApiFiles.Read(path, FormatNames.Parse(arguments.GetValue(_from)), new SchemaReadOptions { Operation = arguments.GetValue(_operation) ?? "" });
        var options = new SchemaWriteOptions
        {
            Yaml = arguments.GetValue(_yaml),
            AseCompatible = arguments.GetValue(_compatible),
            OpenApiVersion = arguments.GetValue(_version)!,
        };
        var exported = ApiFiles.Write(imported.Schema, target, options, path);
        Conversion.Show(output, path, imported, target, exported, arguments.GetValue(_output));
        return CliExit.Success;
    }
}
