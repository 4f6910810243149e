using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation;
using AvaConsole.Web.Cli.Common;
using AvaConsole.Web.Serving;

namespace AvaConsole.Web.Cli.Api;

/// <summary><c>asectl api validate</c>: what the live endpoint would say about a request, with the same paths and words.</summary>
internal sealed class ValidateVerb : Verb
{
    private readonly Option<string> _schema = CliOptions.Required("--schema", "OptionSchema", "FILE", "-s");
    private readonly Option<string> _request = CliOptions.Required("--request", "OptionRequest", "FILE", "-r");

    public ValidateVerb()
        : base("validate", "ApiValidate", "asectl api validate --schema api.yml --request request.json")
    {
        Add(_schema);
        Add(_request);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var (schema, request) = (arguments.GetValue(_schema)!, arguments.GetValue(_request)!);
        var validate = Compile(schema);
        var parsed = ServingJson.Parse(CliFiles.ReadBytes(request));
        var problems = parsed.IsSuccess ? validate(parsed.Value.RootElement) : ((InvalidError)parsed.Error!).Problems;
        if (output.IsJson)
        {
            output.Json(ToJson(problems));
        }
        else
        {
            Show(output, request, problems);
        }

        // A text that is no JSON is no request at all.
        return problems.Count == 0 ? CliExit.Success : problems[0].Code is "request.not_json" or "request.not_utf8" ? CliExit.BadInput : CliExit.Found;
    }

    private static Func<JsonElement, IReadOnlyList<Problem>> Compile(string path) => CompiledSchema.Compile(ApiFiles.Read(path).Schema).Validate;

    private static JsonObject ToJson(IReadOnlyList<Problem> problems) => new()
    {
        ["valid"] = problems.Count == 0,
        ["errors"] = new JsonArray([.. problems.Select(problem => new JsonObject
        {
            ["path"] = problem.Field,
            ["pointer"] = JsonPaths.ToPointer(problem.Field),
            ["code"] = problem.Code,
            ["text"] = CliTexts.OfCode(problem.Code, problem.Args),
        })]),
    };

    private static void Show(CliOutput output, string request, IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems)
        {
            output.Line($"{problem.Field}: {CliTexts.OfCode(problem.Code, problem.Args)} {output.Dim($"[{problem.Code}]")}");
        }

        var name = CliFiles.NameOf(request);
        output.Line(problems.Count == 0 ? output.Green(CliTexts.Of("ValidateValid", name)) : output.Red(CliTexts.Of("ValidateInvalid", name, problems.Count)));
    }
}
