using Microsoft.Extensions.Logging;
using Npgsql;

namespace AvaConsole.Core.Configuration.Embedded;

/// <summary>
/// Reads a prefix's changes from the history. Notifications only say when to look: one that is lost costs a poll interval,
/// never a change.
/// </summary>
internal sealed class PostgresConfigWatcher(PostgresConfigStore store, string prefix, long fromRevision, ILogger logger) : IAsyncDisposable
{
    private const int RevisionsAtOnce = 1000;
    private static readonly TimeSpan s_firstRetry = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_lastRetry = TimeSpan.FromSeconds(2);

    private long _delivered = fromRevision >= 1 ? fromRevision - 1 : throw new ArgumentOutOfRangeException(nameof(fromRevision));
    private long _seen;
    private bool _hasMore = true;
    private volatile bool _notified;
    private TimeSpan _retry = s_firstRetry;
    private NpgsqlConnection? _connection;

    public async Task<ConfigWatchBatch> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                _connection ??= await ListenAsync(ct).ConfigureAwait(false);
                if (!_hasMore && !_notified)
                    await _connection.WaitAsync(store.PollInterval, ct).ConfigureAwait(false);
                var batch = await ReadAsync(_connection, ct).ConfigureAwait(false);
                _retry = s_firstRetry;
                return batch;
            }
            catch (Exception lost) when (PostgresFailures.IsOutage(lost) || lost is ConfigStoreUnavailableException)
            {
                await CloseAsync().ConfigureAwait(false);
                ct.ThrowIfCancellationRequested();
                logger.LogDebug(lost, "The watch is reconnected from revision {Revision}.", _delivered + 1);
                await Task.Delay(_retry, ct).ConfigureAwait(false);
                _retry = _retry * 2 < s_lastRetry ? _retry * 2 : s_lastRetry;
            }
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync().ConfigureAwait(false);

    private async Task<NpgsqlConnection> ListenAsync(CancellationToken ct)
    {
        // Changes made before the LISTEN are found by the first look, which follows it.
        _hasMore = true;
        var connection = await store.OpenAsync(ct).ConfigureAwait(false);
        // A notification may also come along with the answer to a look that was too early to see the change.
        connection.Notification += (_, _) => _notified = true;
        try
        {
            await using var command = store.Command("LISTEN " + PostgresConfigSql.Channel, connection);
            await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<ConfigWatchBatch> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        _notified = false;
        await using var command = store.Command(PostgresConfigSql.Events, connection);
        command.Parameters.AddWithValue("after", _delivered);
        command.Parameters.AddWithValue("limit", (long)RevisionsAtOnce);
        PostgresConfigRead.AddRange(command.Parameters, prefix);
        var changes = await PostgresConfigRead.ChangesAsync(command, ct).ConfigureAwait(false);

        // A revision below one already seen means that an older copy of the database was restored.
        if (_delivered < changes.Compacted || changes.StoreRevision < _seen)
            throw new ConfigCompactedException(Math.Min(changes.Compacted, changes.StoreRevision) + 1);
        if (changes.HasExpired)
            await store.SweepAsync(ct).ConfigureAwait(false);

        _seen = changes.StoreRevision;
        _delivered = Math.Max(_delivered, Math.Min(changes.StoreRevision, _delivered + RevisionsAtOnce));
        _hasMore = changes.HasExpired || _delivered < changes.StoreRevision;
        return new ConfigWatchBatch(changes.Events, _delivered);
    }

    private async Task CloseAsync()
    {
        var connection = _connection;
        _connection = null;
        if (connection is not null)
            await connection.DisposeAsync().ConfigureAwait(false);
    }
}
