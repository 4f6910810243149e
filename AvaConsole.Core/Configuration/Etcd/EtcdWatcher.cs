using Microsoft.Extensions.Logging;

namespace AvaConsole.Core.Configuration.Etcd;

/// <summary>Delivers a prefix's changes over as many streams as it takes.</summary>
internal sealed class EtcdWatcher(EtcdClient client, byte[] prefix, long fromRevision, EtcdWatchTimes times, ILogger logger) : IDisposable
{
    /// <summary>Everything up to and including this was delivered (or is not asked for).</summary>
    private long _delivered = fromRevision >= 1 ? fromRevision - 1 : throw new ArgumentOutOfRangeException(nameof(fromRevision));

    private EtcdWatchStream? _stream;
    private TimeSpan _silence;
    private TimeSpan _retry = times.FirstRetry;
    /// <summary>The highest revision that etcd has shown; a caller may ask for one that is yet to come.</summary>
    private long _seen;

    private bool _signedInAnew;

    public async Task<ConfigWatchBatch> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                _stream ??= await OpenAsync(ct).ConfigureAwait(false);
                return await ReceiveAsync(_stream, ct).ConfigureAwait(false);
            }
            catch (Exception lost) when (lost is EtcdUnreachableException or ConfigStoreUnavailableException)
            {
                CloseStream();
                logger.LogDebug(lost, "The watch is reconnected from revision {Revision}.", _delivered + 1);
                await Task.Delay(_retry, ct).ConfigureAwait(false);
                _retry = _retry * 2 < times.LastRetry ? _retry * 2 : times.LastRetry;
            }
            catch (EtcdRefusedException refusal) when (refusal.IsTokenInvalid && !_signedInAnew)
            {
                // etcd 3.4 reports a token that it forgot as a missing permission: only the second time it is one.
                CloseStream();
                client.ForgetToken();
                _signedInAnew = true;
            }
        }
    }

    public void Dispose() => CloseStream();

    /// <summary>
    /// Starts at the last delivered revision, not the one after it, and drops what was delivered: where etcd was compacted
    /// exactly there, it starts without an error but may have lost a deletion of that revision.
    /// </summary>
    private Task<EtcdWatchStream> OpenAsync(CancellationToken ct)
    {
        var create = new EtcdWatchCreate(
            EtcdKeys.RangeStart(prefix), EtcdKeys.RangeEnd(prefix), Math.Max(_delivered, 1), ProgressNotify: true);
        return client.TryEndpointsAsync(async endpoint =>
        {
            var response = await client.OpenStreamAsync(endpoint, "/v3/watch", new EtcdWatchRequest(create), ct).ConfigureAwait(false);
            var body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
            return new EtcdWatchStream(endpoint, response, body);
        }, ct);
    }

    private async Task<ConfigWatchBatch> ReceiveAsync(EtcdWatchStream stream, CancellationToken ct)
    {
        EtcdWatchResponse message;
        try
        {
            message = await stream.ReadAsync(times.Quiet, ct).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return await CheckAsync(stream, ct).ConfigureAwait(false);
        }

        _silence = TimeSpan.Zero;
        _retry = times.FirstRetry;
        if (message.CompactRevision > 0)
            throw new ConfigCompactedException(message.CompactRevision + 1);
        if (message.Canceled)
            throw new EtcdRefusedException(EtcdRefusedException.Unauthenticated, message.CancelReason ?? "The watch was refused.");
        _signedInAnew = false;
        if (message.Events is { Length: > 0 } events)
            return Deliver(events);

        // The header of "created" is the store's revision, up to which nothing was delivered yet; a progress message has caught up.
        if (!message.Created)
            Advance(message.Header.Revision);
        return new ConfigWatchBatch([], _delivered);
    }

    private ConfigWatchBatch Deliver(EtcdEvent[] events)
    {
        var fresh = events.Where(change => change.Kv.ModRevision > _delivered).Select(change => change.ToConfigEvent()).ToList();
        // Not the header's revision: while catching up it is ahead of the events.
        Advance(events[^1].Kv.ModRevision);
        return new ConfigWatchBatch(fresh, _delivered);
    }

    /// <summary>
    /// A quorum read on the stream's own server: it fails where that server is cut off from the others, although the
    /// stream itself would stay open and silent.
    /// </summary>
    private async Task<ConfigWatchBatch> CheckAsync(EtcdWatchStream stream, CancellationToken ct)
    {
        var request = new EtcdRangeRequest(EtcdKeys.RangeStart(prefix), EtcdKeys.RangeEnd(prefix), CountOnly: true);
        var answer = await client.SendToAsync<EtcdRangeResponse>(stream.Endpoint, "/v3/kv/range", request, ct).ConfigureAwait(false);
        // Revisions only grow, unless the store was replaced by an older copy: then nothing delivered so far holds.
        // Only a quorum read can tell; a watch may run on a server that lags behind.
        if (answer.Header.Revision < _seen)
            throw new ConfigCompactedException(answer.Header.Revision + 1);

        _silence += times.Quiet;
        if (_silence >= times.Reopen)
            CloseStream();
        return new ConfigWatchBatch([], _delivered);
    }

    private void Advance(long revision)
    {
        _delivered = Math.Max(_delivered, revision);
        _seen = Math.Max(_seen, revision);
    }

    private void CloseStream()
    {
        _stream?.Dispose();
        _stream = null;
        _silence = TimeSpan.Zero;
    }
}
