using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>One line of a pasted table.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Text">The line as it was pasted.</param>
/// <param name="Path">Its name: <c>size</c>, or <c>options.size</c> and <c>faces[].box</c> for a member.</param>
/// <param name="Parameter">What can be made of it.</param>
/// <param name="Problems">Why it is not taken; fields are <c>line.column</c>.</param>
public sealed record PastedRow(int Line, string Text, string Path, ApiParameter Parameter, IReadOnlyList<Problem> Problems);

/// <summary>A pasted table.</summary>
/// <param name="Parameters">The lines without a problem, members inside their objects.</param>
/// <param name="Rows">Every line, in order.</param>
/// <param name="IgnoredColumns">Headings that mean nothing here.</param>
/// <param name="Heading">The heading line; empty where there is none.</param>
public sealed record PastedRows(IReadOnlyList<ApiParameter> Parameters, IReadOnlyList<PastedRow> Rows, IReadOnlyList<string> IgnoredColumns, string Heading)
{
    /// <summary>The lines that were not taken, below the heading, so that they can be corrected where they are; empty for none.</summary>
    public string Left => Rows.All(row => row.Problems.Count == 0)
        ? ""
        : string.Join('\n', Rows.Where(row => row.Problems.Count > 0).Select(row => row.Text).Prepend(Heading).Where(text => text.Length > 0));
}

/// <summary>
/// Parameters from a table as spreadsheets copy it: TSV or CSV, with headings in any order (English or Chinese) or without
/// (name, type, required, min, max, enum, default, description).
/// </summary>
public static class RowPaste
{
    private const int MaxRows = 2000;

    /// <summary>All lines, or every problem of every line.</summary>
    public static Result<IReadOnlyList<ApiParameter>> Parse(string text)
    {
        var pasted = Read(text);
        var problems = pasted.Rows.SelectMany(row => row.Problems).ToList();
        return problems.Count > 0 ? new InvalidError(problems) : new List<ApiParameter>(pasted.Parameters);
    }

    /// <summary>What the good lines give and what is wrong with the others.</summary>
    public static PastedRows Read(string text)
    {
        var lines = DelimitedText.Read(text);
        var heading = lines.Count == 0 ? null : RowColumns.OfHeading(lines[0].Cells);
        var columns = heading ?? RowColumns.Usual;
        var names = new HashSet<string>(StringComparer.Ordinal);
        var rows = lines.Skip(heading is null ? 0 : 1).Where(line => line.Cells.Count > 0).Select((line, index) => Row(line, columns, index, names)).ToList();
        return new PastedRows(
            RowNesting.Nest(rows.Where(row => row.Problems.Count == 0).Select(row => (row.Path, row.Parameter))),
            rows,
            heading is null ? [] : [.. lines[0].Cells.Where((cell, index) => heading[index] is null && cell.Length > 0)],
            heading is null ? "" : lines[0].Text);
    }

    /// <summary>Rows as a spreadsheet takes them, with headings; members under their path.</summary>
    public static string Write(IEnumerable<ApiParameter> parameters) =>
        string.Join('\n', RowNesting.Flatten(parameters).Select(row => DelimitedText.Write(Cells(row.Path, row.Parameter))).Prepend(string.Join('\t', RowColumns.Usual)));

    private static PastedRow Row(DelimitedLine line, IReadOnlyList<string?> columns, int index, HashSet<string> names)
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
        var parameter = reader.Read() with { Name = RowNesting.NameOf(path) };
        CheckName(reader, path, names);
        if (index >= MaxRows)
        {
            reader.Add(RowColumns.Name, "paste.too_many", MaxRows);
        }

        if (line.Cells.Count > columns.Count && line.Cells.Skip(columns.Count).Any(cell => cell.Length > 0))
        {
            reader.Add(RowColumns.Name, "paste.too_many_cells", line.Cells.Count, columns.Count);
        }

        return new PastedRow(line.Line, line.Text, path, parameter, reader.Problems);
    }

    private static void CheckName(RowCells reader, string path, HashSet<string> names)
    {
        if (path.Length == 0)
        {
            reader.Add(RowColumns.Name, "paste.name_missing");
        }
        else if (!names.Add(path))
        {
            reader.Add(RowColumns.Name, "paste.name_twice", path);
        }
    }

    private static string[] Cells(string path, ApiParameter parameter)
    {
        var (least, most) = parameter.Type switch
        {
            ParameterTypes.String => (parameter.MinLength, parameter.MaxLength),
            ParameterTypes.Array => (parameter.MinItems, parameter.MaxItems),
            _ => (parameter.Minimum, parameter.Maximum),
        };
        return
        [
            path,
            TypeOf(parameter),
            parameter.Required ? "yes" : "no",
            least is null ? "" : ParameterText.Format(least.Value),
            most is null ? "" : ParameterText.Format(most.Value),
            string.Join('|', parameter.Enum),
            parameter.Default,
            parameter.Description,
        ];
    }

    private static string TypeOf(ApiParameter parameter) => parameter switch
    {
        { Type: ParameterTypes.Array, Items: { } items } => TypeOf(items) + "[]",
        { Format: "int32" or "int64" or "float" or "double" } => parameter.Format,
        _ => parameter.Type,
    };
}
