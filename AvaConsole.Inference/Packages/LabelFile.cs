using System.Globalization;
using System.Text;
using AvaConsole.Core.Common;

namespace AvaConsole.Inference.Packages;

/// <summary>
/// Reads class names: <c>labels.txt</c>, one for each line (with or without its number before a comma), or AVA's <c>labels.csv</c>, rows <c>index,"name"</c> (further columns are ignored).
/// </summary>
internal static class LabelFile
{
    private const int MaxBytes = 4 << 20;
    private const int MaxLength = 500;

    public static IReadOnlyList<string> Names { get; } = ["labels.txt", "labels.csv"];

    public static Result<IReadOnlyList<string>> Read(string path)
    {
        var name = Path.GetFileName(path);
        if (new FileInfo(path).Length > MaxBytes)
        {
            return new InvalidError(name, "package.labels_too_large", name, MaxBytes >> 20);
        }

        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
            var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
            return name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? ReadCsv(name, lines) : ReadText(name, lines);
        }
        catch (DecoderFallbackException)
        {
            return new InvalidError(name, "package.labels_not_utf8", name);
        }
    }

    private static Result<IReadOnlyList<string>> ReadText(string file, string[] lines)
    {
        for (var line = 0; line < lines.Length; line++)
        {
            lines[line] = lines[line].Trim();
            if (lines[line].Length is 0 or > MaxLength)
            {
                return new InvalidError(file, "package.labels_line", file, line + 1);
            }
        }

        // Some tools number the lines: "0,tench, Tinca tinca".
        return Enumerable.Range(0, lines.Length).All(line => lines[line].StartsWith($"{line},", StringComparison.Ordinal) && lines[line].Length > $"{line},".Length)
            ? lines.Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..].Trim()).ToArray()
            : lines;
    }

    // 0,"tabby cat" — the index must be the row's own, whatever the order of the rows.
    private static Result<IReadOnlyList<string>> ReadCsv(string file, string[] lines)
    {
        var labels = new string?[lines.Length];
        for (var line = 0; line < lines.Length; line++)
        {
            var comma = lines[line].IndexOf(',', StringComparison.Ordinal);
            var label = comma < 0 ? "" : Unquote(lines[line][(comma + 1)..]);
            if (label.Length is 0 or > MaxLength
                || !int.TryParse(lines[line].AsSpan(0, comma).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                || index >= labels.Length || labels[index] is not null)
            {
                return new InvalidError(file, "package.labels_line", file, line + 1);
            }

            labels[index] = label;
        }

        return Array.ConvertAll(labels, label => label!);
    }

    private static string Unquote(string cell)
    {
        cell = cell.Trim();
        if (!cell.StartsWith('"'))
        {
            return cell.Split(',')[0].Trim();
        }

        var end = 1;
        while (end < cell.Length && (cell[end] != '"' || (end + 1 < cell.Length && cell[end + 1] == '"' && ++end > 0)))
        {
            end++;
        }

        return end < cell.Length ? cell[1..end].Replace("\"\"", "\"", StringComparison.Ordinal).Trim() : "";
    }
}
