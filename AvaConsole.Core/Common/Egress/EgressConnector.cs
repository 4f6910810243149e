using System.Net;
using System.Net.Sockets;

namespace AvaConsole.Core.Common.Egress;

/// <summary>A connection that the rules forbid; the code is an <c>egress.*</c> one.</summary>
internal sealed class EgressRefusedException(string code) : IOException(code)
{
    public string Code { get; } = code;
}

/// <summary>
/// Resolves a host once, checks all its addresses and connects to one of those very addresses: a name that resolves differently a
/// moment later changes nothing. It sits below redirects and connection reuse, where nothing goes round it.
/// </summary>
internal sealed class EgressConnector(EgressOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var target = context.DnsEndPoint;
        var addresses = await ResolveAsync(target.Host, ct).ConfigureAwait(false);
        if (!options.IsHostAllowed(target.Host.Trim('[', ']')) && !Array.TrueForAll(addresses, PublicAddress.Is))
        {
            throw new EgressRefusedException("egress.address_private");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, ct).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal)) return [literal];
        try
        {
            var addresses = await resolve(host, ct).ConfigureAwait(false);
            return addresses.Length > 0 ? addresses : throw new EgressRefusedException("egress.host_unknown");
        }
        catch (SocketException)
        {
            throw new EgressRefusedException("egress.host_unknown");
        }
    }
}
