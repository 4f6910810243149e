namespace AvaConsole.Core.Configuration.Etcd;

/// <summary>Prefixes as etcd's half-open ranges.</summary>
internal static class EtcdKeys
{
    /// <summary>No key is empty, so the range of all keys starts at NUL.</summary>
    public static byte[] RangeStart(byte[] prefix) => prefix.Length == 0 ? [0] : prefix;

    /// <summary>The first key after all that start with the prefix; NUL stands for "to the last key".</summary>
    public static byte[] RangeEnd(byte[] prefix)
    {
        if (prefix.Length == 0)
            return [0];
        // UTF-8 holds no 0xFF, so the last byte can always grow.
        byte[] end = [.. prefix];
        end[^1]++;
        return end;
    }

    public static byte[] After(byte[] key) => [.. key, 0];
}
