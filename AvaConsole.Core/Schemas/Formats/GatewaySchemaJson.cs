using System.Text.Json.Nodes;
using static AvaConsole.Core.Schemas.Formats.ParameterWriter;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>
/// The gateway's schema.json (<c>meta</c>, <c>schemainput</c>, <c>schemaoutput</c>) in the dialect that it loads. One keyword that
/// its validator does not know makes the whole file fail to load, and <c>default</c> means something else there, so nothing is written that
/// <see cref="GatewayLint"/> would find. <c>format</c> is left out: the validator refuses names of formats that it does not have.
/// </summary>
public static class GatewaySchemaJson
{
    /// <summary>The gateway loads files whose names start with <c>schema</c>; the service keeps several apart.</summary>
    public static string FileName(ApiSchema schema) => schema.Service.Length == 0 ? "schema.json" : $"schema_{schema.Service}.json";

    /// <summary>The gateway's usual route: <c>/v{major}/private/{service}</c>.</summary>
    public static string Route(ApiSchema schema) => $"/v{schema.Version.Split('.')[0]}/private/{schema.Service}";

    /// <summary>Of any document, an unfinished one too; <see cref="SchemaWriter"/> refuses what the dialect cannot say.</summary>
    public static string Write(ApiSchema schema) => DocumentText.Json(new JsonObject
    {
        ["meta"] = GatewayMeta.Write(schema),
        ["schemainput"] = Input(schema),
        ["schemaoutput"] = Output(schema),
    });

    private static JsonObject Input(ApiSchema schema)
    {
        var isStream = schema.Interaction == Interactions.Stream;
        var written = new JsonObject { ["type"] = ParameterTypes.Object };
        AddIfAny(written, "title", schema.Title);
        AddIfAny(written, "description", schema.Description);
        written["properties"] = new JsonObject
        {
            ["header"] = GatewayStreams.RequestHeader(isStream),
            ["parameter"] = new JsonObject
            {
                ["type"] = ParameterTypes.Object,
                ["properties"] = new JsonObject { [schema.Service] = Parameters(schema) },
                ["required"] = schema.Parameters.Any(parameter => parameter.Required) ? new JsonArray(schema.Service) : [],
            },
            ["payload"] = Streams(schema.Payload, entry => GatewayStreams.Input(entry, isStream)),
        };
        written["required"] = Required(schema);
        GatewayMarker.Add(written, DocumentMarker.Difference(schema, GatewayMeta.Visible(schema)));
        return written;
    }

    private static JsonArray Required(ApiSchema schema)
    {
        var required = new JsonArray("header");
        if (schema.Parameters.Any(parameter => parameter.Required))
        {
            required.Add("parameter");
        }

        if (schema.Payload.Any(entry => entry.Required))
        {
            required.Add("payload");
        }

        return required;
    }

    private static JsonObject Parameters(ApiSchema schema)
    {
        var written = new JsonObject { ["type"] = ParameterTypes.Object };
        AddMembers(written, schema.Parameters, SchemaDialect.Webgate);
        written.TryAdd("properties", new JsonObject());
        written.TryAdd("required", new JsonArray());
        foreach (var entry in schema.Response)
        {
            written["properties"]![entry.Name] = GatewayStreams.Wish(entry);
        }

        return written;
    }

    private static JsonObject Output(ApiSchema schema)
    {
        var isStream = schema.Interaction == Interactions.Stream;
        return new JsonObject
        {
            ["type"] = ParameterTypes.Object,
            ["properties"] = new JsonObject
            {
                ["header"] = GatewayStreams.ResponseHeader(isStream),
                ["payload"] = Streams(schema.Response, entry => GatewayStreams.Output(entry, isStream)),
            },
        };
    }

    private static JsonObject Streams(IReadOnlyList<PayloadEntry> entries, Func<PayloadEntry, JsonObject> write)
    {
        var properties = new JsonObject();
        foreach (var entry in entries)
        {
            properties[entry.Name] = write(entry);
        }

        return new JsonObject
        {
            ["type"] = ParameterTypes.Object,
            ["properties"] = properties,
            ["required"] = Names(entries.Where(entry => entry.Required).Select(entry => entry.Name)) ?? [],
        };
    }
}
