namespace AvaConsole.Core.Images.Catalogue;

/// <summary>A registry whose images the catalogue shows.</summary>
public sealed class ImageRegistry
{
    public Guid Id { get; set; }

    /// <summary>What people call it; unique.</summary>
    public string Name { get; set; } = "";

    /// <summary>For example <c>https://reg.example</c>, see <see cref="Registries.RegistryEndpoint"/>; unique.</summary>
    public string Address { get; set; } = "";

    /// <summary>Its name in image references, for example <c>reg.example:5000</c>, and <c>docker.io</c> for Docker Hub.</summary>
    public string Host { get; set; } = "";

    /// <summary>Hosts besides its own that may get its credentials, as its token service.</summary>
    public string[] AllowedHosts { get; set; } = [];

    /// <summary>Namespace into which the team pushes, for example <c>vision</c>; empty for none.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>Repositories named by hand, which a registry that lists none needs.</summary>
    public string[] Repositories { get; set; } = [];

    /// <summary>Whether it is asked for the list of its repositories.</summary>
    public bool ListsRepositories { get; set; } = true;

    /// <summary>Empty asks as anyone.</summary>
    public string UserName { get; set; } = "";

    /// <summary>Password or token, sealed (see <c>SecretBox</c>); empty for none.</summary>
    public byte[] SealedSecret { get; set; } = [];

    /// <summary>Minutes from one refresh of the index to the next, 5–10,080.</summary>
    public int RefreshMinutes { get; set; } = 60;

    /// <summary>Requests that one refresh may take; what is left waits for the next.</summary>
    public int RequestBudget { get; set; } = 2_000;

    /// <summary>Whether the background job refreshes it.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Grows with each edit; an edit names the revision it started from.</summary>
    public int Revision { get; set; }

    /// <summary>Grows with each change of what is indexed of it, so that readers notice.</summary>
    public long IndexRevision { get; set; }

    /// <summary>How its last refresh went (jsonb).</summary>
    public RefreshReport Refresh { get; set; } = new();

    /// <summary>When it is due again; a person may bring it forward, a registry's rate limit put it off.</summary>
    public DateTimeOffset NextRefreshAt { get; set; }

    public string CreatedBy { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public List<IndexedRepository> Indexed { get; set; } = [];
}

/// <summary>What a refresh of a registry's index did.</summary>
public sealed record RefreshReport
{
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Null while it runs, and where the console stopped in the middle.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When a running refresh last told how far it is.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>When the whole registry was last seen within one or several refreshes.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    public int Requests { get; init; }

    /// <summary>Gone through by this refresh.</summary>
    public int Repositories { get; init; }

    /// <summary>That this refresh means to go through; 0 before the registry has told them.</summary>
    public int RepositoriesAhead { get; init; }

    /// <summary>That is being gone through; empty where none is.</summary>
    public string Current { get; init; } = "";

    /// <summary>Asked for their digest.</summary>
    public int Tags { get; init; }

    /// <summary>Tags whose digest had changed or that were new.</summary>
    public int Changed { get; init; }

    /// <summary>The repository after which the next refresh goes on; empty where it begins anew.</summary>
    public string Resume { get; init; } = "";

    /// <summary>Why it stopped: an error's code, for example <c>registry.rate_limited</c>; empty where it did not.</summary>
    public string ErrorCode { get; init; } = "";

    public IReadOnlyList<string> ErrorArgs { get; init; } = [];

    /// <summary>A stranger's words, see <see cref="Registries.RegistryNotices"/>.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Null where the registry told none.</summary>
    public Registries.RegistryRateLimit? RateLimit { get; init; }

    /// <summary>Whether a console is at it; one that has said nothing for this long has stopped in the middle.</summary>
    public bool IsRunning(DateTimeOffset now) => StartedAt is not null && EndedAt is null && now - SeenAt < TimeSpan.FromMinutes(5);
}
