using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Validation;

/// <summary>
/// Checks requests of the form <c>{"parameters": {…}, "payload": {"&lt;entry&gt;": {"data": "…", "encoding": "…"}}}</c> against one API version.
/// Objects are closed: a member that the API does not name is an error, with the nearest known name. An object parameter
/// without declared members takes any. Compiled once, used by any number of threads.
/// </summary>
public sealed class CompiledSchema
{
    /// <summary>Objects and arrays within one another in a request.</summary>
    public const int MaxDepth = 16;

    private static readonly string[] s_members = ["parameters", "payload"];

    private readonly CompiledObject _parameters;
    private readonly CompiledPayload _payload;

    private CompiledSchema(CompiledObject parameters, CompiledPayload payload, IReadOnlyList<PayloadEntry> entries)
    {
        (_parameters, _payload, Entries) = (parameters, payload, entries);
    }

    /// <summary>The payload entries of the API, in order.</summary>
    public IReadOnlyList<PayloadEntry> Entries { get; }

    /// <summary>Name of the first image entry of the payload; null where the API takes no image.</summary>
    public string? ImageEntry => Entries.FirstOrDefault(entry => entry.Type == PayloadTypes.Image)?.Name;

    /// <summary>The API may hold lint errors: what cannot be understood of it then constrains nothing.</summary>
    public static CompiledSchema Compile(ApiSchema schema) => new(
        new CompiledObject(schema.Parameters),
        new CompiledPayload(schema.Payload),
        schema.Payload);

    /// <summary>All problems (the first hundred); fields are JSON paths such as <c>$.parameters.top_k</c>. Empty: the request is valid.</summary>
    public IReadOnlyList<Problem> Validate(JsonElement request)
    {
        var problems = new RequestProblems();
        if (request.ValueKind != JsonValueKind.Object)
        {
            problems.Add("$", "request.wrong_type", ParameterTypes.Object, RequestProblems.KindOf(request));
            return problems.ToList();
        }

        foreach (var member in request.EnumerateObject().Where(member => !s_members.Contains(member.Name)))
        {
            problems.AddUnknown("$", member.Name, s_members);
        }

        _parameters.ValidateOptional("$.parameters", Member(request, "parameters"), problems);
        _payload.ValidateOptional("$.payload", Member(request, "payload"), problems);
        return problems.ToList();
    }

    /// <summary>Checks parameters alone, for requests of another form that carry the same ones.</summary>
    /// <param name="parameters">The object; undefined where the caller gave none.</param>
    /// <param name="path">Where it stands in that request, for example <c>$.params</c>.</param>
    public IReadOnlyList<Problem> ValidateParameters(JsonElement parameters, string path)
    {
        var problems = new RequestProblems();
        _parameters.ValidateOptional(path, parameters, problems);
        return problems.ToList();
    }

    /// <summary>Valid parameters, completed by the API's default where the caller gave none.</summary>
    /// <param name="parameters">The object; undefined where the caller gave none.</param>
    public JsonElement WithDefaults(JsonElement parameters)
    {
        var given = parameters.ValueKind == JsonValueKind.Object ? JsonObject.Create(parameters)! : [];
        _parameters.AddDefaults(given);
        return JsonSerializer.SerializeToElement(given);
    }

    private static JsonElement Member(JsonElement request, string name) => request.TryGetProperty(name, out var value) ? value : default;
}
