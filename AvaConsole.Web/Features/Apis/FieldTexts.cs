namespace AvaConsole.Web.Features.Apis;

/// <summary>What is wrong with a draft, as localised text by field path (<c>Parameters[2].Minimum</c>).</summary>
public sealed class FieldTexts(IReadOnlyList<(string Field, string Text)> problems)
{
    public static FieldTexts None { get; } = new([]);

    public IReadOnlyList<(string Field, string Text)> All => problems;

    /// <summary>The first problem of exactly this field.</summary>
    public string? For(string field) => problems.Where(problem => problem.Field == field).Select(problem => problem.Text).FirstOrDefault();

    /// <summary>Problems of a row as a whole, and of nested members that have no field of their own on the page.</summary>
    public string? ForRow(string row, IReadOnlyCollection<string> shownMembers)
    {
        var texts = problems.Where(problem => problem.Field == row || (IsUnder(problem.Field, row) && !shownMembers.Contains(problem.Field[(row.Length + 1)..])));
        var joined = string.Join(" ", texts.Select(problem => problem.Text).Distinct());
        return joined.Length == 0 ? null : joined;
    }

    /// <summary>Changes exactly when what a row shows changes.</summary>
    public string Fingerprint(string row) => string.Join('\n', problems.Where(problem => problem.Field == row || IsUnder(problem.Field, row)));

    private static bool IsUnder(string field, string row) => field.StartsWith(row + ".", StringComparison.Ordinal);
}

/// <summary>Element ids of the fields, so that a problem can lead to its field.</summary>
public static class FieldIds
{
    /// <summary><c>Parameters[2].Minimum</c> → <c>field-Parameters-2-Minimum</c>; of nested paths the row that is on the page.</summary>
    public static string For(string path)
    {
        var parts = path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        var shown = parts.Length > 3 ? parts.Take(2) : parts;
        return "field-" + string.Join('-', shown);
    }

    public static string Row(DraftList list, int index) => $"{list}[{index}]";
}
