namespace AvaConsole.Core.Configuration.Embedded;

/// <summary>The statements of the embedded store. <c>meta</c> has one row; locking it serialises all writers.</summary>
internal static class PostgresConfigSql
{
    public const string Channel = "ava_config_store";

    /// <summary>Any number that no other advisory lock of the product uses.</summary>
    public const string LockSchema = "SELECT pg_advisory_xact_lock(7305911904218)";

    public const string CreateSchema = """
        CREATE SCHEMA IF NOT EXISTS config_store;
        CREATE TABLE IF NOT EXISTS config_store.meta (
            id int PRIMARY KEY CHECK (id = 1),
            revision bigint NOT NULL,
            compacted bigint NOT NULL);
        INSERT INTO config_store.meta VALUES (1, 1, 0) ON CONFLICT DO NOTHING;
        CREATE TABLE IF NOT EXISTS config_store.entries (
            key text COLLATE "C" PRIMARY KEY,
            value bytea NOT NULL,
            create_revision bigint NOT NULL,
            mod_revision bigint NOT NULL,
            version bigint NOT NULL,
            lease_id bigint NOT NULL);
        CREATE INDEX IF NOT EXISTS ix_entries_lease_id ON config_store.entries (lease_id) WHERE lease_id <> 0;
        CREATE TABLE IF NOT EXISTS config_store.events (
            revision bigint NOT NULL,
            ordinal int NOT NULL,
            key text COLLATE "C" NOT NULL,
            value bytea,
            create_revision bigint NOT NULL,
            version bigint NOT NULL,
            lease_id bigint NOT NULL,
            PRIMARY KEY (revision, ordinal));
        CREATE TABLE IF NOT EXISTS config_store.leases (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            seconds bigint NOT NULL,
            expires_at timestamptz NOT NULL);
        CREATE INDEX IF NOT EXISTS ix_leases_expires_at ON config_store.leases (expires_at);
        """;

    public const string LockMeta = "SELECT revision FROM config_store.meta WHERE id = 1 FOR UPDATE";

    /// <summary>One statement, so one snapshot: the revision fits the entries. @last is exclusive; null for no end.</summary>
    public const string Range = """
        SELECT m.revision,
               EXISTS (SELECT FROM config_store.leases WHERE expires_at <= clock_timestamp()),
               e.key, e.value, e.create_revision, e.mod_revision, e.version, e.lease_id
        FROM config_store.meta m
        LEFT JOIN config_store.entries e ON e.key >= @first AND (@last::text IS NULL OR e.key < @last)
        ORDER BY e.key
        """;

    public const string Get = """
        SELECT m.revision,
               EXISTS (SELECT FROM config_store.leases WHERE expires_at <= clock_timestamp()),
               e.key, e.value, e.create_revision, e.mod_revision, e.version, e.lease_id
        FROM config_store.meta m
        LEFT JOIN config_store.entries e ON e.key = @first
        """;

    /// <summary>Whole revisions after @after, at most @limit of them at a time.</summary>
    public const string Events = """
        SELECT m.revision, m.compacted,
               EXISTS (SELECT FROM config_store.leases WHERE expires_at <= clock_timestamp()),
               e.revision, e.key, e.value, e.create_revision, e.version, e.lease_id
        FROM config_store.meta m
        LEFT JOIN config_store.events e
            ON e.revision > @after AND e.revision <= @after + @limit
            AND e.key >= @first AND (@last::text IS NULL OR e.key < @last)
        ORDER BY e.revision, e.ordinal
        """;

    public const string CompareAll = """
        SELECT count(*) FROM unnest(@keys, @revisions) AS wanted(key, revision)
        LEFT JOIN config_store.entries e ON e.key = wanted.key COLLATE "C"
        WHERE coalesce(e.mod_revision, 0) <> wanted.revision
        """;

    public const string CountLeases = "SELECT count(*) FROM config_store.leases WHERE id = ANY (@ids) AND expires_at > clock_timestamp()";

    public const string Put = """
        WITH written AS (
            INSERT INTO config_store.entries AS e VALUES (@key, @value, @revision, @revision, 1, @lease)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value, mod_revision = excluded.mod_revision,
                version = e.version + 1, lease_id = excluded.lease_id
            RETURNING key, value, create_revision, version, lease_id)
        INSERT INTO config_store.events SELECT @revision, @ordinal, key, value, create_revision, version, lease_id FROM written
        """;

    public const string Delete = """
        WITH deleted AS (DELETE FROM config_store.entries WHERE key = @key RETURNING key)
        INSERT INTO config_store.events SELECT @revision, @ordinal, key, NULL, 0, 0, 0 FROM deleted
        """;

    public const string DeleteLeased = """
        WITH deleted AS (DELETE FROM config_store.entries WHERE lease_id = @lease RETURNING key)
        INSERT INTO config_store.events
        SELECT @revision, row_number() OVER (ORDER BY key), key, NULL, 0, 0, 0 FROM deleted
        """;

    public const string DeleteExpiredLeases = "DELETE FROM config_store.leases WHERE expires_at <= clock_timestamp() RETURNING id";

    public const string DeleteLease = "DELETE FROM config_store.leases WHERE id = @lease";

    public const string GrantLease = """
        INSERT INTO config_store.leases (seconds, expires_at)
        VALUES (@seconds, clock_timestamp() + @seconds * interval '1 second') RETURNING id
        """;

    public const string RenewLease = """
        UPDATE config_store.leases SET expires_at = clock_timestamp() + seconds * interval '1 second'
        WHERE id = @lease AND expires_at > clock_timestamp()
        """;

    public const string SetRevision = "UPDATE config_store.meta SET revision = @revision WHERE id = 1";

    public const string Notify = "SELECT pg_notify('" + Channel + "', '')";

    public const string Compact = """
        WITH done AS (
            UPDATE config_store.meta SET compacted = greatest(compacted, least(@revision, revision)) WHERE id = 1 RETURNING compacted)
        DELETE FROM config_store.events e USING done WHERE e.revision <= done.compacted
        """;
}
