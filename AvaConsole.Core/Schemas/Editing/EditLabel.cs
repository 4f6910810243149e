namespace AvaConsole.Core.Schemas.Editing;

/// <summary>What an edit did, in words that each reader gets in their own language.</summary>
/// <param name="Code">Key of the text, for example <c>Changed</c>.</param>
/// <param name="Args">What the text's placeholders stand for. One that begins with <c>@/</c> is the path of a member, with another <c>@</c> a key.</param>
public sealed record EditLabel(string Code, params IReadOnlyList<string> Args)
{
    /// <summary>"Changed {member} of {row}", or "Changed {member}" where the member is of no row.</summary>
    /// <param name="member">Text key of the member's name, for example <c>Maximum</c>.</param>
    /// <param name="row">The row's name as it was typed.</param>
    public static EditLabel Changed(string member, string? row = null) =>
        row is null ? new EditLabel("ChangedMember", "@" + member) : new EditLabel("Changed", "@" + member, row);

    public static EditLabel Added(string row) => new("Added", row);

    public static EditLabel Removed(string row) => new("Removed", row);

    public static EditLabel Moved(string row) => new("Moved", row);

    public static EditLabel Duplicated(string row) => new("Duplicated", row);

    /// <summary>Somebody else's values stand where both changed the same, until one is chosen.</summary>
    public static EditLabel Kept(string by, IReadOnlySet<string> paths) =>
        paths.Count == 1 ? new EditLabel("Kept", by, At(paths.Single())) : new EditLabel("KeptSeveral", by, $"{paths.Count}");

    /// <summary>One of two people's values was chosen: <c>Took</c> somebody else's or <c>Mine</c>.</summary>
    public static EditLabel Chosen(bool theirs, string by, string path) => theirs ? new EditLabel("Took", by) : new EditLabel("Mine", At(path));

    /// <summary>Several rows at once: <c>Removed</c>, <c>Duplicated</c>, <c>Pasted</c>, <c>Inferred</c>…</summary>
    public static EditLabel Rows(string code, int count) => new(code + "Rows", $"{count}");

    private static string At(string path) => "@/" + path;
}
