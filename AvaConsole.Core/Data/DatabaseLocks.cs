using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Data;

/// <summary>Locks for rules that span rows (the last administrator, prefixes of commands); held until the transaction ends.</summary>
internal static class DatabaseLocks
{
    public const long Accounts = 0x41_76_61_01;
    public const long Apps = 0x41_76_61_02;
    public const long Publications = 0x41_76_61_03;
    public const long ImageBuilds = 0x41_76_61_05;

    public static Task LockAsync(this AvaDbContext db, long id, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({id})", ct);
}
