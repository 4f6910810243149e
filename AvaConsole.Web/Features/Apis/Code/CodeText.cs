using AvaConsole.Core.Schemas.Editing;

namespace AvaConsole.Web.Features.Apis.Code;

/// <summary>A change of the shown text, for the text that the browser had after it reported typing for the <paramref name="Sent"/>th time.</summary>
/// <typeparam name="T">What texts are written from.</typeparam>
public sealed record CodeUpdate<T>(int Sent, TextDelta Delta, string Text, T Source)
    where T : class;

/// <summary>
/// What the browser's editor shows, as far as is known here. Both sides change it, so each change names what it was made for; one that was made
/// for another text is not applied.
/// </summary>
/// <typeparam name="T">What the text is written from and read into: an API's draft, or the text itself.</typeparam>
public sealed class CodeText<T>
    where T : class
{
    private readonly System.Text.StringBuilder _pieces = new();
    private CodeUpdate<T>? _asked;
    private int _sent;
    private int _updates;

    public string Shown { get; private set; } = "";

    /// <summary>The draft that the shown text was written from or made; null for none.</summary>
    public T? Source { get; private set; }

    /// <summary>What the shown text says, where it was read; null where it was only written.</summary>
    public T? Meaning { get; private set; }

    public bool Says(T source) => ReferenceEquals(source, Source);

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

    public CodeUpdate<T> Update(string text, T source) => _asked = new CodeUpdate<T>(_sent, TextDelta.Between(Shown, text), text, source);

    public void Answered(CodeUpdate<T> update, bool taken)
    {
        if (taken && ReferenceEquals(_asked, update))
        {
            Take(update);
        }

        _asked = null;
    }

    /// <summary>The shown text was read: it says <paramref name="meaning"/> and made the draft <paramref name="source"/>, or null where more than that was made.</summary>
    public void Means(T meaning, T? source) => (Meaning, Source) = (meaning, source);

    /// <summary>The next update writes the whole draft again.</summary>
    public void Forget() => (Source, Meaning) = (null, null);

    private void Take(CodeUpdate<T> update)
    {
        (Shown, Source, Meaning) = (update.Text, update.Source, null);
        _updates++;
        _asked = null;
    }
}
