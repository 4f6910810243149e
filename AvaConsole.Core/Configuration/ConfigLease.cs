using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AvaConsole.Core.Configuration;

/// <summary>
/// Keeps keys that are to vanish with this process: they are bound to a lease, which is renewed; after the lease was lost, a
/// new one is granted and the keys are put again. Meant for keys that nobody else writes, such as a host's status.
/// </summary>
/// <param name="timeToLive">How long the keys outlive a process that died. Renewed after a third of it.</param>
public sealed class ConfigLease(IConfigStore store, TimeSpan timeToLive, TimeProvider clock, ILogger<ConfigLease>? logger = null)
{
    private static readonly TimeSpan s_firstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_revokeLimit = TimeSpan.FromSeconds(2);

    private readonly ILogger _logger = logger ?? NullLogger<ConfigLease>.Instance;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _wanted = new(StringComparer.Ordinal);

    /// <summary>What the store holds; null where a write failed, so that it is not known.</summary>
    private readonly Dictionary<string, ReadOnlyMemory<byte>?> _written = new(StringComparer.Ordinal);

    private TaskCompletionSource _changed = NewSignal();
    private TimeSpan _retry = s_firstRetry;
    private long _leaseId;

    /// <summary>The lease in use; 0 while there is none.</summary>
    public long LeaseId => Interlocked.Read(ref _leaseId);

    /// <summary>Has the key put with this value soon; of several values in quick succession the last one counts.</summary>
    public void Set(string key, ReadOnlyMemory<byte> value)
    {
        lock (_lock)
        {
            _wanted[key] = value;
            _changed.TrySetResult();
        }
    }

    /// <summary>Has the key deleted soon.</summary>
    public void Remove(string key)
    {
        lock (_lock)
        {
            _wanted.Remove(key);
            _changed.TrySetResult();
        }
    }

    /// <summary>Keeps the keys until cancelled, then revokes the lease. Outages are waited out.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            while (true)
                await TurnAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            await RevokeAsync().ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task TurnAsync(CancellationToken ct)
    {
        try
        {
            await RenewAsync(ct).ConfigureAwait(false);
            await WriteAsync(ct).ConfigureAwait(false);
            _retry = s_firstRetry;
        }
        catch (Exception failure) when (failure is ConfigStoreUnavailableException or ConfigTxnAmbiguousException or ConfigLeaseLostException)
        {
            // Ambiguous is no different here: the keys are this process's own, and putting them again does no harm.
            _logger.LogWarning(failure, "The leased keys could not be renewed; next attempt in {Delay}.", _retry);
            await Task.Delay(_retry, clock, ct).ConfigureAwait(false);
            _retry = _retry * 2 < timeToLive / 3 ? _retry * 2 : timeToLive / 3;
            return;
        }

        await WaitAsync(ct).ConfigureAwait(false);
    }

    private async Task RenewAsync(CancellationToken ct)
    {
        if (_leaseId != 0 && await store.KeepLeaseAliveAsync(_leaseId, ct).ConfigureAwait(false))
            return;
        var granted = await store.GrantLeaseAsync(timeToLive, ct).ConfigureAwait(false);
        // The old lease took the keys along.
        _written.Clear();
        Interlocked.Exchange(ref _leaseId, granted);
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        var operations = TakeChanges();
        if (operations.Count == 0)
            return;
        await store.TxnAsync(new ConfigTxn([], operations), ct).ConfigureAwait(false);
        foreach (var operation in operations)
        {
            if (operation.Value is { } value)
                _written[operation.Key] = value;
            else
                _written.Remove(operation.Key);
        }
    }

    private List<ConfigOperation> TakeChanges()
    {
        List<ConfigOperation> operations;
        lock (_lock)
        {
            _changed = NewSignal();
            operations =
            [
                .. _wanted.Where(wanted => !_written.TryGetValue(wanted.Key, out var value) || value?.Span.SequenceEqual(wanted.Value.Span) != true)
                    .Select(wanted => ConfigOperation.Put(wanted.Key, wanted.Value, _leaseId)),
                .. _written.Keys.Where(key => !_wanted.ContainsKey(key)).Select(ConfigOperation.Delete),
            ];
        }

        foreach (var operation in operations)
            _written[operation.Key] = null;
        return operations;
    }

    /// <summary>Until it is time to renew or a value was set.</summary>
    private async Task WaitAsync(CancellationToken ct)
    {
        Task changed;
        lock (_lock)
            changed = _changed.Task;
        try
        {
            await changed.WaitAsync(timeToLive / 3, clock, ct).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Time to renew.
        }
    }

    private async Task RevokeAsync()
    {
        var lease = Interlocked.Exchange(ref _leaseId, 0);
        if (lease == 0)
            return;
        using var limit = new CancellationTokenSource(s_revokeLimit);
        try
        {
            await store.RevokeLeaseAsync(lease, limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ConfigStoreUnavailableException or OperationCanceledException)
        {
            _logger.LogDebug(failure, "The lease could not be revoked; it expires by itself.");
        }
    }
}
