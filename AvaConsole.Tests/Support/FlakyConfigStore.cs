using System.Runtime.CompilerServices;
using AvaConsole.Core.Configuration;

namespace AvaConsole.Tests.Support;

/// <summary>A real store whose connection the test can cut.</summary>
public sealed class FlakyConfigStore(IConfigStore inner) : IConfigStore
{
    private volatile TaskCompletionSource<Exception> _watchFailure = new();

    public string Kind => inner.Kind;

    /// <summary>Every call fails as if the server were gone; running watches do not notice.</summary>
    public bool IsDown { get; set; }

    /// <summary>The next transaction is applied, and its answer lost.</summary>
    public bool LosesNextAnswer { get; set; }

    public int Ranges { get; private set; }

    public int Transactions { get; private set; }

    /// <summary>Ends the running watches.</summary>
    public void EndWatches(Exception failure)
    {
        var ended = _watchFailure;
        _watchFailure = new TaskCompletionSource<Exception>();
        ended.SetResult(failure);
    }

    public Task<ConfigRange> RangeAsync(string prefix, CancellationToken ct)
    {
        Ranges++;
        ThrowIfDown();
        return inner.RangeAsync(prefix, ct);
    }

    public Task<ConfigEntry?> GetAsync(string key, CancellationToken ct)
    {
        ThrowIfDown();
        return inner.GetAsync(key, ct);
    }

    public async Task<ConfigTxnResult> TxnAsync(ConfigTxn txn, CancellationToken ct)
    {
        ThrowIfDown();
        Transactions++;
        var result = await inner.TxnAsync(txn, ct);
        if (!LosesNextAnswer)
            return result;
        LosesNextAnswer = false;
        throw new ConfigTxnAmbiguousException("The answer was lost.");
    }

    public async IAsyncEnumerable<ConfigWatchBatch> WatchAsync(
        string prefix, long fromRevision, [EnumeratorCancellation] CancellationToken ct)
    {
        ThrowIfDown();
        var failure = _watchFailure.Task;
        await using var batches = inner.WatchAsync(prefix, fromRevision, ct).GetAsyncEnumerator(ct);
        while (true)
        {
            var next = batches.MoveNextAsync().AsTask();
            if (await Task.WhenAny(next, failure) == failure)
            {
                await next;
                throw await failure;
            }

            await next;
            yield return batches.Current;
        }
    }

    public Task<long> GrantLeaseAsync(TimeSpan timeToLive, CancellationToken ct)
    {
        ThrowIfDown();
        return inner.GrantLeaseAsync(timeToLive, ct);
    }

    public Task<bool> KeepLeaseAliveAsync(long leaseId, CancellationToken ct)
    {
        ThrowIfDown();
        return inner.KeepLeaseAliveAsync(leaseId, ct);
    }

    public Task RevokeLeaseAsync(long leaseId, CancellationToken ct)
    {
        ThrowIfDown();
        return inner.RevokeLeaseAsync(leaseId, ct);
    }

    private void ThrowIfDown()
    {
        if (IsDown)
            throw new ConfigStoreUnavailableException("The store is down.");
    }
}
