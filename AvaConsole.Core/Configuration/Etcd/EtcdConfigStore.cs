using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AvaConsole.Core.Configuration.Etcd;

/// <summary>The live configuration in etcd v3, through its JSON gateway.</summary>
public sealed class EtcdConfigStore : IConfigStore, IDisposable
{
    private const int PageSize = 1000;

    private readonly EtcdClient _client;
    private readonly EtcdWatchTimes _times;
    private readonly ILogger _logger;

    public EtcdConfigStore(EtcdOptions options, ILogger<EtcdConfigStore>? logger = null)
        : this(options, EtcdWatchTimes.Default, logger)
    {
    }

    internal EtcdConfigStore(EtcdOptions options, EtcdWatchTimes times, ILogger<EtcdConfigStore>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.ParseEndpoints().Count == 0)
            throw new ArgumentException("etcd needs at least one endpoint.", nameof(options));
        _client = new EtcdClient(options);
        _times = times;
        _logger = logger ?? NullLogger<EtcdConfigStore>.Instance;
    }

    public string Kind => "etcd";

    public Task<ConfigRange> RangeAsync(string prefix, CancellationToken ct)
    {
        var start = ConfigStoreLimits.EncodePrefix(prefix);
        return RefusalsAsUnavailable(() => ReadPagesAsync(start, ct));
    }

    public Task<ConfigEntry?> GetAsync(string key, CancellationToken ct)
    {
        var request = new EtcdRangeRequest(ConfigStoreLimits.EncodeKey(key));
        return RefusalsAsUnavailable(async () =>
        {
            var answer = await _client.SendAsync<EtcdRangeResponse>("/v3/kv/range", request, ct).ConfigureAwait(false);
            return answer.Kvs is [var found, ..] ? found.ToEntry() : null;
        });
    }

    public Task<ConfigTxnResult> TxnAsync(ConfigTxn txn, CancellationToken ct)
    {
        ConfigStoreLimits.Check(txn);
        var request = new EtcdTxnRequest(
            [.. txn.Compares.Select(compare => new EtcdCompare(ConfigStoreLimits.EncodeKey(compare.Key), compare.ModRevision))],
            [.. txn.Operations.Select(ToEtcd)]);
        return RefusalsAsUnavailable(async () =>
        {
            await AskFirstAsync(request, ct).ConfigureAwait(false);
            return await SendTxnAsync(request, ct).ConfigureAwait(false);
        });
    }

    public async IAsyncEnumerable<ConfigWatchBatch> WatchAsync(
        string prefix, long fromRevision, [EnumeratorCancellation] CancellationToken ct)
    {
        using var watcher = new EtcdWatcher(_client, ConfigStoreLimits.EncodePrefix(prefix), fromRevision, _times, _logger);
        while (true)
            yield return await RefusalsAsUnavailable(() => watcher.NextAsync(ct)).ConfigureAwait(false);
    }

    public Task<long> GrantLeaseAsync(TimeSpan timeToLive, CancellationToken ct)
    {
        var request = new EtcdLease(TimeToLive: ConfigStoreLimits.LeaseSeconds(timeToLive));
        return RefusalsAsUnavailable(async () =>
        {
            // A grant whose answer was lost is asked for again: the first one expires by itself.
            var lease = await _client.SendAsync<EtcdLease>("/v3/lease/grant", request, ct).ConfigureAwait(false);
            return lease.Id ?? throw new ConfigStoreUnavailableException("etcd granted no lease.");
        });
    }

    public Task<bool> KeepLeaseAliveAsync(long leaseId, CancellationToken ct) => RefusalsAsUnavailable(async () =>
    {
        var answer = await _client.SendAsync<EtcdStreamLine<EtcdLease>>("/v3/lease/keepalive", new EtcdLease(leaseId), ct).ConfigureAwait(false);
        return answer.Error is null
            ? answer.Result?.TimeToLive > 0
            : throw new ConfigStoreUnavailableException($"etcd could not renew a lease: {answer.Error.Message}");
    });

    public Task RevokeLeaseAsync(long leaseId, CancellationToken ct) => RefusalsAsUnavailable(async () =>
    {
        try
        {
            return await _client.SendAsync<EtcdNothing>("/v3/lease/revoke", new EtcdLease(leaseId), ct).ConfigureAwait(false);
        }
        catch (EtcdRefusedException refusal) when (refusal.IsNotFound)
        {
            return new EtcdNothing();
        }
    });

    public void Dispose() => _client.Dispose();

    private static EtcdOperation ToEtcd(ConfigOperation operation)
    {
        var key = ConfigStoreLimits.EncodeKey(operation.Key);
        return operation.Value is { } value
            ? new EtcdOperation(new EtcdPut(key, value, operation.LeaseId == 0 ? null : operation.LeaseId), null)
            : new EtcdOperation(null, new EtcdDelete(key));
    }

    private static async Task<T> RefusalsAsUnavailable<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (EtcdRefusedException refusal)
        {
            throw new ConfigStoreUnavailableException($"etcd refused: {refusal.Message}", refusal);
        }
    }

    private async Task<ConfigRange> ReadPagesAsync(byte[] prefix, CancellationToken ct)
    {
        var request = new EtcdRangeRequest(EtcdKeys.RangeStart(prefix), EtcdKeys.RangeEnd(prefix), PageSize);
        var entries = new List<ConfigEntry>();
        while (true)
        {
            EtcdRangeResponse page;
            try
            {
                page = await _client.SendAsync<EtcdRangeResponse>("/v3/kv/range", request, ct).ConfigureAwait(false);
            }
            catch (EtcdRefusedException refusal) when (refusal.IsCompacted)
            {
                // Compacted between two pages: begin again at a newer revision.
                return await ReadPagesAsync(prefix, ct).ConfigureAwait(false);
            }

            var found = page.Kvs ?? [];
            entries.AddRange(found.Select(kv => kv.ToEntry()));
            var revision = request.Revision ?? page.Header.Revision;
            if (!page.More || found.Length == 0)
                return new ConfigRange(entries, revision);
            request = request with { Key = EtcdKeys.After(found[^1].Key), Revision = revision };
        }
    }

    /// <summary>
    /// A quorum read before the write. It finds an endpoint that answers and renews the token, so that most outages show
    /// before anything was sent: a transaction is sent once and may not fail over.
    /// </summary>
    private async Task AskFirstAsync(EtcdTxnRequest txn, CancellationToken ct)
    {
        var key = txn.Compare is [var compare, ..] ? compare.Key
            : txn.Success is [var operation, ..] ? operation.RequestPut?.Key ?? operation.RequestDeleteRange!.Key
            : "/"u8.ToArray();
        try
        {
            await _client.SendAsync<EtcdRangeResponse>("/v3/kv/range", new EtcdRangeRequest(key, CountOnly: true), ct).ConfigureAwait(false);
        }
        catch (EtcdRefusedException refusal) when (refusal.IsPermissionDenied)
        {
            // May write what it may not read. etcd was reached, which is all that was asked.
        }
    }

    private async Task<ConfigTxnResult> SendTxnAsync(EtcdTxnRequest request, CancellationToken ct)
    {
        try
        {
            var answer = await _client.SendOnceAsync<EtcdTxnResponse>("/v3/kv/txn", request, ct).ConfigureAwait(false);
            return new ConfigTxnResult(answer.Succeeded, answer.Header.Revision);
        }
        catch (EtcdUnreachableException lost) when (lost.Sent)
        {
            throw new ConfigTxnAmbiguousException("The answer to a transaction was lost.", lost);
        }
        catch (EtcdUnreachableException unreachable)
        {
            throw new ConfigStoreUnavailableException("etcd could not be reached; nothing was sent.", unreachable);
        }
        catch (EtcdRefusedException refusal) when (refusal.IsNotFound)
        {
            throw new ConfigLeaseLostException(refusal);
        }
    }
}
