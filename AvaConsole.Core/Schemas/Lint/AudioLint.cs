namespace AvaConsole.Core.Schemas.Lint;

/// <summary>Rates, channels and frames, which only audio has.</summary>
internal static class AudioLint
{
    private static readonly Numbers[] s_numbers =
    [
        new("SampleRates", [8000, 16000], now => now.SampleRates, (now, list) => now with { SampleRates = list }),
        new("Channels", [1, 2], now => now.Channels, (now, list) => now with { Channels = list }),
        new("BitDepths", [8, 16], now => now.BitDepths, (now, list) => now with { BitDepths = list }),
    ];

    public static void Check(LintSite<PayloadEntry> site, PayloadEntry entry, LintSink sink)
    {
        foreach (var numbers in s_numbers.Where(numbers => numbers.Get(entry).Count > 0))
        {
            if (entry.Type != PayloadTypes.Audio)
            {
                sink.Add("schema.audio_only", site.Member(numbers.Member), site.Fix(now => now.Type == PayloadTypes.Audio ? now : numbers.Set(now, [])), entry.Type);
            }
            else
            {
                CheckValues(site, numbers, numbers.Get(entry), sink);
            }
        }

        if (entry.MaxFrameSize is not null && entry.Type != PayloadTypes.Audio)
        {
            sink.Add("schema.audio_only", site.Member("MaxFrameSize"), site.Fix(now => now.Type == PayloadTypes.Audio ? now : now with { MaxFrameSize = null }), entry.Type);
        }
        else if (entry.MaxFrameSize <= 0)
        {
            sink.Add("schema.audio_value_invalid", site.Member("MaxFrameSize"), site.Fix(now => now.MaxFrameSize <= 0 ? now with { MaxFrameSize = null } : now), entry.MaxFrameSize);
        }
    }

    private static void CheckValues(LintSite<PayloadEntry> site, Numbers numbers, IReadOnlyList<int> values, LintSink sink)
    {
        foreach (var value in values.Distinct())
        {
            if (value <= 0)
            {
                var fix = site.Fix(now => numbers.Get(now).Any(number => number <= 0) ? numbers.Set(now, [.. numbers.Get(now).Where(number => number > 0)]) : now);
                sink.Add("schema.audio_value_invalid", site.Member(numbers.Member), fix, value);
            }
            else if (!numbers.Usual.Contains(value))
            {
                sink.Add("schema.audio_value_unusual", site.Member(numbers.Member), null, value, string.Join(", ", numbers.Usual));
            }
        }
    }

    /// <param name="Usual">What the gateway's own schemas have.</param>
    private sealed record Numbers(string Member, int[] Usual, Func<PayloadEntry, IReadOnlyList<int>> Get, Func<PayloadEntry, IReadOnlyList<int>, PayloadEntry> Set);
}
