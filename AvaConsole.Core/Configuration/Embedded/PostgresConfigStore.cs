using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AvaConsole.Core.Configuration.Embedded;

/// <summary>
/// The live configuration in tables of the console's own Postgres, with etcd's semantics: the default where no etcd is set up.
/// Several consoles may share one database. Leases run by the database's clock.
/// </summary>
public sealed class PostgresConfigStore(
    NpgsqlDataSource dataSource, PostgresConfigStoreOptions options, ILogger<PostgresConfigStore>? logger = null) : IConfigStore, IDisposable
{
    private readonly ILogger _logger = logger ?? NullLogger<PostgresConfigStore>.Instance;
    private readonly SemaphoreSlim _schemaLock = new(1, 1);
    private volatile bool _hasSchema;

    public string Kind => "embedded";

    internal TimeSpan PollInterval => TimeSpan.FromMilliseconds(options.PollMilliseconds);

    /// <summary>Creates what is missing of the store's tables. Safe to call from several consoles at once; the store calls it before its first use.</summary>
    public static async Task EnsureSchemaAsync(NpgsqlDataSource dataSource, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        await using var connection = await dataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        // Two statements: IF NOT EXISTS must look after the lock was taken.
        foreach (var sql in new[] { PostgresConfigSql.LockSchema, PostgresConfigSql.CreateSchema })
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }

        await transaction.CommitAsync(ct).ConfigureAwait(false);
    }

    public Task<ConfigRange> RangeAsync(string prefix, CancellationToken ct)
    {
        _ = ConfigStoreLimits.EncodePrefix(prefix);
        return ReadAsync(PostgresConfigSql.Range, prefix, ct);
    }

    public async Task<ConfigEntry?> GetAsync(string key, CancellationToken ct)
    {
        _ = ConfigStoreLimits.EncodeKey(key);
        var range = await ReadAsync(PostgresConfigSql.Get, key, ct).ConfigureAwait(false);
        return range.Entries.Count == 0 ? null : range.Entries[0];
    }

    public Task<ConfigTxnResult> TxnAsync(ConfigTxn txn, CancellationToken ct)
    {
        ConfigStoreLimits.Check(txn);
        return WriteAsync(async writer =>
        {
            var holds = await writer.HoldsAsync(txn.Compares, ct).ConfigureAwait(false);
            if (holds)
            {
                await writer.RequireLeasesAsync(txn.Operations, ct).ConfigureAwait(false);
                await writer.ApplyAsync(txn.Operations, ct).ConfigureAwait(false);
            }

            return new ConfigTxnResult(holds, writer.Revision);
        }, ct);
    }

    public async IAsyncEnumerable<ConfigWatchBatch> WatchAsync(
        string prefix, long fromRevision, [EnumeratorCancellation] CancellationToken ct)
    {
        _ = ConfigStoreLimits.EncodePrefix(prefix);
        await using var watcher = new PostgresConfigWatcher(this, prefix, fromRevision, _logger);
        while (true)
            yield return await watcher.NextAsync(ct).ConfigureAwait(false);
    }

    public Task<long> GrantLeaseAsync(TimeSpan timeToLive, CancellationToken ct)
    {
        var seconds = ConfigStoreLimits.LeaseSeconds(timeToLive);
        return PostgresFailures.AsUnavailable(async () =>
        {
            await using var connection = await OpenAsync(ct).ConfigureAwait(false);
            await using var command = Command(PostgresConfigSql.GrantLease, connection);
            command.Parameters.AddWithValue("seconds", seconds);
            return (long)(await command.ExecuteScalarAsync(ct).ConfigureAwait(false))!;
        }, ct);
    }

    public Task<bool> KeepLeaseAliveAsync(long leaseId, CancellationToken ct) => PostgresFailures.AsUnavailable(async () =>
    {
        await using var connection = await OpenAsync(ct).ConfigureAwait(false);
        await using var command = Command(PostgresConfigSql.RenewLease, connection);
        command.Parameters.AddWithValue("lease", leaseId);
        return await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false) == 1;
    }, ct);

    public async Task RevokeLeaseAsync(long leaseId, CancellationToken ct) =>
        await WriteRepeatableAsync(writer => writer.DeleteLeaseAsync(leaseId, ct), ct).ConfigureAwait(false);

    /// <summary>Forgets the changes up to and including <paramref name="revision"/>; current entries stay.</summary>
    public async Task CompactAsync(long revision, CancellationToken ct) =>
        await WriteRepeatableAsync(writer => writer.CompactAsync(revision, ct), ct).ConfigureAwait(false);

    public void Dispose() => _schemaLock.Dispose();

    /// <summary>Deletes the keys of expired leases. Any read or write does it too, and so does a watch while it waits.</summary>
    internal async Task SweepAsync(CancellationToken ct) =>
        await WriteRepeatableAsync(_ => Task.CompletedTask, ct).ConfigureAwait(false);

    internal NpgsqlCommand Command(string sql, NpgsqlConnection connection) => new(sql, connection) { CommandTimeout = options.TimeoutSeconds };

    internal async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        if (!_hasSchema)
            await EnsureSchemaOnceAsync(ct).ConfigureAwait(false);
        return await dataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
    }

    private async Task EnsureSchemaOnceAsync(CancellationToken ct)
    {
        await _schemaLock.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (!_hasSchema)
                await EnsureSchemaAsync(dataSource, ct).ConfigureAwait(false);
            _hasSchema = true;
        }
        finally
        {
            _schemaLock.Release();
        }
    }

    private Task<ConfigRange> ReadAsync(string sql, string first, CancellationToken ct) => PostgresFailures.AsUnavailable(async () =>
    {
        while (true)
        {
            var (range, hasExpired) = await ReadOnceAsync(sql, first, ct).ConfigureAwait(false);
            if (!hasExpired)
                return range;
            await SweepAsync(ct).ConfigureAwait(false);
        }
    }, ct);

    private async Task<(ConfigRange Range, bool HasExpired)> ReadOnceAsync(string sql, string first, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct).ConfigureAwait(false);
        await using var command = Command(sql, connection);
        PostgresConfigRead.AddRange(command.Parameters, first);
        return await PostgresConfigRead.RangeAsync(command, ct).ConfigureAwait(false);
    }

    private Task<T> WriteAsync<T>(Func<PostgresConfigWriter, Task<T>> write, CancellationToken ct) => PostgresFailures.AsUnavailable(async () =>
    {
        if (!_hasSchema)
            await EnsureSchemaOnceAsync(ct).ConfigureAwait(false);
        await using var writer = await PostgresConfigWriter.BeginAsync(dataSource, options, ct).ConfigureAwait(false);
        var result = await write(writer).ConfigureAwait(false);
        await writer.CommitAsync(ct).ConfigureAwait(false);
        return result;
    }, ct);

    /// <summary>For writes that do no harm when repeated: an unknown outcome counts as an outage.</summary>
    private async Task WriteRepeatableAsync(Func<PostgresConfigWriter, Task> write, CancellationToken ct)
    {
        try
        {
            await WriteAsync(async writer =>
            {
                await write(writer).ConfigureAwait(false);
                return true;
            }, ct).ConfigureAwait(false);
        }
        catch (ConfigTxnAmbiguousException lost)
        {
            throw new ConfigStoreUnavailableException("The embedded configuration store's database did not answer.", lost);
        }
    }
}
