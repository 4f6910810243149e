using System.Net;
using System.Net.Sockets;

namespace AvaConsole.Web.Infrastructure.StartUp;

/// <summary>
/// Finds a taken port before anything is created or started. Kestrel binds again when the console is ready, and its failure is told
/// in the same words.
/// </summary>
internal static class ListenProbe
{
    /// <exception cref="StartUpException">Cannot listen there.</exception>
    public static void Check(IReadOnlyList<string> urls)
    {
        var problems = urls.Select(Find).OfType<string>().ToList();
        if (problems.Count > 0) throw new StartUpException(ExitCodes.Unavailable, problems);
    }

    private static string? Find(string url)
    {
        var address = BindingAddress.Parse(url);
        if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0) return null;
        var ip = address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
            : IPAddress.TryParse(address.Host, out var parsed) ? parsed : IPAddress.Any;
        try
        {
            using var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(ip, address.Port));
            socket.Listen(1);
            return null;
        }
        catch (SocketException exception)
        {
            return StartUpFailures.DescribeListening(exception, [url]) ?? $"Cannot listen on {url}: {exception.SocketErrorCode}.";
        }
    }
}
