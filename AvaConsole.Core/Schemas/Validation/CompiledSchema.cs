using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.Requests;

namespace AvaConsole.Core.Schemas.Validation;

/// <summary>
/// Checks requests of the form <c>{"parameters": {…}, "payload": {"&lt;entry&gt;": {"data": "…", "encoding": "…"}}}</c> against one API version.
/// Objects are closed: a member that the API does not name is an error, with the nearest known name. An object parameter
/// without declared members takes any. A streamed request may say in <c>header.status</c> which piece it is. Compiled once, used by any
/// number of threads.
/// </summary>
public sealed class CompiledSchema
{
    /// <summary>Objects and arrays within one another in a request.</summary>
    public const int MaxDepth = 16;

    /// <summary>Schemas applied to the parts of one request: more than any request of a few megabytes needs.</summary>
    private const long MaxWork = 20_000_000;

    private readonly SchemaNode _request;
    private readonly SchemaNode _parameters;
    private readonly ParameterDefaults _defaults;

    private CompiledSchema(ApiSchema schema)
    {
        Entries = schema.Payload;
        _parameters = ParameterNodes.Object(schema.Parameters);
        _defaults = new ParameterDefaults(schema.Parameters);
        _request = Request(schema, _parameters);
    }

    /// <summary>The payload entries of the API, in order.</summary>
    public IReadOnlyList<PayloadEntry> Entries { get; }

    /// <summary>Name of the first image entry of the payload; null where the API takes no image.</summary>
    public string? ImageEntry => Entries.FirstOrDefault(entry => entry.Type == PayloadTypes.Image)?.Name;

    /// <summary>The API may hold lint errors: what cannot be understood of it then constrains nothing.</summary>
    public static CompiledSchema Compile(ApiSchema schema) => new(schema);

    /// <summary>All problems (the first hundred); fields are JSON paths such as <c>$.parameters.top_k</c>. Empty: the request is valid.</summary>
    public IReadOnlyList<Problem> Validate(JsonElement request) => Validate(_request, JsonMarshal.GetRawUtf8Value(request), RequestProblems.Whole, MaxDepth);

    /// <summary>The same for a text that has not been parsed; one that is no JSON is a problem of its own.</summary>
    public IReadOnlyList<Problem> Validate(ReadOnlySpan<byte> utf8) => Validate(_request, utf8, RequestProblems.Whole, MaxDepth);

    /// <summary>Checks parameters alone, for requests of another form that carry the same ones.</summary>
    /// <param name="parameters">The object; undefined where the caller gave none.</param>
    /// <param name="path">Where it stands in that request, for example <c>$.params</c>.</param>
    public IReadOnlyList<Problem> ValidateParameters(JsonElement parameters, string path)
    {
        var text = parameters.ValueKind == JsonValueKind.Undefined ? "{}"u8 : JsonMarshal.GetRawUtf8Value(parameters);
        return Validate(_parameters, text, new RequestProblems(path), MaxDepth - 1);
    }

    /// <summary>Valid parameters, completed by the API's default where the caller gave none.</summary>
    /// <param name="parameters">The object; undefined where the caller gave none.</param>
    public JsonElement WithDefaults(JsonElement parameters)
    {
        var given = parameters.ValueKind == JsonValueKind.Object ? JsonObject.Create(parameters)! : [];
        _defaults.AddTo(given);
        return JsonSerializer.SerializeToElement(given);
    }

    private static IReadOnlyList<Problem> Validate(SchemaNode schema, ReadOnlySpan<byte> text, RequestProblems writer, int maxDepth) =>
        new ValidationEngine(schema, writer, maxDepth, MaxWork).Validate(text);

    private static SchemaNode Request(ApiSchema schema, SchemaNode parameters)
    {
        var isStream = schema.Interaction == Interactions.Stream;
        var payload = PayloadNodes.Payload(schema.Payload, isStream);
        List<(string, SchemaNode)> members = [("parameters", parameters), ("payload", payload)];
        if (isStream)
        {
            members.Add(("header", ParameterNodes.Closed([("status", ParameterNodes.OneOf([0, 1, 2]))], isOpen: true, required: [0])));
        }

        var required = schema.Parameters.Where(parameter => parameter.Required).DistinctBy(parameter => parameter.Name, StringComparer.Ordinal);
        var node = ParameterNodes.Closed(members);
        node.InPlace =
        [
            new OptionalPartRule("parameters", required.Select(one => new MissingPart(RequestProblems.PathOf(".parameters", one.Name), "request.required", [one.Name]))),
            new OptionalPartRule("payload", ((MissingEntriesRule)payload.InPlace[0]).Parts(".payload")),
        ];
        return node;
    }
}
