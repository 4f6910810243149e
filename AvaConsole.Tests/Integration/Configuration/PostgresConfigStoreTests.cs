using AvaConsole.Core.Configuration;
using AvaConsole.Core.Configuration.Embedded;
using AvaConsole.Tests.Support;
using Npgsql;

namespace AvaConsole.Tests.Integration.Configuration;

[Trait("Category", "Integration")]
public sealed class PostgresConfigStoreTests(PostgresConfigStoreTests.Server server) : ConfigStoreContractTests, IClassFixture<PostgresConfigStoreTests.Server>
{
    protected override Task<IConfigStore> CreateStoreAsync() => Task.FromResult<IConfigStore>(CreateStore(server.DataSource));

    protected override IConfigStore CreateUnreachableStore() =>
        CreateStore(NpgsqlDataSource.Create($"Host=127.0.0.1;Port={FreePort.Next()};Username=nobody;Timeout=5"));

    protected override async Task CompactAsync(long revision)
    {
        using var store = CreateStore(server.DataSource);
        await store.CompactAsync(revision, Ct);
    }

    protected override Task StopServerAsync() => server.Postgres.StopAsync();

    protected override Task StartServerAsync() => server.Postgres.StartAgainAsync();

    private static PostgresConfigStore CreateStore(NpgsqlDataSource dataSource) =>
        new(dataSource, new PostgresConfigStoreOptions { PollMilliseconds = 100 });

    /// <summary>Not the run's shared one: these tests restart it.</summary>
    public sealed class Server : IAsyncLifetime
    {
        public PostgresServer Postgres { get; private set; } = null!;

        public NpgsqlDataSource DataSource { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Postgres = await PostgresServer.StartAsync();
            DataSource = NpgsqlDataSource.Create(await Postgres.CreateDatabaseAsync());
        }

        public async Task DisposeAsync()
        {
            await DataSource.DisposeAsync();
            await Postgres.DisposeAsync();
        }
    }
}
