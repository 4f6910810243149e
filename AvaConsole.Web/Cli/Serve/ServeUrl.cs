using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AvaConsole.Web.Cli.Serve;

/// <summary>
/// An address to listen at. Without TLS a client and a server cannot agree on a protocol, so that HTTP/2 needs a port of its own:
/// <c>h2c://127.0.0.1:8001</c>.
/// </summary>
/// <param name="Address">Null for <c>localhost</c>: both loopback addresses.</param>
/// <param name="Port">0 for any that is free.</param>
internal sealed record ServeUrl(IPAddress? Address, int Port, bool IsHttp2)
{
    public bool IsLoopback => Address is null || IPAddress.IsLoopback(Address);

    /// <summary><c>http://127.0.0.1:8000</c>; null where it is no such address.</summary>
    public static ServeUrl? Parse(string text)
    {
        // Uri refuses a star for a host.
        if (!Uri.TryCreate(text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "h2c")
            || url.PathAndQuery != "/" && url.PathAndQuery.Length > 0)
        {
            return null;
        }

        var port = url.IsDefaultPort || url.Port < 0 ? 80 : url.Port;
        if (url.Host == "localhost")
        {
            // Two addresses cannot share a port that is not known yet.
            return port == 0 ? new ServeUrl(IPAddress.Loopback, 0, url.Scheme == "h2c") : new ServeUrl(null, port, url.Scheme == "h2c");
        }

        return IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) ? new ServeUrl(address, port, url.Scheme == "h2c") : null;
    }

    public void Listen(KestrelServerOptions options)
    {
        if (Address is null)
        {
            options.ListenLocalhost(Port, Choose);
        }
        else
        {
            options.Listen(Address, Port, Choose);
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(IsHttp2 ? "h2c" : "http")}://{(Address is null ? "localhost" : new IPEndPoint(Address, Port).ToString()[..^$":{Port}".Length])}:{Port}");

    private void Choose(ListenOptions options) => options.Protocols = IsHttp2 ? HttpProtocols.Http2 : HttpProtocols.Http1;
}
