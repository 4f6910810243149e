using AvaConsole.Core.Schemas.Formats;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>One line of a lint report: a rule's finding in the document, or what reading its file had to correct or leave out.</summary>
/// <param name="Rule">Rule id or the note's code; also the code of the text.</param>
/// <param name="Pointer">JSON pointer into the model's JSON for findings, into the file for notes.</param>
/// <param name="Line">Line of the file, from 1; null where it is not known.</param>
/// <param name="CanFix">There is one right way to mend it. A corrected file is what reading and writing it gives, so notes are mended too.</param>
public sealed record LintEntry(string Rule, LintSeverity Severity, string Pointer, int? Line, IReadOnlyList<object?> Args, bool CanFix)
{
    /// <summary>Errors first, then in the document's order; notes of the file come before findings of equal severity.</summary>
    public static IReadOnlyList<LintEntry> Of(IEnumerable<LintFinding> findings, IEnumerable<SchemaNote>? notes = null) =>
    [
        .. (notes ?? []).Select(note => new LintEntry(note.Code, LintSeverity.Warn, note.Pointer, note.Line, note.Args, CanFix: true))
            .Concat(findings.Select(finding => new LintEntry(finding.Rule, finding.Severity, finding.Pointer, null, finding.Args, finding.Fixed is not null)))
            .OrderByDescending(entry => entry.Severity),
    ];
}
