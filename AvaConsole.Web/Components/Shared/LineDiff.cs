using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace AvaConsole.Web.Components.Shared;

public enum DiffLineKind
{
    Same,
    Added,
    Removed,
}

/// <param name="OldNumber">Line number before; null where it is added.</param>
/// <param name="NewNumber">Line number after; null where it is removed.</param>
public sealed record DiffLine(DiffLineKind Kind, int? OldNumber, int? NewNumber, string Text);

/// <summary>A removed line beside the added one that replaces it; either side may be missing.</summary>
public sealed record DiffPair(DiffLine? Old, DiffLine? New);

/// <summary>Lines that are shown, or unchanged ones that are folded away.</summary>
public sealed record DiffSection(IReadOnlyList<DiffLine> Lines, bool Folded);

/// <summary>Compares two texts line by line. JSON documents are laid out first, so that a change of one member is one line.</summary>
public static class LineDiff
{
    private const int Context = 2;

    private static readonly JsonWriterOptions s_indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<DiffLine> Compare(string? before, string? after)
    {
        var model = new InlineDiffBuilder(new Differ()).BuildDiffModel(Layout(before), Layout(after), ignoreWhitespace: false);
        var lines = new List<DiffLine>(model.Lines.Count);
        int oldNumber = 0, newNumber = 0;
        foreach (var piece in model.Lines)
        {
            lines.Add(piece.Type switch
            {
                ChangeType.Inserted => new DiffLine(DiffLineKind.Added, null, ++newNumber, piece.Text),
                ChangeType.Deleted => new DiffLine(DiffLineKind.Removed, ++oldNumber, null, piece.Text),
                _ => new DiffLine(DiffLineKind.Same, ++oldNumber, ++newNumber, piece.Text),
            });
        }

        // An absent document compares as one empty line, which nobody wrote.
        return [.. lines.Where(line => line is not { Kind: not DiffLineKind.Same, Text: "" } || !IsNothing(line, before, after))];
    }

    /// <summary>Folds runs of unchanged lines, keeping two around each change.</summary>
    public static IReadOnlyList<DiffSection> Fold(IReadOnlyList<DiffLine> lines)
    {
        var sections = new List<DiffSection>();
        for (var start = 0; start < lines.Count;)
        {
            var same = lines[start].Kind == DiffLineKind.Same;
            var end = start;
            while (end < lines.Count && lines[end].Kind == DiffLineKind.Same == same)
            {
                end++;
            }

            AddSections(sections, lines, start, end, same);
            start = end;
        }

        return sections;
    }

    /// <summary>Puts removed and added lines of one change side by side.</summary>
    public static IReadOnlyList<DiffPair> Pair(IReadOnlyList<DiffLine> lines)
    {
        var pairs = new List<DiffPair>();
        for (var i = 0; i < lines.Count;)
        {
            if (lines[i].Kind == DiffLineKind.Same)
            {
                pairs.Add(new DiffPair(lines[i], lines[i]));
                i++;
                continue;
            }

            var block = lines.Skip(i).TakeWhile(line => line.Kind != DiffLineKind.Same).ToList();
            var removed = block.Where(line => line.Kind == DiffLineKind.Removed).ToList();
            var added = block.Where(line => line.Kind == DiffLineKind.Added).ToList();
            for (var row = 0; row < Math.Max(removed.Count, added.Count); row++)
            {
                pairs.Add(new DiffPair(removed.ElementAtOrDefault(row), added.ElementAtOrDefault(row)));
            }

            i += block.Count;
        }

        return pairs;
    }

    /// <summary>Indents JSON objects and arrays without touching their numbers; other text is left alone.</summary>
    public static string Layout(string? text)
    {
        if (text is null || text.TrimStart() is not ['{' or '[', ..])
        {
            return text ?? "";
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer, s_indented))
            {
                document.RootElement.WriteTo(writer);
            }

            return Encoding.UTF8.GetString(buffer.ToArray());
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static bool IsNothing(DiffLine line, string? before, string? after) =>
        line.Kind == DiffLineKind.Removed ? string.IsNullOrEmpty(before) : string.IsNullOrEmpty(after);

    private static void AddSections(List<DiffSection> sections, IReadOnlyList<DiffLine> lines, int start, int end, bool same)
    {
        var head = start == 0 ? 0 : Context;
        var tail = end == lines.Count ? 0 : Context;

        // Folding fewer than three lines would take more room than it saves.
        if (!same || end - start <= head + tail + 2)
        {
            sections.Add(new DiffSection(Slice(lines, start, end), false));
            return;
        }

        if (head > 0)
        {
            sections.Add(new DiffSection(Slice(lines, start, start + head), false));
        }

        sections.Add(new DiffSection(Slice(lines, start + head, end - tail), true));
        if (tail > 0)
        {
            sections.Add(new DiffSection(Slice(lines, end - tail, end), false));
        }
    }

    private static List<DiffLine> Slice(IReadOnlyList<DiffLine> lines, int start, int end) => [.. lines.Skip(start).Take(end - start)];
}
