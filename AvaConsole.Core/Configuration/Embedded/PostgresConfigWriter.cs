using Npgsql;

namespace AvaConsole.Core.Configuration.Embedded;

/// <summary>
/// One database transaction that holds the lock on the revision. Writers are thus serialised: whoever sees revision N sees
/// every change up to N, and commit order is revision order.
/// </summary>
internal sealed class PostgresConfigWriter : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly PostgresConfigStoreOptions _options;
    private readonly long _first;
    private bool _changed;

    private PostgresConfigWriter(NpgsqlConnection connection, NpgsqlTransaction transaction, PostgresConfigStoreOptions options, long revision)
    {
        _connection = connection;
        _transaction = transaction;
        _options = options;
        Revision = _first = revision;
    }

    /// <summary>The newest revision, those of this transaction included.</summary>
    public long Revision { get; private set; }

    /// <summary>Takes the lock and deletes what expired meanwhile.</summary>
    public static async Task<PostgresConfigWriter> BeginAsync(NpgsqlDataSource dataSource, PostgresConfigStoreOptions options, CancellationToken ct)
    {
        var connection = await dataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
        try
        {
            var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
            await using var locking = new NpgsqlCommand(PostgresConfigSql.LockMeta, connection) { CommandTimeout = options.TimeoutSeconds };
            var revision = (long)(await locking.ExecuteScalarAsync(ct).ConfigureAwait(false))!;
            var writer = new PostgresConfigWriter(connection, transaction, options, revision);
            await writer.SweepAsync(ct).ConfigureAwait(false);
            return writer;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<bool> HoldsAsync(IReadOnlyList<ConfigCompare> compares, CancellationToken ct)
    {
        if (compares.Count == 0)
            return true;
        await using var command = Command(PostgresConfigSql.CompareAll);
        command.Parameters.AddWithValue("keys", compares.Select(compare => compare.Key).ToArray());
        command.Parameters.AddWithValue("revisions", compares.Select(compare => compare.ModRevision).ToArray());
        return (long)(await command.ExecuteScalarAsync(ct).ConfigureAwait(false))! == 0;
    }

    public async Task RequireLeasesAsync(IEnumerable<ConfigOperation> operations, CancellationToken ct)
    {
        var ids = operations.Where(operation => operation.Value is not null && operation.LeaseId != 0)
            .Select(operation => operation.LeaseId).Distinct().ToArray();
        if (ids.Length == 0)
            return;
        await using var command = Command(PostgresConfigSql.CountLeases);
        command.Parameters.AddWithValue("ids", ids);
        if ((long)(await command.ExecuteScalarAsync(ct).ConfigureAwait(false))! != ids.Length)
            throw new ConfigLeaseLostException();
    }

    /// <summary>Applies all at the next revision, which is not used up where nothing changes.</summary>
    public async Task ApplyAsync(IReadOnlyList<ConfigOperation> operations, CancellationToken ct)
    {
        if (operations.Count == 0)
            return;
        await using var batch = new NpgsqlBatch(_connection, _transaction) { Timeout = _options.TimeoutSeconds };
        for (var i = 0; i < operations.Count; i++)
            batch.BatchCommands.Add(ToCommand(operations[i], Revision + 1, i));
        Count(await batch.ExecuteNonQueryAsync(ct).ConfigureAwait(false));
    }

    public async Task DeleteLeaseAsync(long leaseId, CancellationToken ct)
    {
        await using var command = Command(PostgresConfigSql.DeleteLease);
        command.Parameters.AddWithValue("lease", leaseId);
        _changed = await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false) > 0 || _changed;
        await DeleteLeasedAsync(leaseId, ct).ConfigureAwait(false);
    }

    public async Task CompactAsync(long revision, CancellationToken ct)
    {
        await using var command = Command(PostgresConfigSql.Compact);
        command.Parameters.AddWithValue("revision", revision);
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        _changed = true;
    }

    /// <exception cref="ConfigTxnAmbiguousException">The answer to the commit was lost.</exception>
    public async Task CommitAsync(CancellationToken ct)
    {
        // Nothing to commit, so nothing whose outcome could be unknown.
        if (!_changed)
            return;
        if (Revision != _first)
            await PublishRevisionAsync(ct).ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();
        try
        {
            // Not cancellable: that would only make the outcome unknown. The command timeout limits it.
            await _transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception lost) when (PostgresFailures.IsOutage(lost))
        {
            // Also where the server answered with an error: one that shuts down may do so after the commit.
            throw new ConfigTxnAmbiguousException("The answer to a commit was lost.", lost);
        }
    }

    /// <summary>Without a commit before, nothing was changed.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _transaction.DisposeAsync().ConfigureAwait(false);
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (PostgresFailures.IsOutage(failure))
        {
            // The outcome is already known, or already reported as unknown; a failed roll-back must not replace it.
        }
    }

    private static NpgsqlBatchCommand ToCommand(ConfigOperation operation, long revision, int ordinal)
    {
        var command = new NpgsqlBatchCommand(operation.Value is null ? PostgresConfigSql.Delete : PostgresConfigSql.Put);
        command.Parameters.AddWithValue("key", operation.Key);
        command.Parameters.AddWithValue("revision", revision);
        command.Parameters.AddWithValue("ordinal", ordinal);
        if (operation.Value is { } value)
        {
            command.Parameters.AddWithValue("value", value);
            command.Parameters.AddWithValue("lease", operation.LeaseId);
        }

        return command;
    }

    /// <summary>Each lease ends at a revision of its own, as in etcd.</summary>
    private async Task SweepAsync(CancellationToken ct)
    {
        var expired = new List<long>();
        await using (var command = Command(PostgresConfigSql.DeleteExpiredLeases))
        {
            await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
                expired.Add(reader.GetInt64(0));
        }

        _changed = expired.Count > 0;
        foreach (var lease in expired)
            await DeleteLeasedAsync(lease, ct).ConfigureAwait(false);
    }

    private async Task DeleteLeasedAsync(long lease, CancellationToken ct)
    {
        await using var command = Command(PostgresConfigSql.DeleteLeased);
        command.Parameters.AddWithValue("lease", lease);
        command.Parameters.AddWithValue("revision", Revision + 1);
        Count(await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false));
    }

    private void Count(int events)
    {
        if (events == 0)
            return;
        Revision++;
        _changed = true;
    }

    private async Task PublishRevisionAsync(CancellationToken ct)
    {
        await using (var command = Command(PostgresConfigSql.SetRevision + ";" + PostgresConfigSql.Notify))
        {
            command.Parameters.AddWithValue("revision", Revision);
            await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }

        // Now and then, so that one writer does not pay for many.
        var step = Math.Max(1, _options.KeepRevisions / 100);
        if (Revision / step != _first / step && Revision > _options.KeepRevisions)
            await CompactAsync(Revision - _options.KeepRevisions, ct).ConfigureAwait(false);
    }

    private NpgsqlCommand Command(string sql) => new(sql, _connection, _transaction) { CommandTimeout = _options.TimeoutSeconds };
}
