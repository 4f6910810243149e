using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Examples;
using static AvaConsole.Core.Schemas.Formats.ParameterWriter;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>
/// OpenAPI 3.1.0 or 3.0.3 with one operation, <c>POST /api/content/{service}</c>. Grey serves the same under another path and is left out: every
/// change would be told twice. Extensions <c>x-ava</c> keep what OpenAPI has no word for.
/// </summary>
internal static class OpenApiWriter
{
    public const string ContentPath = "/api/content/";

    private const string Json = "application/json";

    private static readonly (string Status, string Name, string Description)[] s_errors =
    [
        ("400", "Invalid", "The request does not follow the schema; every problem is named."),
        ("401", "NotPermitted", "The key pair is missing or wrong."),
        ("404", "NotFound", "No such API is served."),
        ("413", "TooLarge", "The body is longer than a call may be."),
        ("415", "WrongContentType", "The body is not application/json."),
        ("429", "Busy", "Too many calls are in flight; try again after the time in Retry-After."),
        ("500", "Failed", "The service failed; its log has the request id."),
        ("503", "Unavailable", "The model is not loaded; try again after the time in Retry-After."),
        ("504", "TimedOut", "The model took longer than it may."),
    ];

    public static ExportedSchema Write(ApiSchema schema, SchemaWriteOptions options)
    {
        var dialect = options.OpenApiVersion.StartsWith("3.0", StringComparison.Ordinal) ? SchemaDialect.OpenApi30 : SchemaDialect.JsonSchema;
        var document = Document(schema, dialect, options.Server, examples: true);
        return new ExportedSchema(options.Yaml ? DocumentText.Yaml(document) : DocumentText.Json(document), []);
    }

    /// <param name="examples">With a call and an answer, which take time to make up and mean nothing to a comparison.</param>
    public static JsonObject Document(ApiSchema schema, SchemaDialect dialect, string server = "", bool examples = false)
    {
        var document = new JsonObject { ["openapi"] = dialect == SchemaDialect.OpenApi30 ? "3.0.3" : "3.1.0", ["info"] = Info(schema) };
        AddIfAny(document, "servers", server.Length == 0 ? null : new JsonArray(new JsonObject { ["url"] = server }));
        document["paths"] = new JsonObject { [ContentPath + schema.Service] = new JsonObject { ["post"] = Operation(schema, examples) } };
        document["components"] = new JsonObject
        {
            ["schemas"] = new JsonObject
            {
                ["Request"] = EnvelopeWriter.Request(schema, dialect),
                ["Response"] = EnvelopeWriter.Response(schema, dialect),
                ["Error"] = EnvelopeWriter.Error(),
            },
            ["responses"] = Errors(),
            ["securitySchemes"] = new JsonObject
            {
                ["keyPair"] = new JsonObject { ["type"] = "http", ["scheme"] = "basic", ["description"] = "Access key and secret key of the API's owner." },
            },
        };
        // There even where it is empty: it tells our own documents from others'.
        document[Marker] = DocumentMarker.Difference(schema, DocumentMarker.OfOpenApi(schema.Service, Title(schema), schema.Version, schema.Description)) ?? [];
        return document;
    }

    /// <summary>A document has to have a title.</summary>
    public static string Title(ApiSchema schema) => schema.Title.Length > 0 ? schema.Title : schema.Service;

    private static JsonObject Info(ApiSchema schema)
    {
        var info = new JsonObject { ["title"] = Title(schema), ["version"] = schema.Version };
        AddIfAny(info, "description", schema.Description);
        return info;
    }

    private static JsonObject Operation(ApiSchema schema, bool examples)
    {
        var responses = new JsonObject { ["200"] = new JsonObject { ["description"] = "The model's answer.", ["content"] = Content("Response", examples ? Answer(schema) : null) } };
        foreach (var (status, name, _) in s_errors)
        {
            responses[status] = new JsonObject { ["$ref"] = "#/components/responses/" + name };
        }

        return new JsonObject
        {
            ["operationId"] = "call-" + schema.Service,
            ["summary"] = Title(schema),
            ["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("Request", examples ? Call(schema) : null) },
            ["responses"] = responses,
            // A public API is called without keys; which ones are, is no matter of the document.
            ["security"] = new JsonArray(new JsonObject { ["keyPair"] = new JsonArray() }, new JsonObject()),
        };
    }

    private static JsonObject Errors()
    {
        var responses = new JsonObject();
        foreach (var (_, name, description) in s_errors)
        {
            responses[name] = new JsonObject { ["description"] = description, ["content"] = Content("Error") };
        }

        return responses;
    }

    private static JsonObject Content(string schema, JsonObject? example = null)
    {
        var media = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/" + schema } };
        AddIfAny(media, "example", example);
        return new JsonObject { [Json] = media };
    }

    // An example that the schema refuses would be worse than none.
    private static JsonObject? Call(ApiSchema schema) => RequestExample.Create(schema) is var example && RequestExample.Check(schema, example).Count == 0 ? example : null;

    private static JsonObject? Answer(ApiSchema schema) => ResponseExample.Create(schema) is var example && ResponseExample.Check(schema, example).Count == 0 ? example : null;
}
