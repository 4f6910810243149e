using System.Collections.Immutable;

namespace AvaConsole.Core.Schemas.Editing;

/// <summary>One edit of a draft, both ways.</summary>
/// <param name="Key">Edits with the same key that follow one another quickly are one step; empty for an edit that stands alone.</param>
/// <param name="At">When it was last added to.</param>
public sealed record DraftStep(EditLabel Label, string Author, DateTimeOffset At, TextDelta Delta, string Key = "");

/// <summary>
/// Everything that was done to a draft, in order, and how much of it is done at present. Immutable: recording, undoing and redoing give another one.
/// </summary>
public sealed record DraftHistory
{
    /// <summary>Steps that are kept; older ones cannot be undone any more.</summary>
    public const int Limit = 500;

    /// <summary>Edits of one field within this time of each other are one step.</summary>
    public static readonly TimeSpan CoalesceWithin = TimeSpan.FromSeconds(1);

    private DraftHistory(ImmutableList<DraftStep> steps, int first, int position, string text) =>
        (Steps, First, Position, Text) = (steps, first, position, text);

    /// <summary>Oldest first; those after <see cref="Position"/> are undone.</summary>
    public ImmutableList<DraftStep> Steps { get; }

    /// <summary>Number of the oldest step. Numbers are never given twice, except to what replaces undone steps.</summary>
    public int First { get; }

    /// <summary>Number of the last step that is done; one less than <see cref="First"/> where none is.</summary>
    public int Position { get; }

    /// <summary>The draft's canonical text at <see cref="Position"/>.</summary>
    public string Text { get; }

    /// <summary>Number of the newest step.</summary>
    public int Last => First + Steps.Count - 1;

    public bool CanUndo => Position >= First;

    public bool CanRedo => Position < Last;

    public static DraftHistory Start(ApiSchema schema) => new([], 1, 0, DraftText.Write(schema));

    /// <summary>As it was stored. Steps that do not lead to the draft as it is now are left out: they could not be undone.</summary>
    public static DraftHistory Restore(ApiSchema schema, int first, int position, IEnumerable<DraftStep> steps)
    {
        var history = new DraftHistory([.. steps], first, Math.Max(position, first - 1), DraftText.Write(schema));
        var fits = history.Position <= history.Last
            && (!history.CanUndo || history[history.Position].Delta.Revert(history.Text) is not null)
            && (!history.CanRedo || history[history.Position + 1].Delta.Apply(history.Text) is not null);
        return fits ? history : new DraftHistory([], history.Position + 1, history.Position, history.Text);
    }

    /// <summary>The step of a number between <see cref="First"/> and <see cref="Last"/>.</summary>
    public DraftStep this[int number] => Steps[number - First];

    /// <summary>Adds what leads from here to <paramref name="next"/>. What was undone is forgotten.</summary>
    public DraftHistory Record(ApiSchema next, EditLabel label, string author, DateTimeOffset at, string key = "")
    {
        var text = DraftText.Write(next);
        var (done, before) = (Steps.RemoveRange(Position - First + 1, Last - Position), Text);
        if (key.Length > 0 && !CanRedo && CanUndo && Continues(this[Position], author, at, key) && this[Position].Delta.Revert(Text) is { } earlier)
        {
            (done, before) = (done.RemoveAt(done.Count - 1), earlier);
        }

        var delta = TextDelta.Between(before, text);
        if (delta.IsEmpty)
        {
            // Typed and taken back: nothing happened, and what was undone before can still be redone.
            return text == Text ? this : new DraftHistory(done, First, First + done.Count - 1, text);
        }

        done = done.Add(new DraftStep(label, author, at, delta, key));
        var excess = Math.Max(0, done.Count - Limit);
        return new DraftHistory(done.RemoveRange(0, excess), First + excess, First + done.Count - 1, text);
    }

    /// <summary>As far as it can be led: a step that does not fit the text stops the way.</summary>
    public DraftHistory MoveTo(int position)
    {
        var (target, at, text) = (Math.Clamp(position, First - 1, Last), Position, Text);
        while (at > target && this[at].Delta.Revert(text) is { } earlier)
        {
            (at, text) = (at - 1, earlier);
        }

        while (at < target && this[at + 1].Delta.Apply(text) is { } later)
        {
            (at, text) = (at + 1, later);
        }

        return at == Position ? this : new DraftHistory(Steps, First, at, text);
    }

    public DraftHistory Undo() => MoveTo(Position - 1);

    public DraftHistory Redo() => MoveTo(Position + 1);

    private static bool Continues(DraftStep step, string author, DateTimeOffset at, string key) =>
        step.Key == key && step.Author == author && at - step.At <= CoalesceWithin;
}
