using AvaConsole.Core.Configuration.Embedded;
using AvaConsole.Tests.Support;
using Npgsql;

namespace AvaConsole.Tests.Integration.Configuration;

/// <summary>An embedded store in a database of its own.</summary>
public sealed class EmbeddedStoreFixture : IAsyncLifetime
{
    public NpgsqlDataSource DataSource { get; private set; } = null!;

    public PostgresConfigStore Store { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var server = await PostgresServer.SharedAsync();
        DataSource = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());
        Store = new PostgresConfigStore(DataSource, new PostgresConfigStoreOptions { PollMilliseconds = 100 });
    }

    public async Task DisposeAsync()
    {
        Store.Dispose();
        await DataSource.DisposeAsync();
    }
}
