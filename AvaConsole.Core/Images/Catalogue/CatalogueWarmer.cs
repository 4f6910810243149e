using AvaConsole.Core.Common;
using Microsoft.Extensions.Hosting;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>Reads the catalogue when the console has started, and again when a registry changed in this process: nobody waits for it then.</summary>
internal sealed class CatalogueWarmer(CatalogueIndex index, ConsoleEvents events, IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    private const string RegistryTopic = "registry";

    private CancellationTokenRegistration _started;
    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Only then is the database migrated.
        _started = lifetime.ApplicationStarted.Register(index.Check);
        _subscription = events.Subscribe(happened =>
        {
            if (happened.Topic == RegistryTopic) index.Check();
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _started.Dispose();
        _subscription?.Dispose();
    }
}
