namespace AvaConsole.Core.Schemas.Editing;

/// <summary>An open page with a draft on it, in whichever console.</summary>
public sealed class StoredPresence
{
    /// <summary>The page's own.</summary>
    public Guid Id { get; set; }

    public Guid ApiId { get; set; }

    public string Name { get; set; } = "";

    /// <summary>Path of the field that has the focus; empty for none.</summary>
    public string Field { get; set; } = "";

    public DateTimeOffset SeenAt { get; set; }
}
