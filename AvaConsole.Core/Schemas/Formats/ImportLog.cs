using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Collects what an import could not carry over, up to a limit: the notes must not grow larger than the document.</summary>
internal sealed class ImportLog
{
    private const int MaxNotes = 1000;
    private const int MaxShown = 80;

    private readonly List<SchemaNote> _notes = [];
    private readonly HashSet<(string Code, string Pointer, string Arg)> _seen = [];

    /// <summary>In the order of the text.</summary>
    public IReadOnlyList<SchemaNote> Notes => [.. _notes.OrderBy(note => note.Line ?? int.MaxValue)];

    public void Add(string code, SourceNode at, params object?[] args) => Add(code, at.Pointer, at.Line, args);

    public void Add(string code, string pointer, int? line, params object?[] args)
    {
        // What stands behind a reference is read wherever it is referred to, and said once.
        if (_notes.Count > MaxNotes || !_seen.Add((code, pointer, args.Length > 0 ? args[0]?.ToString() ?? "" : "")))
        {
            return;
        }

        _notes.Add(_notes.Count == MaxNotes ? new SchemaNote("import.more_notes", "", null, MaxNotes) : new SchemaNote(code, pointer, line, args));
    }

    /// <summary>Notes every member but the known ones, with the known one that was perhaps meant.</summary>
    public void Unknown(SourceObject node, params IReadOnlyCollection<string> known)
    {
        foreach (var member in node.Members)
        {
            if (!known.Contains(member.Name))
            {
                var near = NearestName.Find(member.Name, known);
                var (code, args) = near is null
                    ? ("import.member_unknown", new object?[] { member.Name, Shown(member.Value) })
                    : ("import.member_unknown_near", [member.Name, Shown(member.Value), near]);
                Add(code, member.Value.Pointer, member.Line, args);
            }
        }
    }

    /// <summary>A value as a note shows it.</summary>
    public static string Shown(SourceNode value)
    {
        var text = value is SourceValue scalar ? scalar.Text : value is SourceArray ? "[…]" : "{…}";
        return text.Length <= MaxShown ? text : text[..MaxShown] + "…";
    }
}
