namespace AvaConsole.Core.Configuration.Etcd;

/// <param name="Quiet">A stream silent for this long is checked with a read on the same server. etcd itself may be silent for 10 minutes.</param>
/// <param name="Reopen">A stream silent for this long is opened anew, even where the server answers reads.</param>
/// <param name="FirstRetry">Wait before the first attempt to reconnect; doubled up to <paramref name="LastRetry"/>.</param>
internal sealed record EtcdWatchTimes(TimeSpan Quiet, TimeSpan Reopen, TimeSpan FirstRetry, TimeSpan LastRetry)
{
    public static readonly EtcdWatchTimes Default = new(
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2));
}
