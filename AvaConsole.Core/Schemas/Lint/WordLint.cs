namespace AvaConsole.Core.Schemas.Lint;

/// <summary>The words by which an entry says how its data is written: encodings, compressions and formats.</summary>
internal static class WordLint
{
    public static void Check(LintSite<PayloadEntry> site, PayloadEntry entry, LintSink sink)
    {
        foreach (var words in WordsOf(entry.Type))
        {
            CheckKnown(site, entry, words, sink);
            if (words.Get(entry).Distinct(StringComparer.Ordinal).Count() < words.Get(entry).Count)
            {
                var fix = site.Fix(now => words.Get(now).Distinct(StringComparer.Ordinal).ToList() is { } kept && kept.Count < words.Get(now).Count ? words.Set(now, kept) : now);
                sink.Add("schema.word_duplicate", site.Member(words.Member), fix, words.Get(entry).GroupBy(word => word).First(group => group.Count() > 1).Key);
            }
        }
    }

    private static void CheckKnown(LintSite<PayloadEntry> site, PayloadEntry entry, Words words, LintSink sink)
    {
        foreach (var word in words.Get(entry))
        {
            if (!words.Known.Contains(word))
            {
                var near = Near(word, words.Known);
                sink.Add(words.Rule, site.Member(words.Member), near is null ? null : Respelled(site, words, word, near), words.Args(word));
            }
            else if (Canonical(word) is { } canonical)
            {
                sink.Add("schema.encoding_alias", site.Member(words.Member), Respelled(site, words, word, canonical), word, canonical);
            }
        }
    }

    private static Func<ApiSchema, ApiSchema> Respelled(LintSite<PayloadEntry> site, Words words, string from, string to) => site.Fix(now => words.Get(now).Contains(from)
        ? words.Set(now, [.. words.Get(now).Select(word => word == from ? to : word).Distinct(StringComparer.Ordinal)])
        : now);

    /// <summary>The gateway's spelling of a word that is accepted in another; null where it is the gateway's.</summary>
    private static string? Canonical(string word) => word == "utf-8" ? "utf8" : null;

    private static string? Near(string word, IReadOnlyList<string> known)
    {
        var folded = Fold(word);
        var meant = folded switch
        {
            "gz" => "gzip",
            "none" or "identity" => "raw",
            _ => known.FirstOrDefault(candidate => Fold(candidate) == folded) ?? NearestName.Find(word, known),
        };
        return meant is not null && known.Contains(meant) ? Canonical(meant) ?? meant : null;
    }

    private static string Fold(string word) => new([.. word.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    private static Words[] WordsOf(string type)
    {
        var encodings = PayloadRules.Encodings(type);
        var all = new Words[]
        {
            new("Encoding", "schema.encoding_unknown", encodings, word => [word, type, string.Join(", ", encodings)], now => now.Encodings, (now, list) => now with { Encodings = list }),
            new("Compress", "schema.compress_unknown", PayloadRules.Compressions, word => [word], now => now.Compressions, (now, list) => now with { Compressions = list }),
            new("Format", "schema.payload_format_unknown", PayloadRules.TextFormats, word => [word, string.Join(", ", PayloadRules.TextFormats)], now => now.Formats, (now, list) => now with { Formats = list }),
        };

        // Only text has formats that are known by name.
        return type == PayloadTypes.Text ? all : all[..2];
    }

    private sealed record Words(
        string Member,
        string Rule,
        IReadOnlyList<string> Known,
        Func<string, object?[]> Args,
        Func<PayloadEntry, IReadOnlyList<string>> Get,
        Func<PayloadEntry, IReadOnlyList<string>, PayloadEntry> Set);
}
