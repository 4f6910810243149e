using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Reads <c>spec.gateway</c>.</summary>
internal static class AseGateway
{
    public static GatewaySettings Read(SourceNode? node, ImportLog log)
    {
        if (node is not SourceObject gateway)
        {
            if (node is not null and not SourceValue { Kind: SourceKind.Null })
            {
                log.Add("import.value_dropped", node, "gateway", ImportLog.Shown(node));
            }

            return new GatewaySettings();
        }

        log.Unknown(
            gateway, "serviceId", "cloudId", "call", "callType", "sub", "routes", "hosts", "routeKeys", "sessionTimeout", "readTimeout", "extra");
        var keywords = new KeywordReader(gateway, log);
        return new GatewaySettings
        {
            ServiceId = keywords.Text("serviceId"),
            CloudId = keywords.Text("cloudId"),
            Call = keywords.Text("call"),
            CallType = keywords.Text("callType"),
            Sub = keywords.Text("sub"),
            Routes = keywords.Words("routes"),
            Hosts = keywords.Words("hosts"),
            RouteKeys = keywords.Words("routeKeys"),
            SessionTimeout = keywords.Count("sessionTimeout"),
            ReadTimeout = keywords.Count("readTimeout"),
            Extra = gateway["extra"] is { } extra and not SourceValue { Kind: SourceKind.Null } ? ParameterValues.Text(extra) : "",
        };
    }
}
