using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Core.Deployments;

/// <summary>What every inference host reports now, mirrored from the configuration store. Changes are published as topic <c>hosts</c>.</summary>
public sealed class HostStatusService : BackgroundService
{
    private readonly ConfigMirror _mirror;
    private readonly ConsoleEvents _events;
    private readonly ILogger<HostStatusService> _logger;
    private volatile IReadOnlyList<HostStatusDocument> _hosts = [];

    public HostStatusService(IConfigStore store, ConsoleEvents events, TimeProvider clock, ILogger<ConfigMirror> mirrorLogger, ILogger<HostStatusService> logger)
    {
        _mirror = new ConfigMirror(store, ConfigKey.HostPrefix, clock, mirrorLogger);
        (_events, _logger) = (events, logger);
        _mirror.Changed += Read;
    }

    /// <summary>By name. A host whose lease ended is not among them.</summary>
    public IReadOnlyList<HostStatusDocument> Hosts => _hosts;

    /// <summary>When the store was last heard of; null before the first time.</summary>
    public DateTimeOffset? LastContact => _mirror.LastContact;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _mirror.RunAsync(stoppingToken);

    private void Read(ConfigSnapshot snapshot)
    {
        var hosts = new List<HostStatusDocument>(snapshot.Entries.Count);
        foreach (var entry in snapshot.Entries.Values)
        {
            if (ConfigJson.TryParse<HostStatusDocument>(entry.Value, out var host))
            {
                hosts.Add(host);
            }
            else
            {
                _logger.LogWarning("No readable host status at {Key}", entry.Key);
            }
        }

        _hosts = hosts;
        _events.Publish("hosts");
    }
}
