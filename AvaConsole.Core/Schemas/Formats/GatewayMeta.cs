using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats.Source;
using static AvaConsole.Core.Schemas.Formats.ParameterWriter;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>The <c>meta</c> of the gateway's schema.json: what is served, under which routes, and by which back end.</summary>
internal static class GatewayMeta
{
    private const string Sub = "ase";
    private const string Call = "atmos";
    private const string CallType = "0";

    private static readonly string[] s_known =
    [
        "serviceId", "cloudId", "version", "service", "sub", "call", "call_type", "webgate_type", "route", "hosts", "routeKey", "session_timeout", "read_timeout",
    ];

    public static JsonObject Write(ApiSchema schema)
    {
        var gateway = schema.Gateway;
        var meta = new JsonObject { ["serviceId"] = gateway.ServiceId.Length > 0 ? gateway.ServiceId : schema.Service };
        AddIfAny(meta, "cloudId", gateway.CloudId);
        meta["version"] = schema.Version;
        meta["service"] = new JsonArray(schema.Service);
        meta["sub"] = gateway.Sub.Length > 0 ? gateway.Sub : Sub;
        meta["call"] = gateway.Call.Length > 0 ? gateway.Call : Call;
        meta["call_type"] = gateway.CallType.Length > 0 ? gateway.CallType : CallType;
        meta["webgate_type"] = 0;
        AddIfAny(meta, "hosts", OneOrMany(gateway.Hosts));
        meta["route"] = OneOrMany(gateway.Routes) ?? JsonValue.Create(GatewaySchemaJson.Route(schema));
        AddIfAny(meta, "routeKey", Names(gateway.RouteKeys));
        AddIfAny(meta, "session_timeout", gateway.SessionTimeout);
        AddIfAny(meta, "read_timeout", gateway.ReadTimeout);
        foreach (var (name, value) in GatewayRefusals.Parse(gateway.Extra) ?? [])
        {
            meta.TryAdd(name, value?.DeepClone());
        }

        // A draft without a name still has a preview; the lint asks for the name.
        meta[schema.Service.Length == 0 ? "service name" : schema.Service] = new JsonObject
        {
            ["input"] = DataTypes(schema.Payload),
            ["accept"] = DataTypes(schema.Response),
        };
        return meta;
    }

    /// <summary>What reading the file back gives of the document's own members, its marker left out of account.</summary>
    public static ApiSchema Visible(ApiSchema schema) =>
        Read((SourceObject)SourceNode.From(Write(schema)), schema.Service, new ImportLog(), exactVersion: true) with
        {
            Title = schema.Title,
            Description = schema.Description,
            Interaction = schema.Interaction,
        };

    /// <param name="service">The name under which the streams stand.</param>
    /// <param name="exactVersion">Take the version as it is, semantic or not.</param>
    public static ApiSchema Read(SourceObject meta, string service, ImportLog log, bool exactVersion)
    {
        var keywords = new KeywordReader(meta, log);
        var given = keywords.Text("version");
        var version = exactVersion ? given : ServiceNames.Version(given);
        if (version != given)
        {
            log.Add("import.version_changed", meta["version"] ?? meta, given, version);
        }

        if (keywords.Words("service").Where(name => name != service).ToList() is { Count: > 0 } others)
        {
            log.Add("import.webgate_services", meta["service"]!, string.Join(", ", others), service);
        }

        var schema = new ApiSchema { Service = service, Version = version };
        var (id, routes) = (keywords.Text("serviceId"), keywords.Words("route"));
        if (routes.Count == 0)
        {
            routes = [$"/{given}/private/{id}"];
        }

        return schema with
        {
            Gateway = new GatewaySettings
            {
                ServiceId = id == service ? "" : id,
                CloudId = keywords.Text("cloudId"),
                Call = Unless(keywords.Text("call"), Call),
                CallType = Unless(keywords.Text("call_type"), CallType),
                Sub = Unless(keywords.Text("sub"), Sub),
                Routes = routes is [var only] && only == GatewaySchemaJson.Route(schema) ? [] : routes,
                Hosts = keywords.Words("hosts"),
                RouteKeys = keywords.Words("routeKey"),
                SessionTimeout = keywords.Count("session_timeout"),
                ReadTimeout = keywords.Count("read_timeout"),
                Extra = Extra(meta, service),
            },
        };
    }

    private static string Extra(SourceObject meta, string service)
    {
        var extra = new JsonObject();
        foreach (var member in meta.Members.Where(member => !s_known.Contains(member.Name) && member.Name != service))
        {
            extra[member.Name] = member.Value.ToJson();
        }

        return extra.Count > 0 ? DocumentText.Compact(extra) : "";
    }

    private static string Unless(string value, string usual) => value == usual ? "" : value;

    private static JsonNode? OneOrMany(IReadOnlyList<string> texts) => texts is [var only] ? JsonValue.Create(only) : Names(texts);

    private static JsonObject DataTypes(IReadOnlyList<PayloadEntry> entries)
    {
        var types = new JsonObject();
        foreach (var entry in entries)
        {
            types[entry.Name] = new JsonObject { ["dataType"] = GatewayStreams.DataType(entry) };
        }

        return types;
    }
}
