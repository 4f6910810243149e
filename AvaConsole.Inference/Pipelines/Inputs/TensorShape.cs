namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>Which shape a payload's elements take in an input.</summary>
internal static class TensorShape
{
    /// <param name="given">As the payload nests them; one length where it is flat, none for one value.</param>
    /// <param name="wanted">-1 for any length.</param>
    /// <returns>Null where they do not go together, or more than one length is left open.</returns>
    public static long[]? Fit(IReadOnlyList<long> given, IReadOnlyList<long> wanted)
    {
        if (Agrees(given, wanted))
        {
            return [.. given];
        }

        // One row without its batch.
        if (wanted is [-1 or 1, ..] && Agrees(given, wanted.Skip(1).ToList()))
        {
            return [1, .. given];
        }

        return given.Count <= 1 ? FromCount(given is [var count] ? count : 1, wanted) : null;
    }

    /// <summary>A number of elements in a shape with at most one open length.</summary>
    public static long[]? FromCount(long count, IReadOnlyList<long> wanted)
    {
        var open = wanted.Count(length => length < 0);
        var known = wanted.Where(length => length >= 0).Aggregate(1L, (product, length) => product * length);
        if (open == 0)
        {
            return known == count ? [.. wanted] : null;
        }

        // A row of a model that leaves its batch and one more length open.
        if (open == 2 && wanted[0] < 0)
        {
            return FromCount(count, [1, .. wanted.Skip(1)]);
        }

        return open == 1 && known > 0 && count % known == 0 ? [.. wanted.Select(length => length < 0 ? count / known : length)] : null;
    }

    private static bool Agrees(IReadOnlyList<long> given, IReadOnlyList<long> wanted) =>
        given.Count == wanted.Count && given.Zip(wanted).All(pair => pair.Second < 0 || pair.First == pair.Second);
}
