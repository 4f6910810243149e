using System.Text;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>A line of a pasted table.</summary>
/// <param name="Line">From 1; of cells with line breaks the first.</param>
internal sealed record DelimitedLine(int Line, IReadOnlyList<string> Cells, string Text);

/// <summary>Reads and writes cells between tabs, commas, semicolons or bars, quoted as spreadsheets quote them.</summary>
internal static class DelimitedText
{
    private static readonly char[] s_separators = ['\t', ',', ';', '|'];

    /// <summary>Empty lines are left out.</summary>
    public static List<DelimitedLine> Read(string text)
    {
        var separator = SeparatorOf(text);
        var lines = new List<DelimitedLine>();
        var (at, line) = (0, 1);
        while (at < text.Length)
        {
            var (start, first, cells) = (at, line, new List<string>());
            do
            {
                cells.Add(Cell(text, separator, ref at, ref line));
            }
            while (at < text.Length && text[at] == separator && ++at <= text.Length);
            var end = at;
            at = SkipBreak(text, at);
            line++;
            if (cells.Exists(cell => cell.Length > 0))
            {
                lines.Add(new DelimitedLine(first, separator == '|' ? Trimmed(cells) : cells, text[start..end]));
            }
        }

        return lines;
    }

    /// <summary>One line with tabs between; cells that hold tabs, quotes or breaks are quoted.</summary>
    public static string Write(IEnumerable<string> cells) => string.Join('\t', cells.Select(cell =>
        cell.AsSpan().IndexOfAny("\t\n\r\"") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

    /// <summary>The one that the first line has most of; a tab before all others, since spreadsheets copy with it.</summary>
    private static char SeparatorOf(string text)
    {
        var first = text.Split('\n', 2)[0];
        return first.Contains('\t', StringComparison.Ordinal) || text.Contains('\t', StringComparison.Ordinal)
            ? '\t'
            : s_separators.MaxBy(separator => first.Count(letter => letter == separator));
    }

    private static string Cell(string text, char separator, ref int at, ref int line)
    {
        var quoted = at < text.Length && text[at] == '"';
        if (!quoted)
        {
            var start = at;
            while (at < text.Length && text[at] != separator && text[at] is not ('\n' or '\r'))
            {
                at++;
            }

            return text[start..at].Trim();
        }

        var cell = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                line += text[at] == '\n' ? 1 : 0;
                cell.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append(text[++at]);
            }
            else
            {
                at++;
                break;
            }
        }

        // What stands between the closing quote and the next separator belongs to the cell, too: nothing is lost.
        while (at < text.Length && text[at] != separator && text[at] is not ('\n' or '\r'))
        {
            cell.Append(text[at++]);
        }

        return cell.ToString().Trim();
    }

    private static int SkipBreak(string text, int at)
    {
        if (at < text.Length && text[at] == '\r')
        {
            at++;
        }

        return at < text.Length && text[at] == '\n' ? at + 1 : at;
    }

    /// <summary>Tables as Markdown writes them: a bar at both ends, and a line of dashes.</summary>
    private static List<string> Trimmed(List<string> cells)
    {
        var (start, end) = (cells[0].Length == 0 ? 1 : 0, cells.Count > 1 && cells[^1].Length == 0 ? cells.Count - 1 : cells.Count);
        var inner = cells[start..end];
        return inner.TrueForAll(cell => cell.AsSpan().Trim("-: ").Length == 0) ? [] : inner;
    }
}
