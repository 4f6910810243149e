using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>One line of a pasted table of payload entries.</summary>
/// <param name="Entry">What can be made of it.</param>
/// <param name="Problems">Why it is not taken; fields are <c>line.column</c>.</param>
public sealed record PastedEntry(string Text, PayloadEntry Entry, IReadOnlyList<Problem> Problems);

/// <summary>A pasted table of payload entries.</summary>
/// <param name="Rows">Every line, in order.</param>
/// <param name="IgnoredColumns">Headings that mean nothing here.</param>
/// <param name="Heading">The heading line; empty where there is none.</param>
public sealed record PastedEntries(IReadOnlyList<PastedEntry> Rows, IReadOnlyList<string> IgnoredColumns, string Heading)
{
    /// <summary>The lines without a problem.</summary>
    public IReadOnlyList<PayloadEntry> Entries => [.. Rows.Where(row => row.Problems.Count == 0).Select(row => row.Entry)];

    /// <summary>The lines that were not taken, below the heading, so that they can be corrected where they are; empty for none.</summary>
    public string Left => CellTable.Left(Heading, Rows.Select(row => (row.Text, row.Problems)));
}

/// <summary>
/// Payload entries from a table as spreadsheets copy it, as <see cref="RowPaste"/> reads parameters; without headings the columns are
/// name, type, required, encoding, compress, format, description. A cell may hold several words: <c>png|jpg</c>.
/// </summary>
public static class EntryPaste
{
    private static readonly string[] s_columns =
        [RowColumns.Name, RowColumns.Type, RowColumns.Required, RowColumns.Encoding, RowColumns.Compress, RowColumns.Format, RowColumns.Description];

    private static readonly Dictionary<string, string> s_types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["img"] = PayloadTypes.Image,
        ["picture"] = PayloadTypes.Image,
        ["图片"] = PayloadTypes.Image,
        ["图像"] = PayloadTypes.Image,
        ["string"] = PayloadTypes.Text,
        ["文本"] = PayloadTypes.Text,
        ["文字"] = PayloadTypes.Text,
        ["sound"] = PayloadTypes.Audio,
        ["音频"] = PayloadTypes.Audio,
        ["语音"] = PayloadTypes.Audio,
        ["视频"] = PayloadTypes.Video,
        ["object"] = PayloadTypes.Json,
        ["张量"] = PayloadTypes.Tensor,
    };

    /// <summary>What the good lines give and what is wrong with the others.</summary>
    public static PastedEntries Read(string text)
    {
        var table = CellTable.Read(text, s_columns, s_columns);
        return new PastedEntries([.. table.Lines.Select(line => new PastedEntry(line.Text, Entry(line), line.Cells.Problems))], table.Ignored, table.Heading);
    }

    /// <summary>Rows as a spreadsheet takes them, with headings.</summary>
    public static string Write(IEnumerable<PayloadEntry> entries) =>
        string.Join('\n', entries.Select(entry => DelimitedText.Write(Cells(entry))).Prepend(string.Join('\t', s_columns)));

    private static PayloadEntry Entry(CellLine line)
    {
        var type = TypeOf(line.Cells);
        return new PayloadEntry
        {
            Name = line.Name,
            Type = type,
            Required = line.Cells.Flag(),
            Encodings = line.Cells.Words(RowColumns.Encoding, PayloadRules.Encodings(type)),
            Compressions = line.Cells.Words(RowColumns.Compress, PayloadRules.Compressions),
            Formats = line.Cells.Words(RowColumns.Format, type == PayloadTypes.Text ? PayloadRules.TextFormats : []),
            Description = line.Cells.Cell(RowColumns.Description),
        };
    }

    private static string TypeOf(RowCells cells)
    {
        var word = cells.Cell(RowColumns.Type).Trim();
        var type = PayloadTypes.All.FirstOrDefault(known => known.Equals(word, StringComparison.OrdinalIgnoreCase)) ?? s_types.GetValueOrDefault(word);
        if (type is null && word.Length > 0)
        {
            cells.Add(RowColumns.Type, "paste.type_unknown", word, string.Join(", ", PayloadTypes.All));
        }

        return type ?? (word.Length == 0 ? PayloadTypes.Image : word);
    }

    private static string[] Cells(PayloadEntry entry) =>
    [
        entry.Name,
        entry.Type,
        entry.Required ? "yes" : "no",
        string.Join('|', entry.Encodings),
        string.Join('|', entry.Compressions),
        string.Join('|', entry.Formats),
        entry.Description,
    ];
}
