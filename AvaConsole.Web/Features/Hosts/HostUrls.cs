using AvaConsole.Core.Deployments;
using AvaConsole.Web.Components.Layout;

namespace AvaConsole.Web.Features.Hosts;

/// <summary>Addresses of the hosts page.</summary>
public static class HostUrls
{
    /// <summary>How far back charts may look, shortest first; the names stand in the address.</summary>
    public static IReadOnlyDictionary<string, TimeSpan> Windows { get; } = new OrderedDictionary<string, TimeSpan>
    {
        ["15m"] = TimeSpan.FromMinutes(15),
        ["1h"] = TimeSpan.FromHours(1),
        ["6h"] = TimeSpan.FromHours(6),
        ["24h"] = HostFiguresService.Kept,
    };

    public static string List(string? window, string? app) =>
        QueryText.Append(ShellUrls.Hosts, ("window", window == Windows.Keys.First() ? null : window), ("app", string.IsNullOrEmpty(app) ? null : app));
}
