using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AvaConsole.Tests.Support;

/// <summary>Loopback ports that nothing listens on, none given out twice in one run.</summary>
public static class FreePort
{
    private static readonly ConcurrentDictionary<int, bool> s_given = new();

    public static int Next()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (s_given.TryAdd(port, true))
                return port;
        }
    }
}
