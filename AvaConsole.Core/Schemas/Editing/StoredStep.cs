namespace AvaConsole.Core.Schemas.Editing;

/// <summary>A row of a draft's history.</summary>
public sealed class StoredStep
{
    public Guid ApiId { get; set; }

    public int Number { get; set; }

    /// <summary>Code of the <see cref="EditLabel"/>.</summary>
    public string Label { get; set; } = "";

    public string[] Args { get; set; } = [];

    public string Author { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public string Key { get; set; } = "";

    /// <summary>Where in the canonical text the replaced middle begins.</summary>
    public int Start { get; set; }

    public string Removed { get; set; } = "";

    public string Added { get; set; } = "";

    internal static StoredStep From(Guid apiId, int number, DraftStep step) => new()
    {
        ApiId = apiId,
        Number = number,
        Label = step.Label.Code,
        Args = [.. step.Label.Args.Select(WithoutNul)],
        Author = step.Author,
        At = step.At,
        Key = step.Key,
        Start = step.Delta.Start,
        Removed = step.Delta.Removed,
        Added = step.Delta.Added,
    };

    internal DraftStep ToStep() => new(new EditLabel(Label, Args), Author, At, new TextDelta(Start, Removed, Added), Key);

    // PostgreSQL keeps no NUL in a text; in the delta itself it is written as an escape.
    private static string WithoutNul(string text) => text.Replace("\0", "", StringComparison.Ordinal);
}
