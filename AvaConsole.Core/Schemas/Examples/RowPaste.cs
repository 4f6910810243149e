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
    public string Left => CellTable.Left(Heading, Rows.Select(row => (row.Text, row.Problems)));
}

/// <summary>
/// Parameters from a table as spreadsheets copy it: TSV or CSV, with headings in any order (English or Chinese) or without
/// (name, type, required, min, max, enum, default, description).
/// </summary>
public static class RowPaste
{
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
        var table = CellTable.Read(text, RowColumns.Usual, RowColumns.OfParameters);
        var rows = table.Lines.Select(Row).ToList();
        return new PastedRows(
            RowNesting.Nest(rows.Where(row => row.Problems.Count == 0).Select(row => (row.Path, row.Parameter))),
            rows,
            table.Ignored,
            table.Heading);
    }

    /// <summary>Rows as a spreadsheet takes them, with headings; members under their path.</summary>
    public static string Write(IEnumerable<ApiParameter> parameters) =>
        string.Join('\n', RowNesting.Flatten(parameters).Select(row => DelimitedText.Write(Cells(row.Path, row.Parameter))).Prepend(string.Join('\t', RowColumns.Usual)));

    private static PastedRow Row(CellLine line) =>
        new(line.Line, line.Text, line.Name, line.Cells.Read() with { Name = RowNesting.NameOf(line.Name) }, line.Cells.Problems);

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
