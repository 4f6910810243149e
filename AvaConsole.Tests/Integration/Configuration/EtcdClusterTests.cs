using System.Globalization;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Configuration.Etcd;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Configuration;

[Trait("Category", "Integration")]
public sealed class EtcdClusterTests : IAsyncLifetime, IDisposable
{
    private readonly CancellationToken _ct = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;
    private IReadOnlyList<EtcdServer> _servers = [];
    private EtcdConfigStore _store = null!;

    public async Task InitializeAsync()
    {
        _servers = await EtcdServer.StartClusterAsync(3);
        var options = new EtcdOptions { Endpoints = string.Join(',', _servers.Select(server => server.Url)), TimeoutSeconds = 2 };
        _store = new EtcdConfigStore(options, EtcdConfigStoreTests.QuickTimes);
    }

    public async Task DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task AnyMethod_EachServerCrashesInTurn_NothingIsLostOrRepeated()
    {
        var from = (await IncrementAsync()).Revision;
        await using var watch = new WatchRecorder(_store, "n", from);
        var expected = new List<long> { from };
        foreach (var server in _servers)
        {
            await server.StopAsync();
            for (var i = 0; i < 5; i++)
                expected.Add((await IncrementAsync()).Revision);
            await watch.WaitForAsync(expected.Count, _ct);
            await server.StartAgainAsync();
        }

        Assert.Equal(expected, watch.Events.Select(change => change.Revision));
        Assert.Equal(expected.Count, (await _store.GetAsync("n", _ct))!.Version);
    }

    [Fact]
    public async Task TxnAsync_NoQuorum_IsUnavailableAndNotAppliedLater()
    {
        await IncrementAsync();
        await _servers[1].StopAsync();
        await _servers[2].StopAsync();

        await Assert.ThrowsAsync<ConfigStoreUnavailableException>(() => _store.TxnAsync(Put("lost", "1"), _ct));

        await Task.WhenAll(_servers[1].StartAgainAsync(), _servers[2].StartAgainAsync());
        await IncrementAsync();
        Assert.Null(await _store.GetAsync("lost", _ct));
    }

    /// <summary>As the console does it: compare and swap; after a lost answer, look.</summary>
    private async Task<ConfigTxnResult> IncrementAsync()
    {
        while (true)
        {
            try
            {
                var entry = await _store.GetAsync("n", _ct);
                var next = ((entry?.Version ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
                var result = await _store.TxnAsync(Put("n", next) with { Compares = [new("n", entry?.ModRevision ?? 0)] }, _ct);
                if (result.Succeeded)
                    return result;
            }
            catch (ConfigStoreUnavailableException)
            {
                // An election takes a second or two.
            }
        }
    }

    private static ConfigTxn Put(string key, string value) => new([], [ConfigOperation.Put(key, System.Text.Encoding.UTF8.GetBytes(value))]);
}
