using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.JsonSchema;

namespace AvaConsole.Core.Schemas.Validation.Gateway;

/// <summary>
/// Requests against the gateway's schema.json, as the gateway itself checks them: objects are closed, null passes type and enum, lengths are
/// bytes and count the elements of arrays as well, <c>oneOf</c> passes on any match. Compiled once, used by any number of threads.
/// </summary>
public sealed class GatewayValidator
{
    /// <summary>Objects and arrays within one another in a request. Default of the JSON readers beside it.</summary>
    private const int MaxDepth = 64;
    private const long MaxWork = 20_000_000;

    private readonly ValidationEngine _engine;
    private readonly GatewaySchema _schema;

    private GatewayValidator(GatewaySchema schema)
    {
        _schema = schema;
        _engine = new ValidationEngine(schema.Node, JsonSchemaProblems.OfGateway, MaxDepth, MaxWork);
    }

    /// <summary>
    /// A file with <c>meta</c>, <c>schemainput</c> and <c>schemaoutput</c>, or the schema of a request alone. An error of codes
    /// <c>gateway_schema.*</c> says why the gateway would not load it; fields are places in the file, such as <c>#/schemainput/properties/a</c>.
    /// </summary>
    public static Result<GatewayValidator> Compile(JsonElement gatewayFile)
    {
        var file = gatewayFile.Clone();
        var problems = new List<Problem>();
        var compiler = new GatewayCompiler(problems);
        var isFile = file.ValueKind == JsonValueKind.Object && (file.TryGetProperty("meta", out _) || file.TryGetProperty("schemainput", out _));
        var schema = isFile ? CompileFile(compiler, file, problems) : compiler.Compile(file, "#");
        return problems.Count == 0 ? new GatewayValidator(schema!) : new InvalidError(problems);
    }

    /// <summary>All that is wrong with a request, the first hundred: fields are JSON pointers, codes <c>validation.*</c>. Empty: it is valid.</summary>
    public IReadOnlyList<Problem> Validate(JsonElement request) => _engine.Validate(JsonMarshal.GetRawUtf8Value(request));

    /// <summary>The same for a text that has not been parsed; one that is no JSON is a problem of its own.</summary>
    public IReadOnlyList<Problem> Validate(ReadOnlySpan<byte> utf8) => _engine.Validate(utf8);

    /// <summary>
    /// The request as the gateway passes it on: with its constants and defaults, copied keys (<c>replaceKey</c>), converted, set and deleted
    /// members. The request itself is left as it is; it should be valid.
    /// </summary>
    public JsonNode? Transform(JsonElement request)
    {
        var copy = JsonSerializer.SerializeToNode(request);
        return GatewayTransform.Apply(_schema, copy);
    }

    private static GatewaySchema? CompileFile(GatewayCompiler compiler, JsonElement file, List<Problem> problems)
    {
        var hasService = file.TryGetProperty("meta", out var meta)
            && meta.ValueKind == JsonValueKind.Object
            && meta.TryGetProperty("serviceId", out var service)
            && service is { ValueKind: JsonValueKind.String }
            && service.GetString()!.Length > 0;
        if (!hasService)
        {
            problems.Add(new Problem("#/meta/serviceId", "gateway_schema.no_service"));
        }

        if (file.TryGetProperty("schemaoutput", out var output))
        {
            compiler.Compile(output, "#/schemaoutput");
        }

        if (file.TryGetProperty("schemainput", out var input))
        {
            return compiler.Compile(input, "#/schemainput");
        }

        problems.Add(new Problem("#/schemainput", "gateway_schema.no_input"));
        return null;
    }
}
