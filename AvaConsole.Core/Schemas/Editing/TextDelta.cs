namespace AvaConsole.Core.Schemas.Editing;

/// <summary>
/// The difference of two texts as one replaced middle: what is between the longest common beginning and end. Leads from either text to the other.
/// </summary>
public sealed record TextDelta(int Start, string Removed, string Added)
{
    public bool IsEmpty => Removed.Length == 0 && Added.Length == 0;

    public static TextDelta Between(string before, string after)
    {
        var start = before.AsSpan().CommonPrefixLength(after);
        // Half a surrogate pair cannot be stored as text.
        if (start > 0 && char.IsHighSurrogate(before[start - 1]))
        {
            start--;
        }

        var end = CommonEnd(before.AsSpan(start), after.AsSpan(start));
        return new TextDelta(start, before[start..^end], after[start..^end]);
    }

    /// <returns>Null where the text is not the one that this was made from.</returns>
    public string? Apply(string text) => Replace(text, Removed, Added);

    /// <returns>Null where the text is not the one that this leads to.</returns>
    public string? Revert(string text) => Replace(text, Added, Removed);

    private string? Replace(string text, string old, string value) =>
        Start + old.Length <= text.Length && text.AsSpan(Start, old.Length).SequenceEqual(old)
            ? string.Concat(text.AsSpan(0, Start), value, text.AsSpan(Start + old.Length))
            : null;

    private static int CommonEnd(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var most = Math.Min(left.Length, right.Length);
        var length = 0;
        while (length < most && left[^(length + 1)] == right[^(length + 1)])
        {
            length++;
        }

        return length > 0 && char.IsLowSurrogate(left[^length]) ? length - 1 : length;
    }
}
