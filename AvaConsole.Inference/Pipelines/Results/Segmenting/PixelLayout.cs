namespace AvaConsole.Inference.Pipelines.Results.Segmenting;

/// <summary>Where in an output the number of a pixel and class lies: <c>pixel × PixelStep + class × ClassStep</c>.</summary>
internal readonly record struct PixelLayout(int Width, int Height, int Classes, int PixelStep, int ClassStep)
{
    /// <param name="shape">Of one picture; leading dimensions of 1 do not count.</param>
    /// <param name="labels">Number of class names, by which the classes' dimension is known; 0: it is the shorter one of the first and the last.</param>
    /// <returns>Null where it is no map of pixels.</returns>
    public static PixelLayout? Find(IReadOnlyList<long> shape, int labels)
    {
        var skipped = 0;
        while (skipped < shape.Count - 2 && shape[skipped] == 1)
        {
            skipped++;
        }

        var lengths = shape.Skip(skipped).ToArray();
        if (lengths.Any(length => length < 1) || lengths.Aggregate(1L, (count, length) => count * length) > int.MaxValue)
        {
            return null;
        }

        return lengths switch
        {
            [var height, var width] => new PixelLayout((int)width, (int)height, 1, 1, 0),
            [var first, var second, var third] => IsFirst(first, third, labels)
                ? new PixelLayout((int)third, (int)second, (int)first, 1, (int)(second * third))
                : new PixelLayout((int)second, (int)first, (int)third, (int)third, 1),
            _ => null,
        };
    }

    private static bool IsFirst(long first, long last, int labels) =>
        labels > 0 && (first == labels) != (last == labels) ? first == labels : first <= last;
}
