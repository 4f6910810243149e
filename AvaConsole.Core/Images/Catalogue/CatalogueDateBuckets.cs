namespace AvaConsole.Core.Images.Catalogue;

/// <summary>Ages of images as numbers: 0 where it is not known, then one for each of <see cref="CatalogueDates"/>, without those before it.</summary>
internal sealed class CatalogueDateBuckets(DateTimeOffset dayStart)
{
    public const int Count = 6;

    private const int Older = 5;

    private readonly long[] _starts =
    [
        dayStart.UtcTicks, Before(dayStart, 6), Before(dayStart, 29), Before(dayStart, 364),
    ];

    /// <summary>By number: images whose youngest counted tag is of it; of the last one, images with any such tag.</summary>
    private readonly int[] _images = new int[Count];
    private int _image = -1;
    private int _youngest;

    public int Of(long createdTicks)
    {
        if (createdTicks == 0)
        {
            return 0;
        }

        for (var number = 0; number < _starts.Length; number++)
        {
            if (createdTicks >= _starts[number])
            {
                return number + 1;
            }
        }

        return Older;
    }

    /// <summary>Marks the numbers that a value stands for; an unknown one stands for none.</summary>
    public static void Choose(string value, bool[] chosen)
    {
        var last = IndexOf(value) + 1;
        for (var number = last == Older ? Older : 1; number <= last; number++)
        {
            chosen[number] = true;
        }
    }

    /// <summary>An image has a tag of this age. The images come one after the other, and each number of one once.</summary>
    public void Meet(int image, int number)
    {
        if (number is 0)
        {
            return;
        }

        if (number == Older)
        {
            _images[Older]++;
            return;
        }

        if (image != _image)
        {
            (_image, _youngest) = (image, number);
            _images[number]++;
        }
        else if (number < _youngest)
        {
            _images[_youngest]--;
            _images[number]++;
            _youngest = number;
        }
    }

    public IReadOnlyList<FacetCount> Counts(IReadOnlyList<string> asked)
    {
        var counts = new List<FacetCount>();
        var sum = 0;
        for (var number = 1; number < Count; number++)
        {
            sum = number == Older ? _images[Older] : sum + _images[number];
            var value = CatalogueDates.All[number - 1];
            if (sum > 0 || asked.Contains(value))
            {
                counts.Add(new FacetCount(value, sum, asked.Contains(value)));
            }
        }

        return counts;
    }

    private static int IndexOf(string value)
    {
        for (var index = 0; index < CatalogueDates.All.Count; index++)
        {
            if (CatalogueDates.All[index] == value) return index;
        }

        return -1;
    }

    // Tests and links may say no day at all.
    private static long Before(DateTimeOffset day, int days) => day.UtcTicks <= days * TimeSpan.TicksPerDay ? 0 : day.UtcTicks - (days * TimeSpan.TicksPerDay);
}
