using AvaConsole.Core.Configuration;

namespace AvaConsole.Web.Serving;

/// <summary>Which release of which app is called: the one of a phase, or a certain one.</summary>
public sealed record ServingTarget
{
    private ServingTarget(string app, string? phase, string? version) => (App, Phase, Version) = (app, phase, version);

    public string App { get; }

    /// <summary>See <see cref="Phases"/>; null where a version is named.</summary>
    public string? Phase { get; }

    public string? Version { get; }

    public static ServingTarget ForPhase(string app, string phase) => new(app, phase, null);

    public static ServingTarget ForVersion(string app, string version) => new(app, null, version);
}
