using AvaConsole.Core.Configuration;
using AvaConsole.Core.Configuration.Etcd;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Configuration;

/// <summary>A bad network between the console and etcd, and an etcd that is full.</summary>
[Trait("Category", "Integration")]
public sealed class EtcdFailureTests(EtcdConfigStoreTests.Server server) : IClassFixture<EtcdConfigStoreTests.Server>
{
    private readonly CancellationToken _ct = new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;
    private readonly string _key = $"/failure/{Guid.NewGuid():N}";

    [Fact]
    public async Task TxnAsync_AnswerLost_IsAmbiguousAndSentOnce()
    {
        await using var proxy = new CuttingProxy(server.Etcd.Port);
        using var store = CreateStore(proxy.Port);
        proxy.CutAnswerTo("/v3/kv/txn");

        await Assert.ThrowsAsync<ConfigTxnAmbiguousException>(() => store.TxnAsync(Put(), _ct));

        Assert.Equal(1, proxy.Cuts);
        proxy.Forward();
        Assert.Equal(1, (await store.GetAsync(_key, _ct))!.Version);
    }

    [Fact]
    public async Task TxnAsync_RequestLost_IsAmbiguousAndSentOnce()
    {
        await using var proxy = new CuttingProxy(server.Etcd.Port);
        using var store = CreateStore(proxy.Port);
        proxy.CutRequest("/v3/kv/txn");

        await Assert.ThrowsAsync<ConfigTxnAmbiguousException>(() => store.TxnAsync(Put(), _ct));

        Assert.Equal(1, proxy.Cuts);
        proxy.Forward();
        Assert.Null(await store.GetAsync(_key, _ct));
    }

    [Fact]
    public async Task TxnAsync_CancelledAfterItWasSent_IsAmbiguous()
    {
        await using var proxy = new CuttingProxy(server.Etcd.Port);
        using var store = CreateStore(proxy.Port);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(_ct);
        proxy.HoldAnswerTo("/v3/kv/txn");

        var txn = store.TxnAsync(Put(), cancel.Token);
        await proxy.Held.WaitAsync(_ct);
        await cancel.CancelAsync();

        await Assert.ThrowsAsync<ConfigTxnAmbiguousException>(() => txn);
    }

    [Fact]
    public async Task TxnAsync_NoAnswerInTime_IsAmbiguous()
    {
        await using var proxy = new CuttingProxy(server.Etcd.Port);
        using var store = CreateStore(proxy.Port);
        proxy.HoldAnswerTo("/v3/kv/txn");

        await Assert.ThrowsAsync<ConfigTxnAmbiguousException>(() => store.TxnAsync(Put(), _ct));
    }

    [Fact]
    public async Task TxnAsync_ReadBeforeItFails_IsUnavailableAndNotSent()
    {
        await using var proxy = new CuttingProxy(server.Etcd.Port);
        using var store = CreateStore(proxy.Port);
        proxy.CutAnswerTo("/v3/kv/range");

        await Assert.ThrowsAsync<ConfigStoreUnavailableException>(() => store.TxnAsync(Put(), _ct));

        proxy.Forward();
        Assert.Null(await store.GetAsync(_key, _ct));
    }

    [Fact]
    public async Task AnyMethod_FirstEndpointDown_UsesTheNext()
    {
        using var store = new EtcdConfigStore(new EtcdOptions { Endpoints = $"http://127.0.0.1:{FreePort.Next()}, {server.Etcd.Url}" });

        var put = await store.TxnAsync(Put(), _ct);
        await using var watch = new WatchRecorder(store, _key, put.Revision);

        Assert.True(put.Succeeded);
        Assert.NotNull(await store.GetAsync(_key, _ct));
        Assert.Single(await watch.WaitForAsync(1, _ct));
    }

    [Fact]
    public async Task AnyMethod_EndpointIsSomethingElse_IsUnavailable()
    {
        await using var proxy = new CuttingProxy((await PostgresServer.SharedAsync()).Port);
        using var store = CreateStore(proxy.Port);

        await Assert.ThrowsAsync<ConfigStoreUnavailableException>(() => store.TxnAsync(Put(), _ct));
        await Assert.ThrowsAsync<ConfigStoreUnavailableException>(() => store.RangeAsync(_key, _ct));
    }

    [Fact]
    public async Task WatchAsync_ConnectionStalls_IsReopenedWithoutGap()
    {
        await using var proxy = new CuttingProxy(server.Etcd.Port);
        using var watching = CreateStore(proxy.Port);
        using var writing = CreateStore(server.Etcd.Port);
        var first = (await writing.TxnAsync(Put(), _ct)).Revision;
        await using var watch = new WatchRecorder(watching, _key, first);
        await watch.WaitForAsync(1, _ct);

        proxy.StallOpenConnections();
        var second = (await writing.TxnAsync(new ConfigTxn([], [ConfigOperation.Delete(_key)]), _ct)).Revision;
        await watch.WaitForAsync(2, _ct);

        Assert.Equal([first, second], watch.Events.Select(change => change.Revision));
    }

    [Fact]
    public async Task TxnAsync_DatabaseFull_IsAmbiguousAndReadsGoOn()
    {
        await using var etcd = await EtcdServer.StartAsync(quotaBytes: 4_000_000);
        using var store = CreateStore(etcd.Port);
        var value = new byte[1_000_000];

        await Assert.ThrowsAsync<ConfigTxnAmbiguousException>(async () =>
        {
            for (var i = 0; i < 50; i++)
                await store.TxnAsync(new ConfigTxn([], [ConfigOperation.Put($"{_key}/{i}", value)]), _ct);
        });

        Assert.NotEmpty((await store.RangeAsync(_key, _ct)).Entries);
    }

    private static EtcdConfigStore CreateStore(int port) =>
        new(new EtcdOptions { Endpoints = $"http://127.0.0.1:{port}", TimeoutSeconds = 1 }, EtcdConfigStoreTests.QuickTimes);

    private ConfigTxn Put() => new([], [ConfigOperation.Put(_key, "1"u8.ToArray())]);
}
