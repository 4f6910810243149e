using System.Collections.Immutable;

namespace AvaConsole.Core.Configuration;

/// <summary>The entries under one prefix as they were at one revision. Never changes.</summary>
/// <param name="Entries">By key, in ordinal order.</param>
/// <param name="Revision">The store's revision that this is; 0 before the first list.</param>
public sealed record ConfigSnapshot(ImmutableSortedDictionary<string, ConfigEntry> Entries, long Revision)
{
    public static readonly ConfigSnapshot Empty = new(ImmutableSortedDictionary.Create<string, ConfigEntry>(StringComparer.Ordinal), 0);

    /// <summary>The entry with this key, or null.</summary>
    public ConfigEntry? Find(string key) => Entries.GetValueOrDefault(key);

    internal static ConfigSnapshot Of(ConfigRange range) => new(
        range.Entries.ToImmutableSortedDictionary(entry => entry.Key, entry => entry, StringComparer.Ordinal), range.Revision);

    /// <summary>What is already contained is skipped, so that applying a batch twice does no harm.</summary>
    internal ConfigSnapshot With(ConfigWatchBatch batch)
    {
        if (batch.Revision <= Revision)
            return this;
        var entries = Entries.ToBuilder();
        foreach (var change in batch.Events.Where(change => change.Revision > Revision))
        {
            if (change.Entry is { } entry)
                entries[change.Key] = entry;
            else
                entries.Remove(change.Key);
        }

        return new ConfigSnapshot(entries.ToImmutable(), batch.Revision);
    }

    internal bool HasSameEntries(ConfigSnapshot other) => Entries.Count == other.Entries.Count
        && Entries.Values.Zip(other.Entries.Values).All(pair =>
            pair.First.Key == pair.Second.Key
            && pair.First.ModRevision == pair.Second.ModRevision
            && pair.First.CreateRevision == pair.Second.CreateRevision);
}
