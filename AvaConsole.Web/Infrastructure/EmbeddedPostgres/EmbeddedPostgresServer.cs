using AvaConsole.Core.Common;
using Npgsql;

namespace AvaConsole.Web.Infrastructure.EmbeddedPostgres;

/// <summary>
/// A private PostgreSQL in the data directory: it starts while the console builds its services, listens on a Unix socket only, and
/// stops with the console.
/// </summary>
public sealed class EmbeddedPostgresServer : IAsyncDisposable
{
    private readonly DataDirectory _data;
    private readonly PostgresProcess _process;

    private EmbeddedPostgresServer(DataDirectory data, PostgresProcess process, string connectionString) =>
        (_data, _process, ConnectionString) = (data, process, connectionString);

    public string ConnectionString { get; }

    /// <summary>Completes when the server ended; an end before the console's own is a failure.</summary>
    public Task Exited => _process.Exited;

    /// <summary>Prepares the data folder on the first start and launches the server; does not wait until it answers.</summary>
    /// <exception cref="StartUp.StartUpException">Says what to do.</exception>
    public static async Task<EmbeddedPostgresServer> LaunchAsync(DataDirectory data, CancellationToken ct)
    {
        var binaries = PostgresBinaries.Find();
        var user = PostgresUser.Choose(data, binaries);
        var password = await new PostgresCluster(data, binaries, user).EnsureAsync(ct);
        await new PostmasterPid(data.Postgres).ClearAsync(ct);
        var socket = PostgresSocket.Prepare(data);
        var process = PostgresProcess.Start(user.WrapServer(
            binaries.Server, "-D", data.Postgres, "-k", socket, "-p", "5432",
            "-c", "listen_addresses=", "-c", "unix_socket_permissions=0700", "-c", "max_connections=100", "-c", "jit=off",
            "-c", "log_destination=stderr", "-c", "logging_collector=off", "-c", "log_statement=none"));
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = socket,
            Port = 5432,
            Username = PostgresCluster.UserName,
            Password = password,
            Database = "postgres",
            ApplicationName = "AvaConsole",
            MaxPoolSize = 80,
        };
        return new EmbeddedPostgresServer(data, process, connection.ConnectionString);
    }

    /// <exception cref="StartUp.StartUpException">It ended instead, for the reason given.</exception>
    public Task WaitUntilReadyAsync(CancellationToken ct) => _process.WaitUntilReadyAsync(_data.Root, ct);

    /// <summary>The server's last message.</summary>
    public string LastLine => _process.LastLine;

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _process.StopAsync();
        PostgresSocket.Remove(_data);
    }
}
