using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;

namespace AvaConsole.Web.Features.Apis.Code;

/// <summary>A change of the shown text, for the text that the browser had after it reported typing for the <paramref name="Sent"/>th time.</summary>
public sealed record CodeUpdate(int Sent, TextDelta Delta, string Text, ApiSchema Schema);

/// <summary>
/// What the browser's editor shows, as far as is known here. Both sides change it, so each change names what it was made for; one that was made
/// for another text is not applied.
/// </summary>
public sealed class CodeText
{
    private readonly System.Text.StringBuilder _pieces = new();
    private CodeUpdate? _asked;
    private int _sent;
    private int _updates;

    public string Shown { get; private set; } = "";

    /// <summary>The draft that the shown text was written from or made; null for none.</summary>
    public ApiSchema? Schema { get; private set; }

    /// <summary>What the shown text says, where it was read; null where it was only written.</summary>
    public ApiSchema? Meaning { get; private set; }

    public bool Says(ApiSchema schema) => ReferenceEquals(schema, Schema);

    public void Add(string piece) => _pieces.Append(piece);

    /// <returns>The text as it is after the typing; null where the two sides lost each other.</returns>
    public string? Typed(int sent, int updates, int start, int removed, string added)
    {
        // The browser took our update, and its answer is still on its way.
        if (_asked is { } asked && updates == _updates + 1)
        {
            Take(asked);
        }

        added = _pieces.Append(added).ToString();
        _pieces.Clear();
        _sent = sent;
        if (updates != _updates || start < 0 || removed < 0 || start + removed > Shown.Length)
        {
            return null;
        }

        Shown = string.Concat(Shown.AsSpan(0, start), added, Shown.AsSpan(start + removed));
        return Shown;
    }

    public CodeUpdate Update(string text, ApiSchema schema) => _asked = new CodeUpdate(_sent, TextDelta.Between(Shown, text), text, schema);

    public void Answered(CodeUpdate update, bool taken)
    {
        if (taken && ReferenceEquals(_asked, update))
        {
            Take(update);
        }

        _asked = null;
    }

    /// <summary>The shown text was read: it says <paramref name="meaning"/> and made the draft <paramref name="schema"/>, or null where more than that was made.</summary>
    public void Means(ApiSchema meaning, ApiSchema? schema) => (Meaning, Schema) = (meaning, schema);

    /// <summary>The next update writes the whole draft again.</summary>
    public void Forget() => (Schema, Meaning) = (null, null);

    private void Take(CodeUpdate update)
    {
        (Shown, Schema, Meaning) = (update.Text, update.Schema, null);
        _updates++;
        _asked = null;
    }
}
