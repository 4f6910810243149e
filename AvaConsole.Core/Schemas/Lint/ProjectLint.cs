namespace AvaConsole.Core.Schemas.Lint;

/// <summary>A project's lint settings as they are stored; no row for a project that leaves every rule as it comes.</summary>
public sealed class ProjectLint
{
    public string Group { get; set; } = "";

    public string Project { get; set; } = "";

    public LintSettings Settings { get; set; } = new();

    public string UpdatedBy { get; set; } = "";

    public DateTimeOffset UpdatedAt { get; set; }
}
