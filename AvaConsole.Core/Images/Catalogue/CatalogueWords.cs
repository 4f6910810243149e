namespace AvaConsole.Core.Images.Catalogue;

/// <summary>Finds what a person typed. Every word has to be somewhere; where it is says how well it fits.</summary>
internal static class CatalogueWords
{
    /// <summary>An entry that does not match.</summary>
    public const byte NoMatch = byte.MaxValue;

    private const int MaxWords = 12;
    private const string DigestStart = "sha256:";

    // The smaller the better; a word that is nowhere makes the entry no match.
    private const byte NameStart = 0;
    private const byte InName = 1;
    private const byte InTag = 2;
    private const byte InLabel = 3;

    /// <summary>In lower case; a reference is taken apart, so that one that was pasted finds its image.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (word.Contains('/') && ImageReference.TryParse(word, out var reference))
            {
                words.AddRange(((string[])[reference.Repository, reference.Tag, reference.Digest]).Where(part => part.Length > 0));
            }
            else
            {
                words.Add(word);
            }
        }

        return [.. words.Select(word => word.ToLowerInvariant()).Distinct(StringComparer.Ordinal).Take(MaxWords)];
    }

    /// <summary>For each entry the sum over the words of how well each fits, or <see cref="NoMatch"/>.</summary>
    public static void Score(CatalogueSnapshot snapshot, IReadOnlyList<string> words, Span<byte> scores, CancellationToken ct)
    {
        scores.Clear();
        foreach (var word in words)
        {
            ct.ThrowIfCancellationRequested();
            if (word.StartsWith(DigestStart, StringComparison.Ordinal))
            {
                ScoreDigest(snapshot, word, scores);
            }
            else
            {
                ScoreWord(snapshot, word, scores);
            }
        }
    }

    private static void ScoreWord(CatalogueSnapshot snapshot, string word, Span<byte> scores)
    {
        var images = new byte[snapshot.Images.Length];
        for (var image = 0; image < images.Length; image++)
        {
            images[image] = Starts(snapshot.NameTexts[image], word) ? NameStart : Has(snapshot.RepositoryTexts[image], word) ? InName : NoMatch;
        }

        var (inTerm, inLabel) = (Where(snapshot.Terms.Texts, word), Where(snapshot.Labels.Texts, word));
        var (terms, labels) = (snapshot.Terms.Numbers, snapshot.Labels.Numbers);
        for (var entry = 0; entry < scores.Length; entry++)
        {
            var place = images[snapshot.ImageOf[entry]];
            if (place == NoMatch)
            {
                place = inTerm[terms[entry]] ? InTag : inLabel[labels[entry]] ? InLabel : NoMatch;
            }

            Add(ref scores[entry], place);
        }
    }

    private static void ScoreDigest(CatalogueSnapshot snapshot, string word, Span<byte> scores)
    {
        for (var entry = 0; entry < scores.Length; entry++)
        {
            Add(ref scores[entry], snapshot.Tags[entry]?.Digest.StartsWith(word, StringComparison.Ordinal) is true ? InTag : NoMatch);
        }
    }

    private static void Add(ref byte score, byte place) => score = score == NoMatch || place == NoMatch ? NoMatch : (byte)(score + place);

    // "caffe" begins "ava-caffe", too: everything is AVA's.
    private static bool Starts(string name, string word) =>
        name.StartsWith(word, StringComparison.Ordinal)
        || (name.StartsWith(Naming.ImageName.Prefix, StringComparison.Ordinal) && name.AsSpan(Naming.ImageName.Prefix.Length).StartsWith(word, StringComparison.Ordinal));

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.Ordinal);

    private static bool[] Where(IReadOnlyList<string> texts, string word)
    {
        var found = new bool[texts.Count];
        for (var index = 0; index < found.Length; index++)
        {
            found[index] = Has(texts[index], word);
        }

        return found;
    }
}
