using System.Net.Sockets;
using Npgsql;

namespace AvaConsole.Web.Infrastructure.StartUp;

/// <summary>Turns the failures that a start may meet into one line that says what to do.</summary>
internal static class StartUpFailures
{
    private const int NoSpace = 28;
    private const int WouldBlock = 11;
    private const string NoSpaceText = "No space left on device";

    public static bool IsNoSpace(Exception exception) => exception.HResult == NoSpace || IsNoSpace(exception.Message);

    // PostgreSQL's words for a write that was cut short are "wrote only 4096 of 8192 bytes".
    public static bool IsNoSpace(string output) =>
        output.Contains(NoSpaceText, StringComparison.Ordinal) || output.Contains(": wrote only ", StringComparison.Ordinal);

    public static bool IsLocked(IOException exception) => exception.HResult == WouldBlock;

    public static string DiskFull(string path) => $"The disk that holds {path} is full. Free at least 500 MB, or choose another directory with --data DIR.";

    public static string DescribeData(string root, Exception exception) => exception switch
    {
        _ when IsNoSpace(exception) => DiskFull(root),
        UnauthorizedAccessException => $"The data directory {root} cannot be read and written by user {Environment.UserName}. Change its owner, or choose another with --data DIR.",
        _ => $"The data directory {root} cannot be used ({Shorten(exception.Message)}). Choose another with --data DIR.",
    };

    /// <summary>Null where it is none of the failures known here.</summary>
    public static string? Describe(Exception exception, StartUpSettings settings)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (IsNoSpace(cause)) return DiskFull(settings.Data.Root);
            if (cause is PostgresException refused) return DescribePostgres(refused, settings);
            if (cause is NpgsqlException) return DescribeConnection(cause, settings);
        }

        return null;
    }

    /// <summary>Kestrel's failures to listen; null where it is something else.</summary>
    public static string? DescribeListening(Exception exception, IReadOnlyList<string> urls)
    {
        var where = string.Join(", ", urls);
        return exception switch
        {
            _ when FindSocketError(exception) is SocketError.AddressAlreadyInUse => $"{where} is taken by another program. Stop it, or listen elsewhere with --urls http://127.0.0.1:PORT.",
            _ when FindSocketError(exception) is SocketError.AccessDenied => $"{where}: this user may not listen on that port. Choose one above 1023 with --urls http://127.0.0.1:PORT.",
            _ when FindSocketError(exception) is SocketError.AddressNotAvailable => $"{where} is not an address of this machine. Choose one with --urls http://127.0.0.1:PORT.",
            IOException or InvalidOperationException => $"Cannot listen on {where}: {Shorten(exception.Message)}",
            _ => null,
        };
    }

    private static SocketError? FindSocketError(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException!)
        {
            if (cause is SocketException socket) return socket.SocketErrorCode;
        }

        return null;
    }

    private static string? DescribePostgres(PostgresException refused, StartUpSettings settings) => refused.SqlState switch
    {
        PostgresErrorCodes.DiskFull => settings.IsPostgresEmbedded ? DiskFull(settings.Data.Root) : "PostgreSQL's disk is full. Free some space there.",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            settings.IsPostgresEmbedded
                ? $"The embedded PostgreSQL refuses the password in {settings.Data.Keys}. Restore that folder together with {settings.Data.Postgres}."
                : "PostgreSQL refuses the user name or password of ConnectionStrings:Postgres.",
        PostgresErrorCodes.InvalidCatalogName => $"PostgreSQL has no database \"{Database(settings)}\". Create it, or name another in ConnectionStrings:Postgres.",
        PostgresErrorCodes.InsufficientPrivilege => $"PostgreSQL lets the user create no tables in \"{Database(settings)}\": {refused.MessageText}. Make it the database's owner.",
        PostgresErrorCodes.TooManyConnections => "PostgreSQL has no connection left. Raise max_connections there, or stop another client.",
        PostgresErrorCodes.CannotConnectNow => "PostgreSQL is still starting or shutting down. Try again in a moment.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "PostgreSQL is read-only (a replica?). ConnectionStrings:Postgres must name the primary.",
        _ => null,
    };

    private static string DescribeConnection(Exception exception, StartUpSettings settings)
    {
        if (settings.IsPostgresEmbedded) return $"The embedded PostgreSQL does not answer: {Shorten(exception.Message)}";
        var target = new NpgsqlConnectionStringBuilder(settings.PostgresConnectionString);
        var why = FindSocketError(exception) switch
        {
            SocketError.ConnectionRefused => "nothing listens there",
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name is unknown",
            SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable => "the host cannot be reached",
            _ when exception.InnerException is TimeoutException => "it did not answer in time",
            _ => Shorten(exception.Message),
        };
        return $"PostgreSQL at {target.Host}:{target.Port} cannot be used: {why}. Check ConnectionStrings:Postgres.";
    }

    private static string? Database(StartUpSettings settings) =>
        new NpgsqlConnectionStringBuilder(settings.PostgresConnectionString) is { Database: { Length: > 0 } name } ? name : "postgres";

    private static string Shorten(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
