using AvaConsole.Core.Common;
using AvaConsole.Web.Infrastructure.StartUp;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AvaConsole.Web.Infrastructure;

/// <summary>The address that others reach this console under: <c>Console:PublicUrl</c>, else the first one it listens on.</summary>
internal sealed class ConsoleAddress(StartUpSettings settings, IServer server) : IConsoleAddress
{
    /// <summary>Without trailing slash. Known once the server listens.</summary>
    public string PublicUrl => settings.PublicUrl ?? Reachable(Listening.Concat(settings.Urls).First());

    private IEnumerable<string> Listening => server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    // Nobody can open http://0.0.0.0 or http://[::].
    private static string Reachable(string url)
    {
        var address = BindingAddress.Parse(url);
        var host = address.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "localhost" : address.Host;
        return $"{address.Scheme}://{host}:{address.Port}";
    }
}
