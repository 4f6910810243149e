namespace AvaConsole.Core.Schemas.Editing;

/// <summary>
/// Puts the objects of an earlier state in the place of equal ones in a later state that was read from text: what did not change is then the same
/// object, and a page need not look at it again.
/// </summary>
public static class SchemaSharing
{
    public static ApiSchema Reuse(ApiSchema earlier, ApiSchema later) => later with
    {
        Parameters = Reuse(earlier.Parameters, later.Parameters, parameter => parameter.Name, Same),
        Payload = Reuse(earlier.Payload, later.Payload, entry => entry.Name, Same),
        Response = Reuse(earlier.Response, later.Response, entry => entry.Name, Same),
    };

    /// <summary>Equal in everything, lists compared by what they hold.</summary>
    public static bool Same(ApiParameter? left, ApiParameter? right)
    {
        if (ReferenceEquals(left, right) || left is null || right is null)
        {
            return ReferenceEquals(left, right);
        }

        return left with { Enum = right.Enum, Properties = right.Properties, Items = right.Items } == right
            && left.Enum.SequenceEqual(right.Enum)
            && Same(left.Properties, right.Properties, Same)
            && Same(left.Items, right.Items);
    }

    /// <summary>Equal in everything, lists compared by what they hold.</summary>
    public static bool Same(PayloadEntry left, PayloadEntry right) =>
        ReferenceEquals(left, right)
        || (WithListsOf(left, right) == right
            && left.Encodings.SequenceEqual(right.Encodings)
            && left.Compressions.SequenceEqual(right.Compressions)
            && left.Formats.SequenceEqual(right.Formats)
            && left.SampleRates.SequenceEqual(right.SampleRates)
            && left.Channels.SequenceEqual(right.Channels)
            && left.BitDepths.SequenceEqual(right.BitDepths)
            && left.Shape.SequenceEqual(right.Shape)
            && Same(left.Content, right.Content));

    private static PayloadEntry WithListsOf(PayloadEntry entry, PayloadEntry lists) => entry with
    {
        Encodings = lists.Encodings,
        Compressions = lists.Compressions,
        Formats = lists.Formats,
        SampleRates = lists.SampleRates,
        Channels = lists.Channels,
        BitDepths = lists.BitDepths,
        Shape = lists.Shape,
        Content = lists.Content,
    };

    private static bool Same<T>(IReadOnlyList<T> left, IReadOnlyList<T> right, Func<T, T, bool> same) =>
        ReferenceEquals(left, right) || (left.Count == right.Count && !left.Where((element, index) => !same(element, right[index])).Any());

    private static IReadOnlyList<T> Reuse<T>(IReadOnlyList<T> earlier, IReadOnlyList<T> later, Func<T, string> name, Func<T, T, bool> same)
    {
        if (Same(earlier, later, same))
        {
            return earlier;
        }

        var known = earlier.GroupBy(name).ToDictionary(group => group.Key, group => group.First());
        return [.. later.Select(element => known.TryGetValue(name(element), out var old) && same(old, element) ? old : element)];
    }
}
