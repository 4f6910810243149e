using System.Text.RegularExpressions;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>The problems of a draft by row and member, so that a row can tell at a glance what concerns it.</summary>
public sealed partial class RowProblems
{
    private static readonly Dictionary<string, string> s_nothing = [];

    private readonly Dictionary<string, Dictionary<string, string>> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _within = new(StringComparer.Ordinal);

    private RowProblems()
    {
    }

    public static RowProblems None { get; } = new();

    public static RowProblems Of(FieldTexts texts)
    {
        if (texts.All.Count == 0)
        {
            return None;
        }

        var problems = new RowProblems();
        foreach (var (field, text) in texts.All)
        {
            problems.Add(field, text);
        }

        return problems;
    }

    /// <summary>Texts by member; of the row as a whole under the empty name.</summary>
    public IReadOnlyDictionary<string, string> For(string row) => _rows.GetValueOrDefault(row, s_nothing);

    /// <summary>How many problems rows inside this one have.</summary>
    public int Within(string row) => _within.GetValueOrDefault(row);

    /// <summary>Changes exactly when what a row shows changes.</summary>
    public string Fingerprint(string row) =>
        _rows.TryGetValue(row, out var members) ? string.Join('\n', members.Select(member => $"{member.Key}\t{member.Value}")) + Within(row) : Within(row).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary><c>Parameters[2].Properties[0].Enum[1]</c> is member <c>Enum</c> of row <c>Parameters[2].Properties[0]</c>.</summary>
    public static (string Row, string Member) Split(string field)
    {
        var row = RowRegex().Match(field).Value;
        var member = field[row.Length..].TrimStart('.');
        var end = member.AsSpan().IndexOfAny('.', '[');
        return (row, end < 0 ? member : member[..end]);
    }

    private void Add(string field, string text)
    {
        var (row, member) = Split(field);
        if (!_rows.TryGetValue(row, out var members))
        {
            _rows[row] = members = new Dictionary<string, string>(StringComparer.Ordinal);
        }

        members[member] = members.TryGetValue(member, out var said) ? said.Contains(text, StringComparison.Ordinal) ? said : $"{said} {text}" : text;
        for (var parent = ParentOf(row); parent.Length > 0; parent = ParentOf(parent))
        {
            _within[parent] = Within(parent) + 1;
        }
    }

    private static string ParentOf(string row)
    {
        var end = Math.Max(row.LastIndexOf(".Properties[", StringComparison.Ordinal), Math.Max(row.LastIndexOf(".Items", StringComparison.Ordinal), row.LastIndexOf(".Content", StringComparison.Ordinal)));
        return end < 0 ? "" : row[..end];
    }

    [GeneratedRegex(@"^(Parameters|Payload|Response)\[\d+\](\.Content)?(\.Properties\[\d+\]|\.Items(?!\[))*", RegexOptions.CultureInvariant)]
    private static partial Regex RowRegex();
}
