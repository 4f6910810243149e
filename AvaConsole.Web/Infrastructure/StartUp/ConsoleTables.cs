using Npgsql;

namespace AvaConsole.Web.Infrastructure.StartUp;

/// <summary>
/// The host's own two tables. They are needed before and beside the entities, so they are no part of the EF model.
/// </summary>
internal static class ConsoleTables
{
    // CREATE TABLE IF NOT EXISTS alone still fails when two consoles run it at the same moment.
    private const string Sql = """
        BEGIN;
        SELECT pg_advisory_xact_lock(4711208816501203);
        CREATE TABLE IF NOT EXISTS master_key_check (id integer PRIMARY KEY CHECK (id = 1), sealed bytea NOT NULL);
        CREATE TABLE IF NOT EXISTS data_protection_keys (name text PRIMARY KEY, xml text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
        COMMIT;
        """;

    public static async Task EnsureAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Sql);
        await command.ExecuteNonQueryAsync(ct);
    }
}
