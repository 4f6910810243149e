namespace AvaConsole.Core.Schemas;

/// <summary>A designed API: one editable draft and its published versions.</summary>
public sealed class Api
{
    public Guid Id { get; set; }

    /// <summary>Unique among APIs; equals the draft's service name once saved.</summary>
    public string Name { get; set; } = "";

    /// <summary>The draft, as <see cref="ApiSchema"/> in JSON (jsonb).</summary>
    public ApiSchema Draft { get; set; } = new();

    /// <summary>Grows with every saved draft; a save names the revision it started from.</summary>
    public int DraftRevision { get; set; }

    /// <summary>Number of the last step of the draft's history that is done; later ones are undone.</summary>
    public int DraftPosition { get; set; }

    public string UpdatedBy { get; set; } = "";

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public List<ApiVersion> Versions { get; set; } = [];
}

/// <summary>An immutable version of an API.</summary>
public sealed class ApiVersion
{
    public Guid Id { get; set; }

    public Guid ApiId { get; set; }

    public Api Api { get; set; } = null!;

    /// <summary>For example <c>1.0.0</c>; unique within the API.</summary>
    public string Version { get; set; } = "";

    public ApiSchema Schema { get; set; } = new();

    /// <summary>The least number that its changes call for; empty where there was nothing to compare with.</summary>
    public string ProposedVersion { get; set; } = "";

    /// <summary>Why its number is smaller than proposed; empty where it is not. Such a version counts only once its publication was approved.</summary>
    public string SmallerReason { get; set; } = "";

    public string CreatedBy { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }
}
