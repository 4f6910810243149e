namespace AvaConsole.Core.Configuration;

/// <summary>
/// The live configuration: a revisioned key-value store with etcd v3's semantics. Two implementations pass one contract
/// test suite: etcd itself and the embedded one on Postgres. Only <c>ChangeService</c>'s applier and the lease-bound host
/// status write to it.
/// </summary>
/// <remarks>
/// Keys are UTF-8 text. Revisions are store-wide, start at 1 and grow by one for each transaction that writes.
/// Every method may throw <see cref="ConfigStoreUnavailableException"/>: nothing was changed.
/// </remarks>
public interface IConfigStore
{
    /// <summary><c>etcd</c> or <c>embedded</c>.</summary>
    string Kind { get; }

    /// <summary>All entries whose key starts with <paramref name="prefix"/>, ordered by key bytes, at one revision.</summary>
    Task<ConfigRange> RangeAsync(string prefix, CancellationToken ct);

    /// <summary>The entry with exactly this key, or null.</summary>
    Task<ConfigEntry?> GetAsync(string key, CancellationToken ct);

    /// <summary>
    /// Applies all operations if every comparison holds, else none. Never retried by the implementation once sent.
    /// </summary>
    /// <exception cref="ConfigTxnAmbiguousException">The answer was lost: the transaction may or may not have been applied.</exception>
    /// <exception cref="ConfigLeaseLostException">An operation names a lease that is no longer. Nothing was changed.</exception>
    /// <exception cref="ArgumentException">More than 128 comparisons or operations, more than 1.5 MB, or a key written twice.</exception>
    Task<ConfigTxnResult> TxnAsync(ConfigTxn txn, CancellationToken ct);

    /// <summary>
    /// Changes under <paramref name="prefix"/> from <paramref name="fromRevision"/> (inclusive) on, in order, each exactly once.
    /// Survives lost connections and server restarts by resuming at the last revision + 1. A batch without events is a sign of
    /// life that advances <see cref="ConfigWatchBatch.Revision"/>. Ends only by cancellation or exception.
    /// </summary>
    /// <exception cref="ConfigCompactedException">The revision is no longer held: list again, then watch from there.</exception>
    IAsyncEnumerable<ConfigWatchBatch> WatchAsync(string prefix, long fromRevision, CancellationToken ct);

    /// <summary>Grants a lease; keys put with its id vanish when it expires or is revoked.</summary>
    /// <param name="timeToLive">At least one second; fractions are rounded up.</param>
    Task<long> GrantLeaseAsync(TimeSpan timeToLive, CancellationToken ct);

    /// <summary>Renews a lease for its full time. False: it had expired or was revoked.</summary>
    Task<bool> KeepLeaseAliveAsync(long leaseId, CancellationToken ct);

    /// <summary>Ends a lease and deletes its keys. Unknown leases are ignored.</summary>
    Task RevokeLeaseAsync(long leaseId, CancellationToken ct);
}

/// <summary>One key with its value.</summary>
/// <param name="Key">Full key, for example <c>/ava/serving/worker/default</c>.</param>
/// <param name="Value">The stored bytes.</param>
/// <param name="CreateRevision">Revision at which the key was created.</param>
/// <param name="ModRevision">Revision of the last write; what <see cref="ConfigCompare"/> compares.</param>
/// <param name="Version">Number of writes since creation, from 1.</param>
/// <param name="LeaseId">The lease it is bound to; 0 for none.</param>
public sealed record ConfigEntry(string Key, ReadOnlyMemory<byte> Value, long CreateRevision, long ModRevision, long Version, long LeaseId);

/// <summary>Entries read at one revision.</summary>
public sealed record ConfigRange(IReadOnlyList<ConfigEntry> Entries, long Revision);

/// <summary>Holds when the key's mod revision is exactly this; 0 means that the key must not exist.</summary>
public sealed record ConfigCompare(string Key, long ModRevision);

/// <summary>Writes <see cref="Value"/>, or deletes the key where it is null.</summary>
public sealed record ConfigOperation(string Key, ReadOnlyMemory<byte>? Value, long LeaseId = 0)
{
    public static ConfigOperation Put(string key, ReadOnlyMemory<byte> value, long leaseId = 0) => new(key, value, leaseId);

    public static ConfigOperation Delete(string key) => new(key, null);
}

/// <summary>At most 128 comparisons and 128 operations (etcd's own limit); each key is written at most once.</summary>
public sealed record ConfigTxn(IReadOnlyList<ConfigCompare> Compares, IReadOnlyList<ConfigOperation> Operations);

/// <param name="Succeeded">Every comparison held and all operations were applied.</param>
/// <param name="Revision">The store's revision after the transaction.</param>
public sealed record ConfigTxnResult(bool Succeeded, long Revision);

/// <param name="Events">Changes of one or more whole revisions, in order; may be empty.</param>
/// <param name="Revision">Everything up to and including this revision has been delivered.</param>
public sealed record ConfigWatchBatch(IReadOnlyList<ConfigEvent> Events, long Revision);

/// <param name="Key">The key that changed.</param>
/// <param name="Entry">The entry as written, or null where it was deleted.</param>
/// <param name="Revision">The revision that did it.</param>
public sealed record ConfigEvent(string Key, ConfigEntry? Entry, long Revision);

/// <summary>The store did not answer, refused the credentials or is read-only. Nothing was changed.</summary>
public sealed class ConfigStoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A transaction was sent and its answer lost. Read a key that only it writes to learn its outcome; never resend.</summary>
public sealed class ConfigTxnAmbiguousException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A put named a lease that had expired, was revoked or never was. Nothing was changed.</summary>
public sealed class ConfigLeaseLostException(Exception? inner = null) : Exception("The lease has ended.", inner);

/// <summary>The asked revision was compacted away, or the store was restored to before it.</summary>
/// <param name="compactRevision">The oldest revision from which a watch can start.</param>
public sealed class ConfigCompactedException(long compactRevision) : Exception($"Revisions before {compactRevision} are compacted.")
{
    public long CompactRevision { get; } = compactRevision;
}
