using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>
/// The gateway's schema.json (<c>meta</c>, <c>schemainput</c>, <c>schemaoutput</c>) in the dialect that it loads. One keyword that
/// its validator does not know makes the whole file fail to load, and <c>default</c> means something else there, so only
/// <c>type</c>, <c>properties</c>, <c>items</c>, <c>required</c>, <c>enum</c>, <c>minimum</c>, <c>maximum</c>, <c>minLength</c>,
/// <c>maxLength</c>, <c>additionalProperties</c>, <c>defaultVal</c> and <c>description</c> are written. <c>format</c> is left out:
/// the validator refuses names of formats that it does not have.
/// </summary>
public static class GatewaySchemaJson
{
    /// <summary>The most bytes that one UTF-8 character takes: the gateway counts bytes where a schema counts characters.</summary>
    private const int BytesPerCharacter = 4;

    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The gateway loads files whose names start with <c>schema</c>; the service keeps several apart.</summary>
    public static string FileName(ApiSchema schema) => schema.Service.Length == 0 ? "schema.json" : $"schema_{schema.Service}.json";

    /// <summary>The gateway's usual route: <c>/v{major}/private/{service}</c>.</summary>
    public static string Route(ApiSchema schema) => $"/v{schema.Version.Split('.')[0]}/private/{schema.Service}";

    public static string Write(ApiSchema schema) => new JsonObject
    {
        ["meta"] = Meta(schema),
        ["schemainput"] = Input(schema),
        ["schemaoutput"] = Output(schema),
    }.ToJsonString(s_options);

    private static JsonObject Meta(ApiSchema schema) => new()
    {
        ["serviceId"] = schema.Service,
        ["version"] = schema.Version,
        ["service"] = new JsonArray(schema.Service),
        ["sub"] = "ase",
        ["call"] = "atmos",
        ["call_type"] = "0",
        ["webgate_type"] = 0,
        ["route"] = Route(schema),
        // A draft without a name still has a preview; the lint asks for the name.
        [schema.Service.Length == 0 ? "service name" : schema.Service] = new JsonObject
        {
            ["input"] = DataTypes(schema.Payload),
            ["accept"] = DataTypes(schema.Response),
        },
    };

    private static JsonObject DataTypes(IReadOnlyList<PayloadEntry> entries)
    {
        var types = new JsonObject();
        foreach (var entry in entries)
        {
            types[entry.Name] = new JsonObject { ["dataType"] = GatewayStreams.DataType(entry) };
        }

        return types;
    }

    private static JsonObject Input(ApiSchema schema)
    {
        var parameters = Members(schema.Parameters);
        foreach (var entry in schema.Response)
        {
            ((JsonObject)parameters["properties"]!)[entry.Name] = GatewayStreams.Wish(entry);
        }

        var required = new JsonArray("header");
        if (schema.Parameters.Any(parameter => parameter.Required))
        {
            required.Add("parameter");
        }

        if (schema.Payload.Any(entry => entry.Required))
        {
            required.Add("payload");
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["header"] = GatewayStreams.RequestHeader(),
                ["parameter"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject { [schema.Service] = parameters },
                    ["required"] = schema.Parameters.Any(parameter => parameter.Required) ? new JsonArray(schema.Service) : [],
                },
                ["payload"] = Streams(schema.Payload, GatewayStreams.Input),
            },
            ["required"] = required,
        };
    }

    private static JsonObject Output(ApiSchema schema) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["header"] = GatewayStreams.ResponseHeader(),
            ["payload"] = Streams(schema.Response, GatewayStreams.Output),
        },
    };

    private static JsonObject Streams(IReadOnlyList<PayloadEntry> entries, Func<PayloadEntry, JsonObject> write)
    {
        var properties = new JsonObject();
        foreach (var entry in entries)
        {
            properties[entry.Name] = write(entry);
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = Names(entries.Where(entry => entry.Required).Select(entry => entry.Name)),
        };
    }

    private static JsonObject Members(IReadOnlyList<ApiParameter> members)
    {
        var properties = new JsonObject();
        foreach (var member in members)
        {
            properties[member.Name] = Parameter(member);
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = Names(members.Where(member => member.Required).Select(member => member.Name)),
        };
    }

    private static JsonObject Parameter(ApiParameter parameter)
    {
        var written = new JsonObject { ["type"] = parameter.Type };
        if (parameter.Type == ParameterTypes.Object)
        {
            // An object without declared members takes any; the gateway's objects are closed unless they say so.
            written = parameter.Properties.Count > 0 ? Members(parameter.Properties) : new JsonObject { ["type"] = "object", ["additionalProperties"] = true };
        }

        AddIfAny(written, "description", parameter.Description.Length == 0 ? null : parameter.Description);
        AddIfAny(written, "minimum", parameter.Minimum is { } minimum ? ParameterText.Normalize(minimum) : null);
        AddIfAny(written, "maximum", parameter.Maximum is { } maximum ? ParameterText.Normalize(maximum) : null);
        AddIfAny(written, "minLength", parameter.MinLength);
        AddIfAny(written, "maxLength", parameter.MaxLength is { } length ? Math.Min((long)length * BytesPerCharacter, int.MaxValue) : null);
        if (parameter is { Type: ParameterTypes.Array, Items: { } items })
        {
            written["items"] = Parameter(items);
        }

        if (parameter.Enum.Count > 0)
        {
            written["enum"] = new JsonArray([.. parameter.Enum.Select(value => Typed(parameter.Type, value))]);
        }

        AddIfAny(written, "defaultVal", parameter.Default.Length == 0 ? null : Typed(parameter.Type, parameter.Default));
        return written;
    }

    private static JsonNode? Typed(string type, string text) => ParameterText.TryParse(type, text, out var value) ? value : JsonValue.Create(text);

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)JsonValue.Create(name))]);

    private static void AddIfAny(JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }
}
