using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AvaConsole.Core.Data;

internal static class DatabaseErrors
{
    /// <summary>Somebody else was first with a value that must be unique.</summary>
    public static bool IsUniqueViolation(this DbUpdateException exception) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
