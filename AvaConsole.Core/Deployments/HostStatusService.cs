using AvaConsole.Core.Configuration;

namespace AvaConsole.Core.Deployments;

/// <summary>What every inference host reports now, mirrored from the configuration store. Changes are published as topic <c>hosts</c>.</summary>
public sealed class HostStatusService
{
    public IReadOnlyList<HostStatusDocument> Hosts => throw new NotImplementedException();

    /// <summary>When the store was last heard of; null before the first time.</summary>
    public DateTimeOffset? LastContact => throw new NotImplementedException();
}
