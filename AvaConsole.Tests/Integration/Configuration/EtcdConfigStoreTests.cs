using AvaConsole.Core.Configuration;
using AvaConsole.Core.Configuration.Etcd;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Configuration;

[Trait("Category", "Integration")]
public sealed class EtcdConfigStoreTests(EtcdConfigStoreTests.Server server) : ConfigStoreContractTests, IClassFixture<EtcdConfigStoreTests.Server>
{
    /// <summary>Checks a silent stream often, so that the tests see it.</summary>
    internal static readonly EtcdWatchTimes QuickTimes = EtcdWatchTimes.Default with
    {
        Quiet = TimeSpan.FromMilliseconds(100),
        Reopen = TimeSpan.FromSeconds(1),
    };

    protected override Task<IConfigStore> CreateStoreAsync() =>
        Task.FromResult<IConfigStore>(new EtcdConfigStore(server.Etcd.Options(), QuickTimes));

    protected override IConfigStore CreateUnreachableStore() =>
        new EtcdConfigStore(new EtcdOptions { Endpoints = $"http://127.0.0.1:{FreePort.Next()},http://127.0.0.1:{FreePort.Next()}" });

    protected override Task CompactAsync(long revision) => server.Etcd.CompactAsync(revision);

    protected override Task StopServerAsync() => server.Etcd.StopAsync("KILL");

    protected override Task StartServerAsync() => server.Etcd.StartAgainAsync();

    public sealed class Server : IAsyncLifetime
    {
        public EtcdServer Etcd { get; private set; } = null!;

        public async Task InitializeAsync() => Etcd = await EtcdServer.StartAsync();

        public async Task DisposeAsync() => await Etcd.DisposeAsync();
    }
}
