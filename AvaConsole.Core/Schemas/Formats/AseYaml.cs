using System.Text.Json.Nodes;
using static AvaConsole.Core.Schemas.Formats.ParameterWriter;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>
/// ASE's <c>kind: ApiSchema</c> YAML. The format's published sample misspells <c>parameters</c>, <c>payload</c> and
/// <c>configFilename</c> in one place each; no published program reads the misspelled forms, so they are written right unless asked otherwise.
/// What ASE has no word for keeps the name that JSON Schema or the model has for it: <c>pattern</c>, <c>exclusiveMinimum</c>, <c>dataType</c>,
/// <c>spec.interaction</c>, <c>spec.gateway</c>.
/// </summary>
public static class AseYaml
{
    public const string ApiVersion = "iflytek.com/v1alpha1";

    /// <param name="compatible">With the published sample's spelling.</param>
    public static string Write(ApiSchema schema, bool compatible = false) => DocumentText.Yaml(Document(schema, compatible));

    private static JsonObject Document(ApiSchema schema, bool compatible)
    {
        var spec = new JsonObject();
        AddIfAny(spec, "interaction", schema.Interaction == Interactions.Once ? "" : schema.Interaction);
        AddIfAny(spec, "gateway", Gateway(schema.Gateway));
        spec["request"] = new JsonObject
        {
            [compatible ? AseSpelling.Parameters : "parameters"] = Members(schema.Parameters),
            ["payload"] = Entries(schema.Payload, compatible),
        };
        spec["response"] = new JsonObject { [compatible ? AseSpelling.Payload : "payload"] = Entries(schema.Response, compatible) };
        return new JsonObject { ["apiVersion"] = ApiVersion, ["kind"] = "ApiSchema", ["metadata"] = Metadata(schema, compatible), ["spec"] = spec };
    }

    private static JsonObject Metadata(ApiSchema schema, bool compatible)
    {
        var metadata = new JsonObject
        {
            ["name"] = schema.Service,
            ["group"] = schema.Group,
            ["region"] = schema.Region,
            ["projectName"] = schema.Project,
            ["serviceName"] = schema.Service,
            ["version"] = schema.Version,
            [compatible ? AseSpelling.ConfigFilename : "configFilename"] = GatewaySchemaJson.FileName(schema),
        };
        AddIfAny(metadata, "title", schema.Title);
        AddIfAny(metadata, "description", schema.Description);
        return metadata;
    }

    private static JsonObject? Gateway(GatewaySettings gateway)
    {
        var written = new JsonObject();
        AddIfAny(written, "serviceId", gateway.ServiceId);
        AddIfAny(written, "cloudId", gateway.CloudId);
        AddIfAny(written, "call", gateway.Call);
        AddIfAny(written, "callType", gateway.CallType);
        AddIfAny(written, "sub", gateway.Sub);
        AddIfAny(written, "routes", Names(gateway.Routes));
        AddIfAny(written, "hosts", Names(gateway.Hosts));
        AddIfAny(written, "routeKeys", Names(gateway.RouteKeys));
        AddIfAny(written, "sessionTimeout", gateway.SessionTimeout);
        AddIfAny(written, "readTimeout", gateway.ReadTimeout);
        AddIfAny(written, "extra", gateway.Extra.Length == 0 ? null : ParameterValues.Typed(ParameterTypes.Object, gateway.Extra, exact: true));
        return written.Count > 0 ? written : null;
    }

    private static JsonObject Members(IReadOnlyList<ApiParameter> members)
    {
        var written = new JsonObject();
        AddMembers(written, members, SchemaDialect.Ase);
        written.TryAdd("properties", new JsonObject());
        return written;
    }

    private static JsonObject Entries(IReadOnlyList<PayloadEntry> entries, bool compatible)
    {
        var properties = new JsonObject();
        foreach (var entry in entries)
        {
            properties[entry.Name] = Entry(entry, compatible);
        }

        var written = new JsonObject { ["properties"] = properties };
        AddIfAny(written, "required", Names(entries.Where(entry => entry.Required).Select(entry => entry.Name)));
        return written;
    }

    private static JsonObject Entry(PayloadEntry entry, bool compatible)
    {
        var written = new JsonObject { ["type"] = compatible && entry.Type == PayloadTypes.Video ? AseSpelling.Video : entry.Type };
        AddIfAny(written, "description", entry.Description);
        AddIfAny(written, "encoding", Words(entry.Encodings));
        AddIfAny(written, "compress", Words(entry.Compressions));
        AddIfAny(written, "format", Words(entry.Formats));
        AddIfAny(written, "sampleRate", Numbers(entry.SampleRates));
        AddIfAny(written, "channels", Numbers(entry.Channels));
        AddIfAny(written, "bitDepth", Numbers(entry.BitDepths));
        AddIfAny(written, "maxFrameSize", entry.MaxFrameSize);
        AddIfAny(written, "minBytes", entry.MinBytes);
        AddIfAny(written, "maxBytes", entry.MaxBytes);
        AddIfAny(written, "dataType", entry.DataType);
        AddIfAny(written, "shape", Numbers(entry.Shape));
        AddIfAny(written, "content", entry.Content is null ? null : ParameterWriter.Write(entry.Content, SchemaDialect.Ase));
        return written;
    }

    // One word is a text, as ASE has it.
    private static JsonNode? Words(IReadOnlyList<string> words) => words is [{ Length: > 0 } word] ? JsonValue.Create(word) : Names(words);

    private static JsonArray? Numbers<T>(IReadOnlyList<T> numbers) =>
        numbers.Count > 0 ? new JsonArray([.. numbers.Select(number => (JsonNode?)JsonValue.Create(number))]) : null;
}
