namespace AvaConsole.Core.Schemas.Lint;

/// <summary>A place in the document: how it is called, and how a change of it becomes a change of the whole.</summary>
/// <param name="path">Path in the model, for example <c>Parameters[2]</c>; empty for the whole document.</param>
/// <param name="at">Lifts a change of this place to one of the document. A place that is not there any more is left alone.</param>
internal sealed class LintSite<T>(string path, Func<Func<T, T>, Func<ApiSchema, ApiSchema>> at)
{
    public string Field => path;

    public string Member(string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <param name="change">Looks again before it changes anything: the document may have moved on since the finding.</param>
    public Func<ApiSchema, ApiSchema> Fix(Func<T, T> change) => at(change);

    public LintSite<TPart> Part<TPart>(string member, Func<T, TPart> get, Func<T, TPart, T> set) =>
        new(Member(member), change => at(whole => With(whole, get(whole), change, set)));

    /// <summary>A part that may be absent.</summary>
    public LintSite<TPart> OptionalPart<TPart>(string member, Func<T, TPart?> get, Func<T, TPart, T> set)
        where TPart : class =>
        new(Member(member), change => at(whole => get(whole) is { } part ? With(whole, part, change, set) : whole));

    // What a change leaves as it is stays the same object, so that one can see that nothing changed.
    private static T With<TPart>(T whole, TPart part, Func<TPart, TPart> change, Func<T, TPart, T> set)
    {
        var changed = change(part);
        return ReferenceEquals(changed, part) ? whole : set(whole, changed);
    }
}

internal static class LintSite
{
    public static LintSite<ApiSchema> Root { get; } = new("", change => change);

    public static LintSite<T> Element<T>(this LintSite<IReadOnlyList<T>> list, int index) =>
        new($"{list.Field}[{index}]", change => list.Fix(items => index < items.Count ? Replace(items, index, change(items[index])) : items));

    public static IReadOnlyList<T> Replace<T>(IReadOnlyList<T> items, int index, T item) =>
        ReferenceEquals(items[index], item) ? items : [.. items.Take(index), item, .. items.Skip(index + 1)];
}
