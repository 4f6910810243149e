using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Core.Schemas.Validation;
using AvaConsole.Core.Schemas.Validation.Gateway;
using AvaConsole.Core.Schemas.Validation.JsonSchema;
using AvaConsole.Web.Cli.Common;
using AvaConsole.Web.Serving;

namespace AvaConsole.Web.Cli.Api;

/// <summary><c>asectl api validate</c>: what the live endpoint would say about a request, with the same paths and words.</summary>
internal sealed class ValidateVerb : Verb
{
    private const string Ase = "ase";
    private const string Webgate = "webgate";
    private const string JsonSchemaDialect = "json-schema";

    private static readonly string[] s_notJson = ["request.not_json", "request.not_utf8", "validation.not_json", "validation.not_utf8"];

    /// <summary>Members that the gateway's file does not have.</summary>
    private static readonly string[] s_otherFormats = ["kind", "openapi", "swagger"];

    private readonly Option<string> _schema = CliOptions.Required("--schema", "OptionSchema", "FILE", "-s");
    private readonly Option<string> _request = CliOptions.Required("--request", "OptionRequest", "FILE", "-r");
    private readonly Option<string> _dialect = CliOptions.Choice("--dialect", "OptionDialect", Ase, Ase, Webgate, JsonSchemaDialect);
    private readonly Option<bool> _assertFormats = CliOptions.Flag("--assert-formats", "OptionAssertFormats");
    private readonly Option<string[]> _documents = new("--documents") { Description = CliTexts.Of("OptionDocuments"), HelpName = "ADDRESS=FOLDER" };

    public ValidateVerb()
        : base("validate", "ApiValidate", "asectl api validate --schema api.yml --request request.json")
    {
        Add(_schema);
        Add(_request);
        Add(_dialect);
        Add(_assertFormats);
        Add(_documents);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var (schema, request) = (arguments.GetValue(_schema)!, arguments.GetValue(_request)!);
        var validate = Compile(arguments.GetValue(_dialect)!, schema, OptionsOf(arguments));
        var problems = validate(CliFiles.ReadBytes(request));
        if (output.IsJson)
        {
            output.Json(ToJson(problems));
        }
        else
        {
            Show(output, request, problems);
        }

        // A text that is no JSON is no request at all.
        return problems.Count == 0 ? CliExit.Success : s_notJson.Contains(problems[0].Code) ? CliExit.BadInput : CliExit.Found;
    }

    private JsonSchemaOptions OptionsOf(ParseResult arguments)
    {
        SchemaFolder[] folders = [.. (arguments.GetValue(_documents) ?? []).Select(SchemaFolder.Parse)];
        return new JsonSchemaOptions
        {
            AssertFormats = arguments.GetValue(_assertFormats),
            Documents = uri => folders.Select(folder => folder.Find(uri)).FirstOrDefault(found => found is not null),
        };
    }

    private static Func<byte[], IReadOnlyList<Problem>> Compile(string dialect, string path, JsonSchemaOptions options)
    {
        switch (dialect)
        {
            case Webgate:
                var gateway = ApiFiles.Unwrap(GatewayValidator.Compile(GatewayFile(path)), path);
                return body => gateway.Validate(body);
            case JsonSchemaDialect:
                var validator = ApiFiles.Unwrap(JsonSchemaValidator.Compile(ApiFiles.ReadJson(path, CliFiles.ReadText(path)), options), path);
                return body => validator.Validate(body);
            default:
                var schema = CompiledSchema.Compile(ApiFiles.Read(path).Schema);
                return body => Validate(schema, ServingJson.Parse(body));
        }
    }

    /// <summary>The gateway's file as it stands; of a description that says itself to be of another format, the one that would be pushed.</summary>
    private static JsonElement GatewayFile(string path)
    {
        var text = CliFiles.ReadText(path);
        var isPython = path.EndsWith(".py", StringComparison.OrdinalIgnoreCase);
        var document = isPython ? default : ApiFiles.ReadJson(path, text);
        if (!isPython && (document.ValueKind != JsonValueKind.Object || !s_otherFormats.Any(name => document.TryGetProperty(name, out _))))
        {
            return document;
        }

        return ApiFiles.ReadJson(path, ApiFiles.Write(ApiFiles.Parse(path, text).Schema, SchemaFormat.Webgate, new SchemaWriteOptions(), path).Text);
    }

    // The very steps of the live endpoint.
    private static IReadOnlyList<Problem> Validate(CompiledSchema schema, Result<JsonDocument> request)
    {
        if (!request.IsSuccess)
        {
            return ((InvalidError)request.Error).Problems;
        }

        using var document = request.Value;
        return schema.Validate(document.RootElement);
    }

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
            output.Line($"{(problem.Field.Length == 0 ? "$" : problem.Field)}: {CliTexts.OfCode(problem.Code, problem.Args)} {output.Dim($"[{problem.Code}]")}");
        }

        var name = CliFiles.NameOf(request);
        output.Line(problems.Count == 0 ? output.Green(CliTexts.Of("ValidateValid", name)) : output.Red(CliTexts.Of("ValidateInvalid", name, problems.Count)));
    }
}
