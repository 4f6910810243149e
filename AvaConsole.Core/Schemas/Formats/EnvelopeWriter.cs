using System.Text.Json.Nodes;
using static AvaConsole.Core.Schemas.Formats.ParameterWriter;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>The bodies of a call and of its answer, as <c>POST /api/content/{app}</c> takes and gives them.</summary>
internal static class EnvelopeWriter
{
    private static readonly string[] s_timings = ["decode", "queue", "run", "total"];

    public static JsonObject Request(ApiSchema schema, SchemaDialect dialect)
    {
        var payload = new JsonObject();
        foreach (var entry in schema.Payload)
        {
            payload[entry.Name] = EntryWriter.Request(entry, dialect);
        }

        var written = new JsonObject
        {
            ["type"] = ParameterTypes.Object,
            ["properties"] = new JsonObject
            {
                ["parameters"] = Closed(Members(schema, dialect)),
                ["payload"] = Closed(Object(payload, schema.Payload.Where(entry => entry.Required).Select(entry => entry.Name))),
            },
        };
        string[] required =
        [
            .. schema.Parameters.Any(parameter => parameter.Required) ? ["parameters"] : Array.Empty<string>(),
            .. schema.Payload.Any(entry => entry.Required) ? ["payload"] : Array.Empty<string>(),
        ];
        AddIfAny(written, "required", Names(required));
        return Closed(written);
    }

    public static JsonObject Response(ApiSchema schema, SchemaDialect dialect)
    {
        var result = new JsonObject();
        foreach (var entry in schema.Response)
        {
            result[entry.Name] = EntryWriter.Response(entry, dialect);
        }

        return Object(
            new JsonObject
            {
                ["code"] = new JsonObject { ["type"] = ParameterTypes.Integer, ["enum"] = new JsonArray(0) },
                ["message"] = String(),
                ["request_id"] = String(),
                ["app"] = String(),
                ["version"] = String(),
                ["result"] = Object(result, schema.Response.Where(entry => entry.Required).Select(entry => entry.Name)),
                ["timing_ms"] = Timing(),
                ["batch_size"] = new JsonObject { ["type"] = ParameterTypes.Integer, ["minimum"] = 1 },
            },
            ["code", "message", "request_id", "app", "version", "result", "timing_ms", "batch_size"]);
    }

    public static JsonObject Error() => Object(
        new JsonObject
        {
            ["code"] = new JsonObject { ["type"] = ParameterTypes.Integer },
            ["message"] = String(),
            ["request_id"] = String(),
            ["errors"] = new JsonObject
            {
                ["type"] = ParameterTypes.Array,
                ["items"] = Object(
                    new JsonObject { ["field"] = String(), ["code"] = String(), ["message"] = String() },
                    ["field", "code", "message"]),
            },
        },
        ["code", "message", "request_id", "errors"]);

    private static JsonObject Members(ApiSchema schema, SchemaDialect dialect)
    {
        var written = new JsonObject { ["type"] = ParameterTypes.Object };
        AddMembers(written, schema.Parameters, dialect);
        return written;
    }

    private static JsonObject Timing()
    {
        var properties = new JsonObject();
        foreach (var name in s_timings)
        {
            properties[name] = new JsonObject { ["type"] = ParameterTypes.Number, ["minimum"] = 0 };
        }

        return Object(properties, s_timings);
    }

    private static JsonObject Object(JsonObject properties, IEnumerable<string> required)
    {
        var written = new JsonObject { ["type"] = ParameterTypes.Object };
        if (properties.Count > 0)
        {
            written["properties"] = properties;
        }

        AddIfAny(written, "required", Names(required));
        return written;
    }

    private static JsonObject Closed(JsonObject written)
    {
        written["additionalProperties"] = false;
        return written;
    }

    private static JsonObject String() => new() { ["type"] = ParameterTypes.String };
}
