using System.ComponentModel.DataAnnotations;

namespace AvaConsole.Core.Configuration.Embedded;

/// <summary>Settings of the embedded configuration store.</summary>
public sealed class PostgresConfigStoreOptions
{
    public const string Section = "EmbeddedConfigStore";

    /// <summary>Revisions whose changes can still be watched; older ones are compacted away. Default 100,000.</summary>
    [Range(100, 100_000_000)]
    public long KeepRevisions { get; set; } = 100_000;

    /// <summary>Milliseconds between two looks for changes and expired leases where no notification comes. Default 1000; must be 50–60,000.</summary>
    [Range(50, 60_000)]
    public int PollMilliseconds { get; set; } = 1000;

    /// <summary>Seconds that one statement may take, waiting for other writers included. Default 10; must be 1–300.</summary>
    [Range(1, 300)]
    public int TimeoutSeconds { get; set; } = 10;
}
