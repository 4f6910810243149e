using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>
/// A request as a caller would send it: <c>{"parameters": {…}, "payload": {…}}</c>. The same API always gives the same request, and
/// what it holds passes <see cref="CompiledSchema"/>.
/// </summary>
public static class RequestExample
{
    public static JsonObject Create(ApiSchema schema) => Make(schema).Document;

    /// <summary>With what could not be made: a required value nobody can guess leaves the request incomplete, and is named.</summary>
    public static ApiExample Make(ApiSchema schema)
    {
        var (values, parameters, payload) = (new SampleValues(), new JsonObject(), new JsonObject());
        values.TryMembers(schema.Parameters, "/parameters", 1, 0, parameters);
        foreach (var entry in schema.Payload.DistinctBy(entry => entry.Name, StringComparer.Ordinal))
        {
            Add(entry, values, payload);
        }

        var document = new JsonObject();
        if (parameters.Count > 0)
        {
            document["parameters"] = parameters;
        }

        if (payload.Count > 0)
        {
            document["payload"] = payload;
        }

        return new ApiExample(document, values.Notes);
    }

    /// <summary>What is wrong with a request; nothing for one that was made here and is complete.</summary>
    public static IReadOnlyList<Problem> Check(ApiSchema schema, JsonObject request) =>
        CompiledSchema.Compile(schema).Validate(JsonSerializer.SerializeToElement(request));

    private static void Add(PayloadEntry entry, SampleValues values, JsonObject payload)
    {
        var pointer = "/payload/" + SampleValues.Escape(entry.Name);
        var made = SamplePayload.Make(entry, values, pointer);
        if (made is not null && Check(new ApiSchema { Payload = [entry] }, new JsonObject { ["payload"] = new JsonObject { [entry.Name] = made.DeepClone() } }).Count == 0)
        {
            payload[entry.Name] = made;
        }
        else
        {
            values.Note(entry.Required ? "sample.required_not_made" : "sample.left_out", pointer, entry.Name);
        }
    }
}
