using System.Text;

namespace AvaConsole.Core.Configuration;

/// <summary>What both stores accept. The limits are etcd's defaults, so that nothing fits one store and not the other.</summary>
internal static class ConfigStoreLimits
{
    public const int MaxTxnOperations = 128;

    /// <summary>Keys and values of one transaction. etcd's limit is 1.5 MiB for the encoded request; the rest is its framing.</summary>
    public const int MaxTxnBytes = 1_500_000;

    /// <summary>Refuses half surrogates, which plain UTF-8 would silently turn into another key.</summary>
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] EncodeKey(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return EncodePrefix(key);
    }

    /// <summary>An empty prefix is allowed: it names every key.</summary>
    public static byte[] EncodePrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        // Postgres' text has no NUL.
        return prefix.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException("A key must not contain NUL.", nameof(prefix))
            : s_strict.GetBytes(prefix);
    }

    public static void Check(ConfigTxn txn)
    {
        ArgumentNullException.ThrowIfNull(txn);
        if (txn.Compares.Count > MaxTxnOperations || txn.Operations.Count > MaxTxnOperations)
            throw new ArgumentException($"A transaction holds at most {MaxTxnOperations} comparisons and operations.", nameof(txn));
        if (txn.Operations.DistinctBy(operation => operation.Key, StringComparer.Ordinal).Count() != txn.Operations.Count)
            throw new ArgumentException("A transaction writes each key at most once.", nameof(txn));

        var size = txn.Compares.Sum(compare => (long)EncodeKey(compare.Key).Length)
            + txn.Operations.Sum(operation => (long)EncodeKey(operation.Key).Length + (operation.Value?.Length ?? 0));
        if (size > MaxTxnBytes)
            throw new ArgumentException($"A transaction's keys and values must not exceed {MaxTxnBytes} bytes; these are {size}.", nameof(txn));
    }

    public static long LeaseSeconds(TimeSpan timeToLive)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeToLive, TimeSpan.Zero);
        return Math.Max(1, (long)Math.Ceiling(timeToLive.TotalSeconds));
    }
}
