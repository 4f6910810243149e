namespace AvaConsole.Core.Schemas.Compatibility;

/// <summary>How much a change endangers those who call the API as it was.</summary>
public enum ChangeLevel
{
    /// <summary>Safe.</summary>
    Info,

    /// <summary>Risky: the documents alone cannot say whether callers break.</summary>
    Warn,

    /// <summary>Breaking.</summary>
    Err,
}

/// <summary>One difference between two API descriptions, judged.</summary>
/// <param name="Id">Rule id as oasdiff names it, for example <c>request-parameter-removed</c>.</param>
/// <param name="Path">Path of the operation, for example <c>/users/{id}</c>; empty for what belongs to none (components).</param>
/// <param name="Operation">HTTP method in capitals; empty for what belongs to none.</param>
/// <param name="Pointer">JSON pointer of the place in the revision, or in the base where it is gone there.</param>
/// <param name="Args">What the rule's text has placeholders for.</param>
public sealed record ApiChange(string Id, ChangeLevel Level, string Path, string Operation, string Pointer, IReadOnlyList<string> Args)
{
    /// <summary>What the change concerns: <c>request</c>, <c>response</c>, or empty for the endpoint itself.</summary>
    public string Direction { get; init; } = "";

    /// <summary>The change in one English sentence.</summary>
    public required string Text { get; init; }
}

/// <summary>Every difference, the most dangerous first; empty for documents that say the same.</summary>
public sealed record CompatibilityReport(IReadOnlyList<ApiChange> Changes)
{
    /// <summary>At least one change is of level <see cref="ChangeLevel.Err"/>.</summary>
    public bool IsBreaking => Changes.Any(change => change.Level == ChangeLevel.Err);

    /// <summary>
    /// Everything was compared. False for documents whose schemas refer to each other in more ways than are followed: what is reported is true, more may
    /// differ.
    /// </summary>
    public bool IsComplete { get; init; } = true;

    public IEnumerable<ApiChange> AtLeast(ChangeLevel level) => Changes.Where(change => change.Level >= level);
}
