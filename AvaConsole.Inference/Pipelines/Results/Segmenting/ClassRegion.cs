namespace AvaConsole.Inference.Pipelines.Results.Segmenting;

/// <summary>The pixels of one class.</summary>
/// <param name="Area">Pixels.</param>
/// <param name="Left">Of the smallest upright rectangle around them; right and bottom lie behind the last pixel.</param>
internal sealed record ClassRegion(int Class, int Area, int Left, int Top, int Right, int Bottom)
{
    /// <summary>The classes that a map has, by their index.</summary>
    public static List<ClassRegion> Find(LabelMap map)
    {
        var areas = new int[LabelMap.MaxClasses + 1];
        var (left, top, right, bottom) = (Filled(int.MaxValue), Filled(int.MaxValue), Filled(-1), Filled(-1));
        for (var y = 0; y < map.Height; y++)
        {
            var row = map.Pixels.AsSpan(y * map.Width, map.Width);
            for (var x = 0; x < row.Length; x++)
            {
                var label = row[x];
                areas[label]++;
                left[label] = Math.Min(left[label], x);
                right[label] = Math.Max(right[label], x);
                top[label] = Math.Min(top[label], y);
                bottom[label] = y;
            }
        }

        return [.. Enumerable.Range(0, LabelMap.MaxClasses).Where(label => areas[label] > 0)
            .Select(label => new ClassRegion(label, areas[label], left[label], top[label], right[label] + 1, bottom[label] + 1))];
    }

    /// <summary>Start and length of each run of the class, in turn; pixels are counted row by row from the upper left, from 0.</summary>
    public List<int> Runs(LabelMap map)
    {
        var runs = new List<int>();
        var pixels = map.Pixels;
        for (var index = Top * map.Width; index < Bottom * map.Width; index++)
        {
            if (pixels[index] != Class)
            {
                continue;
            }

            var start = index;
            while (index < pixels.Length && pixels[index] == Class)
            {
                index++;
            }

            runs.Add(start);
            runs.Add(index - start);
        }

        return runs;
    }

    private static int[] Filled(int value)
    {
        var values = new int[LabelMap.MaxClasses + 1];
        Array.Fill(values, value);
        return values;
    }
}
