namespace AvaConsole.Web.Features.Apis;

/// <summary>What is wrong with a draft, as localised text by field path (<c>Parameters[2].Minimum</c>).</summary>
public sealed class FieldTexts(IReadOnlyList<(string Field, string Text)> problems)
{
    public static FieldTexts None { get; } = new([]);

    public IReadOnlyList<(string Field, string Text)> All => problems;

    /// <summary>The first problem of exactly this field.</summary>
    public string? For(string field) => problems.Where(problem => problem.Field == field).Select(problem => problem.Text).FirstOrDefault();
}

/// <summary>Element ids of the fields, so that a problem can lead to its field.</summary>
public static class FieldIds
{
    /// <summary><c>Parameters[2].Properties[0].Minimum</c> → <c>field-Parameters-2-Properties-0-Minimum</c>.</summary>
    public static string For(string path) => "field-" + path.Replace("[", "-", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '-');

    public static string Row(DraftList list, int index) => $"{list}[{index}]";
}
