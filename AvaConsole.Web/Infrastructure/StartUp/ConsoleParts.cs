using AvaConsole.Core.Common;
using AvaConsole.Web.Infrastructure.EmbeddedPostgres;
using Npgsql;

namespace AvaConsole.Web.Infrastructure.StartUp;

/// <summary>What lives around the services: the held data directory, the master key and PostgreSQL, which starts while they are built.</summary>
public sealed class ConsoleParts : IAsyncDisposable
{
    private readonly DataDirectoryLock _lock;
    private readonly EmbeddedPostgresServer? _postgres;

    private ConsoleParts(StartUpSettings settings, DataDirectoryLock held, SecretBox secrets, EmbeddedPostgresServer? postgres)
    {
        (Settings, _lock, Secrets, _postgres) = (settings, held, secrets, postgres);
        ConnectionString = postgres?.ConnectionString ?? settings.PostgresConnectionString!;
        Database = NpgsqlDataSource.Create(ConnectionString);
    }

    public StartUpSettings Settings { get; }

    public SecretBox Secrets { get; }

    /// <summary>Holds the password: for the job store only, everything else takes <see cref="Database"/>.</summary>
    public string ConnectionString { get; }

    public NpgsqlDataSource Database { get; }

    /// <summary>Completes when the embedded PostgreSQL ended; never where there is none.</summary>
    public Task PostgresExited => _postgres?.Exited ?? Task.Delay(Timeout.Infinite);

    public string LastPostgresLine => _postgres?.LastLine ?? "";

    /// <exception cref="StartUpException">Says what to do.</exception>
    public static async Task<ConsoleParts> OpenAsync(IConfiguration configuration, CancellationToken ct)
    {
        var settings = new StartUpSettingsReader(configuration).Read();
        ListenProbe.Check(settings.Urls);
        NativeParts.Check();
        var held = DataDirectoryLock.Acquire(settings.Data);
        try
        {
            var secrets = new MasterKey(settings).Open();
            var postgres = settings.IsPostgresEmbedded ? await EmbeddedPostgresServer.LaunchAsync(settings.Data, ct) : null;
            return new ConsoleParts(settings, held, secrets, postgres);
        }
        catch (Exception exception)
        {
            held.Dispose();
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw new StartUpException(ExitCodes.Unavailable, StartUpFailures.DescribeData(settings.Data.Root, exception));
            }

            throw;
        }
    }

    /// <summary>Waits for PostgreSQL and shows that it lets us in.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken ct)
    {
        if (_postgres is not null) await _postgres.WaitUntilReadyAsync(ct);
        await using var connection = await Database.OpenConnectionAsync(ct);
        if (connection.PostgreSqlVersion.Major < 14)
        {
            throw new StartUpException(ExitCodes.Unavailable, $"PostgreSQL {connection.PostgreSqlVersion} is too old: the console needs 14 or newer.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        _lock.Dispose();
    }
}

internal static class ConsolePartsServiceCollectionExtensions
{
    public static IServiceCollection AddConsoleParts(this IServiceCollection services, ConsoleParts parts) => services
        .AddSingleton(parts.Settings)
        .AddSingleton(parts.Settings.Data)
        .AddSingleton(parts.Secrets)
        .AddSingleton(parts.Database)
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IConsoleAddress, ConsoleAddress>();
}
