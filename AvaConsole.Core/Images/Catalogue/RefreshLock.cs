using Npgsql;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>A registry's refresh is one console's; the lock lives as long as the connection that it was taken by.</summary>
internal sealed class RefreshLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly long _key;

    private RefreshLock(NpgsqlConnection connection, long key) => (_connection, _key) = (connection, key);

    /// <summary>Null where another has it.</summary>
    public static async Task<RefreshLock?> TryTakeAsync(NpgsqlDataSource database, Guid registryId, CancellationToken ct)
    {
        // The half of the id that is random.
        var key = BitConverter.ToInt64(registryId.ToByteArray(), 8);
        var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        try
        {
            if (await AskAsync(connection, "SELECT pg_try_advisory_lock($1)", key, ct).ConfigureAwait(false)) return new RefreshLock(connection, key);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await connection.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // A connection goes back to its pool with the lock unless it is let go.
            await AskAsync(_connection, "SELECT pg_advisory_unlock($1)", _key, CancellationToken.None).ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            // The connection is gone, and the lock with it.
        }

        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string question, long key, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(question, connection) { Parameters = { new NpgsqlParameter { Value = key } } };
        return await command.ExecuteScalarAsync(ct).ConfigureAwait(false) is true;
    }
}
