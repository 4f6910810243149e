using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>A line of a pasted table by its columns.</summary>
internal sealed record CellLine(int Line, string Text, string Name, RowCells Cells);

/// <summary>A pasted table by its columns: what parameters and payload entries have in common.</summary>
/// <param name="Ignored">Headings that mean nothing here.</param>
/// <param name="Heading">The heading line; empty where there is none.</param>
internal sealed record CellTable(IReadOnlyList<CellLine> Lines, IReadOnlyList<string> Ignored, string Heading)
{
    private const int MaxRows = 2000;

    /// <param name="usual">The columns of a table without headings.</param>
    /// <param name="known">The columns that a heading may name.</param>
    public static CellTable Read(string text, IReadOnlyList<string> usual, IReadOnlyList<string> known)
    {
        var lines = DelimitedText.Read(text);
        var heading = lines.Count == 0 ? null : RowColumns.OfHeading(lines[0].Cells, known);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var rows = lines.Skip(heading is null ? 0 : 1).Where(line => line.Cells.Count > 0).Select((line, index) => Line(line, heading ?? usual, index, names)).ToList();
        return new CellTable(
            rows,
            heading is null ? [] : [.. lines[0].Cells.Where((cell, index) => heading[index] is null && cell.Length > 0)],
            heading is null ? "" : lines[0].Text);
    }

    /// <summary>The lines that were not taken, below the heading; empty for none.</summary>
    public static string Left(string heading, IEnumerable<(string Text, IReadOnlyList<Problem> Problems)> rows)
    {
        var left = rows.Where(row => row.Problems.Count > 0).Select(row => row.Text).ToList();
        return left.Count == 0 ? "" : string.Join('\n', left.Prepend(heading).Where(text => text.Length > 0));
    }

    private static CellLine Line(DelimitedLine line, IReadOnlyList<string?> columns, int index, HashSet<string> names)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var column = 0; column < Math.Min(columns.Count, line.Cells.Count); column++)
        {
            if (columns[column] is { } name)
            {
                cells.TryAdd(name, line.Cells[column]);
            }
        }

        var reader = new RowCells(cells, line.Line);
        var path = reader.Cell(RowColumns.Name).Trim();
        if (path.Length == 0)
        {
            reader.Add(RowColumns.Name, "paste.name_missing");
        }
        else if (!names.Add(path))
        {
            reader.Add(RowColumns.Name, "paste.name_twice", path);
        }

        if (index >= MaxRows)
        {
            reader.Add(RowColumns.Name, "paste.too_many", MaxRows);
        }

        if (line.Cells.Count > columns.Count && line.Cells.Skip(columns.Count).Any(cell => cell.Length > 0))
        {
            reader.Add(RowColumns.Name, "paste.too_many_cells", line.Cells.Count, columns.Count);
        }

        return new CellLine(line.Line, line.Text, path, reader);
    }
}
