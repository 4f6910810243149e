using System.Net;
using System.Text.Json;

namespace AvaConsole.Core.Configuration.Etcd;

/// <summary>Reads the gateway's errors, for example <c>{"error":"…","message":"…","code":5}</c>.</summary>
internal static class EtcdGatewayError
{
    public static Exception Read(HttpStatusCode status, string text)
    {
        EtcdErrorBody? body = null;
        try
        {
            body = JsonSerializer.Deserialize<EtcdErrorBody>(text, EtcdJson.Options);
        }
        catch (JsonException)
        {
            // Not etcd's: a proxy's page, for example. It says nothing about what etcd did.
        }

        return body?.Code is { } code && EtcdRefusedException.IsRefusal(code)
            ? new EtcdRefusedException(code, body.Message ?? "etcd refused.")
            : new EtcdUnreachableException($"etcd answered {(int)status}: {body?.Message}", sent: true);
    }
}
