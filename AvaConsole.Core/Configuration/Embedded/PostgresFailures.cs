using System.Net.Sockets;
using Npgsql;

namespace AvaConsole.Core.Configuration.Embedded;

internal static class PostgresFailures
{
    /// <summary>Everything by which a database does not do what it was asked to.</summary>
    public static bool IsOutage(Exception failure) =>
        failure is NpgsqlException or SocketException or IOException or TimeoutException or ObjectDisposedException;

    /// <summary>Turns an outage before any commit into the contract's exception.</summary>
    public static async Task<T> AsUnavailable<T>(Func<Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception outage) when (IsOutage(outage))
        {
            ct.ThrowIfCancellationRequested();
            throw new ConfigStoreUnavailableException("The embedded configuration store's database did not answer.", outage);
        }
    }
}
