using System.Collections.Frozen;

namespace AvaConsole.Inference.Hosting;

/// <summary>Who answers what, at one moment. Never changed: the host replaces it as a whole, so that a request sees one state or the other.</summary>
internal sealed record RoutingTable(
    FrozenDictionary<(string App, string Phase), ServedModel> ByPhase, FrozenDictionary<(string App, string Version), ServedModel> ByVersion)
{
    public static RoutingTable Empty { get; } = new(
        FrozenDictionary<(string, string), ServedModel>.Empty, FrozenDictionary<(string, string), ServedModel>.Empty);
}
