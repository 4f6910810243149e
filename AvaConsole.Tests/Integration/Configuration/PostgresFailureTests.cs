using AvaConsole.Core.Configuration;
using AvaConsole.Core.Configuration.Embedded;
using AvaConsole.Tests.Support;
using Npgsql;

namespace AvaConsole.Tests.Integration.Configuration;

/// <summary>A bad network between the console and Postgres, several consoles on one database, and an old history.</summary>
[Trait("Category", "Integration")]
public sealed class PostgresFailureTests(EmbeddedStoreFixture fixture) : IClassFixture<EmbeddedStoreFixture>
{
    /// <summary>The statement's end tells it from "READ COMMITTED".</summary>
    private const string Commit = "COMMIT\0";

    private readonly CancellationToken _ct = new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;
    private readonly string _key = $"/failure/{Guid.NewGuid():N}";

    [Fact]
    public async Task TxnAsync_AnswerToCommitLost_IsAmbiguousAndSentOnce()
    {
        await using var proxy = new CuttingProxy((await PostgresServer.SharedAsync()).Port);
        await using var dataSource = Through(proxy);
        using var store = new PostgresConfigStore(dataSource, new PostgresConfigStoreOptions());
        await store.GetAsync(_key, _ct);
        proxy.CutAnswerTo(Commit);

        await Assert.ThrowsAsync<ConfigTxnAmbiguousException>(() => store.TxnAsync(Put(), _ct));

        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(1, (await fixture.Store.GetAsync(_key, _ct))!.Version);
    }

    [Fact]
    public async Task TxnAsync_CommitLost_IsAmbiguousAndChangesNothing()
    {
        await using var proxy = new CuttingProxy((await PostgresServer.SharedAsync()).Port);
        await using var dataSource = Through(proxy);
        using var store = new PostgresConfigStore(dataSource, new PostgresConfigStoreOptions());
        await store.GetAsync(_key, _ct);
        proxy.CutRequest(Commit);

        await Assert.ThrowsAsync<ConfigTxnAmbiguousException>(() => store.TxnAsync(Put(), _ct));

        Assert.Equal(1, proxy.Cuts);
        Assert.Null(await fixture.Store.GetAsync(_key, _ct));
    }

    [Fact]
    public async Task TxnAsync_CutBeforeCommit_IsUnavailableAndChangesNothing()
    {
        await using var proxy = new CuttingProxy((await PostgresServer.SharedAsync()).Port);
        await using var dataSource = Through(proxy);
        using var store = new PostgresConfigStore(dataSource, new PostgresConfigStoreOptions());
        await store.GetAsync(_key, _ct);
        proxy.CutAnswerTo("config_store.entries");

        await Assert.ThrowsAsync<ConfigStoreUnavailableException>(() => store.TxnAsync(Put(), _ct));

        Assert.Null(await fixture.Store.GetAsync(_key, _ct));
    }

    [Fact]
    public async Task WatchAsync_ListenerTerminated_GoesOnWithoutGapOrRepeat()
    {
        var from = (await fixture.Store.TxnAsync(Put(), _ct)).Revision;
        await using var watch = new WatchRecorder(fixture.Store, _key, from);
        var expected = new List<long> { from };
        for (var i = 0; i < 3; i++)
        {
            await watch.WaitForAsync(expected.Count, _ct);
            await using (var command = fixture.DataSource.CreateCommand(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"))
                await command.ExecuteNonQueryAsync(_ct);
            expected.Add(await PutWhenPossibleAsync());
        }

        await watch.WaitForAsync(expected.Count, _ct);

        Assert.Equal(expected, watch.Events.Select(change => change.Revision));
    }

    [Fact]
    public async Task WatchAsync_WithoutNotification_IsFoundByPolling()
    {
        var from = (await fixture.Store.TxnAsync(Put(), _ct)).Revision + 1;
        await using var watch = new WatchRecorder(fixture.Store, _key, from);
        await watch.WaitUntilAsync(recorder => recorder.Batches.Count > 0, _ct);

        await using (var command = fixture.DataSource.CreateCommand($"""
            WITH next AS (UPDATE config_store.meta SET revision = revision + 1 RETURNING revision)
            INSERT INTO config_store.events SELECT revision, 0, '{_key}', 'x', revision, 1, 0 FROM next
            """))
            await command.ExecuteNonQueryAsync(_ct);

        Assert.Equal([$"{from} =x v1"], await watch.WaitForAsync(1, _ct));
    }

    [Fact]
    public async Task TxnAsync_TwoConsolesOnOneDatabase_ShareRevisionsAndLeases()
    {
        await using var dataSource = NpgsqlDataSource.Create(fixture.DataSource.ConnectionString);
        using var other = new PostgresConfigStore(dataSource, new PostgresConfigStoreOptions());
        var lease = await other.GrantLeaseAsync(TimeSpan.FromMinutes(1), _ct);
        var put = await fixture.Store.TxnAsync(new ConfigTxn([], [ConfigOperation.Put(_key, "1"u8.ToArray(), lease)]), _ct);

        var conflict = await other.TxnAsync(new ConfigTxn([new(_key, 0)], [ConfigOperation.Delete(_key)]), _ct);
        await other.RevokeLeaseAsync(lease, _ct);

        Assert.False(conflict.Succeeded);
        Assert.Equal(put.Revision, conflict.Revision);
        Assert.Null(await fixture.Store.GetAsync(_key, _ct));
    }

    [Fact]
    public async Task EnsureSchemaAsync_SeveralAtOnce_CreatesItOnce()
    {
        await using var dataSource = NpgsqlDataSource.Create(await (await PostgresServer.SharedAsync()).CreateDatabaseAsync());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostgresConfigStore.EnsureSchemaAsync(dataSource, _ct)));

        using var store = new PostgresConfigStore(dataSource, new PostgresConfigStoreOptions());
        Assert.Equal(1, (await store.RangeAsync("", _ct)).Revision);
        Assert.Equal(2, (await store.TxnAsync(Put(), _ct)).Revision);
    }

    [Fact]
    public async Task TxnAsync_MoreRevisionsThanKept_CompactsTheOldest()
    {
        await using var dataSource = NpgsqlDataSource.Create(await (await PostgresServer.SharedAsync()).CreateDatabaseAsync());
        using var store = new PostgresConfigStore(dataSource, new PostgresConfigStoreOptions { KeepRevisions = 100 });
        for (var i = 0; i < 250; i++)
            await store.TxnAsync(Put(), _ct);

        await using var old = new WatchRecorder(store, _key, 100);
        var failure = await Assert.ThrowsAsync<ConfigCompactedException>(() => old.WaitForAsync(1, _ct));
        await using var kept = new WatchRecorder(store, _key, failure.CompactRevision);

        Assert.Equal(251 - failure.CompactRevision + 1, (await kept.WaitForAsync(100, _ct)).Count);
        Assert.Equal(250, (await store.GetAsync(_key, _ct))!.Version);
    }

    private NpgsqlDataSource Through(CuttingProxy proxy)
    {
        var settings = new NpgsqlConnectionStringBuilder(fixture.DataSource.ConnectionString) { Port = proxy.Port };
        return NpgsqlDataSource.Create(settings.ConnectionString);
    }

    private ConfigTxn Put() => new([], [ConfigOperation.Put(_key, "1"u8.ToArray())]);

    private async Task<long> PutWhenPossibleAsync()
    {
        while (true)
        {
            try
            {
                return (await fixture.Store.TxnAsync(Put(), _ct)).Revision;
            }
            catch (ConfigStoreUnavailableException)
            {
                // The pool still holds connections that were terminated.
            }
        }
    }
}
