using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Data;

/// <summary>Brings the database to the newest schema. Several consoles may start at once: one migrates, the others wait.</summary>
public sealed class DatabaseMigrator(IDbContextFactory<AvaDbContext> contexts)
{
    // Any number that nothing else on the server locks; "AvaConsole" in the eye of whoever reads pg_locks.
    private const long LockId = 0x41_76_61_43_6f_6e_73;

    /// <exception cref="Npgsql.NpgsqlException">The database does not answer or refuses.</exception>
    public async Task MigrateAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));

        // EF's own lock is on its history table, which two first starts would both create. This one is held by the session,
        // so a console that dies while migrating gives it back.
        await db.Database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({LockId})", ct).ConfigureAwait(false);
        try
        {
            await db.Database.MigrateAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({LockId})", CancellationToken.None).ConfigureAwait(false);
        }
    }
}
