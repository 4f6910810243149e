using AvaConsole.Core.Configuration;
using AvaConsole.Core.Configuration.Etcd;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Configuration;

[Trait("Category", "Integration")]
public sealed class EtcdAuthenticationTests(EtcdAuthenticationTests.Server server) : IClassFixture<EtcdAuthenticationTests.Server>
{
    private const string Allowed = "/allowed/";
    private const string Password = "correct horse";

    private readonly CancellationToken _ct = new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;
    private readonly string _prefix = $"{Allowed}{Guid.NewGuid():N}/";

    [Fact]
    public async Task AnyMethod_RightPassword_Works()
    {
        using var store = CreateStore(Password);
        var lease = await store.GrantLeaseAsync(TimeSpan.FromMinutes(1), _ct);
        var put = await store.TxnAsync(new ConfigTxn([new(_prefix + "a", 0)], [ConfigOperation.Put(_prefix + "a", "1"u8.ToArray(), lease)]), _ct);
        await using var watch = new WatchRecorder(store, _prefix, put.Revision);

        Assert.Equal([$"{put.Revision} a=1 v1"], await watch.WaitForAsync(1, _ct));
        Assert.True(await store.KeepLeaseAliveAsync(lease, _ct));
        Assert.Single((await store.RangeAsync(_prefix, _ct)).Entries);
        await store.RevokeLeaseAsync(lease, _ct);
        await watch.WaitForAsync(2, _ct);
        Assert.Null(await store.GetAsync(_prefix + "a", _ct));
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData(null)]
    public async Task AnyMethod_WrongPassword_IsUnavailable(string? password)
    {
        using var store = CreateStore(password);
        var txn = new ConfigTxn([], [ConfigOperation.Put(_prefix + "a", "1"u8.ToArray())]);

        await Assert.ThrowsAsync<ConfigStoreUnavailableException>(() => store.RangeAsync(_prefix, _ct));
        await Assert.ThrowsAsync<ConfigStoreUnavailableException>(() => store.TxnAsync(txn, _ct));
        await Assert.ThrowsAsync<ConfigStoreUnavailableException>(() => store.WatchAsync(_prefix, 1, _ct).GetAsyncEnumerator(_ct).MoveNextAsync().AsTask());
        using var allowed = CreateStore(Password);
        Assert.Empty((await allowed.RangeAsync(_prefix, _ct)).Entries);
    }

    [Fact]
    public async Task AnyMethod_OutsideOfTheRole_IsUnavailable()
    {
        using var store = CreateStore(Password);
        var txn = new ConfigTxn([], [ConfigOperation.Put(_prefix + "a", "1"u8.ToArray()), ConfigOperation.Put("/other/a", "1"u8.ToArray())]);

        await Assert.ThrowsAsync<ConfigStoreUnavailableException>(() => store.TxnAsync(txn, _ct));
        await Assert.ThrowsAsync<ConfigStoreUnavailableException>(() => store.RangeAsync("/other/", _ct));
        await Assert.ThrowsAsync<ConfigStoreUnavailableException>(() => NextEventAsync(store, "/other/"));
        Assert.Empty((await store.RangeAsync(_prefix, _ct)).Entries);
    }

    [Fact]
    public async Task AnyMethod_TokenForgottenByTheServer_SignsInAgain()
    {
        using var writer = CreateStore(Password);
        using var reader = CreateStore(Password);
        using var watcher = CreateStore(Password);
        var from = (await writer.TxnAsync(Put("before"), _ct)).Revision;
        await reader.RangeAsync(_prefix, _ct);
        await using var watch = new WatchRecorder(watcher, _prefix, from);
        await watch.WaitForAsync(1, _ct);

        // etcd keeps its tokens in memory.
        await server.Etcd.StopAsync();
        await server.Etcd.StartAgainAsync();

        var after = await writer.TxnAsync(Put("after"), _ct);
        Assert.True(after.Succeeded);
        Assert.Equal(2, (await reader.RangeAsync(_prefix, _ct)).Entries.Count);
        await watch.WaitForAsync(2, _ct);
        Assert.Equal([from, after.Revision], watch.Events.Select(change => change.Revision));
    }

    private EtcdConfigStore CreateStore(string? password)
    {
        var options = server.Etcd.Options();
        if (password is not null)
            (options.Username, options.Password) = ("console", password);
        return new EtcdConfigStore(options, EtcdConfigStoreTests.QuickTimes);
    }

    private ConfigTxn Put(string key) => new([], [ConfigOperation.Put(_prefix + key, "1"u8.ToArray())]);

    private async Task NextEventAsync(EtcdConfigStore store, string prefix)
    {
        await using var watch = new WatchRecorder(store, prefix, 1);
        await watch.WaitForAsync(1, _ct);
    }

    public sealed class Server : IAsyncLifetime
    {
        public EtcdServer Etcd { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Etcd = await EtcdServer.StartAsync();
            await Etcd.EnableAuthAsync("console", Password, Allowed);
        }

        public async Task DisposeAsync() => await Etcd.DisposeAsync();
    }
}
