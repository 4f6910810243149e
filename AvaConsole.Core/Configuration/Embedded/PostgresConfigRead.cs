using Npgsql;
using NpgsqlTypes;

namespace AvaConsole.Core.Configuration.Embedded;

/// <summary>Reads rows of the store's statements.</summary>
internal static class PostgresConfigRead
{
    /// <summary>The first key, by bytes, that is greater than all with this prefix; null where there is none.</summary>
    public static string? RangeEnd(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToList();
        while (runes.Count > 0)
        {
            var last = runes[^1].Value;
            runes.RemoveAt(runes.Count - 1);
            // UTF-8's byte order is the order of code points, and the surrogates are none.
            if (last < 0x10FFFF)
                return string.Concat(runes) + char.ConvertFromUtf32(last == 0xD7FF ? 0xE000 : last + 1);
        }

        return null;
    }

    public static void AddRange(NpgsqlParameterCollection parameters, string prefix)
    {
        parameters.AddWithValue("first", prefix);
        parameters.Add(new NpgsqlParameter("last", NpgsqlDbType.Text) { Value = (object?)RangeEnd(prefix) ?? DBNull.Value });
    }

    /// <summary>Columns: revision, whether a lease has expired, then the entry's.</summary>
    public static async Task<(ConfigRange Range, bool HasExpired)> RangeAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        var entries = new List<ConfigEntry>();
        var (revision, hasExpired) = (0L, false);
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            (revision, hasExpired) = (reader.GetInt64(0), reader.GetBoolean(1));
            if (!reader.IsDBNull(2))
                entries.Add(Entry(reader));
        }

        return (new ConfigRange(entries, revision), hasExpired);
    }

    /// <summary>Columns: revision, compacted, whether a lease has expired, then the event's.</summary>
    public static async Task<PostgresConfigChanges> ChangesAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        var events = new List<ConfigEvent>();
        var (revision, compacted, hasExpired) = (0L, 0L, false);
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            (revision, compacted, hasExpired) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetBoolean(2));
            if (!reader.IsDBNull(3))
                events.Add(Event(reader));
        }

        return new PostgresConfigChanges(events, revision, compacted, hasExpired);
    }

    private static ConfigEntry Entry(NpgsqlDataReader reader) => new(
        reader.GetString(2), reader.GetFieldValue<byte[]>(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7));

    private static ConfigEvent Event(NpgsqlDataReader reader)
    {
        var (revision, key) = (reader.GetInt64(3), reader.GetString(4));
        var entry = reader.IsDBNull(5)
            ? null
            : new ConfigEntry(key, reader.GetFieldValue<byte[]>(5), reader.GetInt64(6), revision, reader.GetInt64(7), reader.GetInt64(8));
        return new ConfigEvent(key, entry, revision);
    }
}

internal sealed record PostgresConfigChanges(IReadOnlyList<ConfigEvent> Events, long StoreRevision, long Compacted, bool HasExpired);
