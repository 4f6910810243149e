using System.Buffers;
using AvaConsole.Core.Naming;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>
/// Answers one question about a snapshot. One walk over the entries counts everything: an entry that only one facet turns down still counts for that
/// facet, so that its other values say what choosing them would bring.
/// </summary>
internal sealed class CatalogueSearch
{
    private const int ShownTags = 5;

    private static readonly int s_facets = Enum.GetValues<CatalogueFacet>().Length;

    private readonly CatalogueSnapshot _snapshot;
    private readonly CatalogueQuery _query;

    /// <summary>By facet, by the value's number: chosen; null where nothing is chosen of the facet.</summary>
    private readonly bool[]?[] _chosen;

    /// <summary>By facet, by the value's number: images with it, and the last image that counted.</summary>
    private readonly (int Images, int Last)[][] _counts;

    /// <summary>By image.</summary>
    private readonly Found[] _found;

    private readonly CatalogueDateBuckets _dates;
    private int _matchingTags;

    private CatalogueSearch(CatalogueSnapshot snapshot, CatalogueQuery query)
    {
        (_snapshot, _query, _dates) = (snapshot, query, new CatalogueDateBuckets(query.DayStart));
        _found = new Found[snapshot.Images.Length];
        _chosen = new bool[]?[s_facets];
        _counts = new (int, int)[s_facets][];
        for (var facet = 0; facet < s_facets; facet++)
        {
            var size = facet == (int)CatalogueFacet.Date ? CatalogueDateBuckets.Count : snapshot.Values[facet].Texts.Count;
            _counts[facet] = new (int, int)[size];
            Array.Fill(_counts[facet], (0, -1));
            _chosen[facet] = query.Facets.TryGetValue((CatalogueFacet)facet, out var values) && values.Count > 0 ? Chosen(facet, values, size) : null;
        }
    }

    public static CatalogueResult Run(CatalogueSnapshot snapshot, CatalogueQuery query, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var entries = snapshot.Tags.Length;
        var scores = ArrayPool<byte>.Shared.Rent(entries);
        try
        {
            CatalogueWords.Score(snapshot, CatalogueWords.Split(query.Text), scores.AsSpan(0, entries), ct);
            var search = new CatalogueSearch(snapshot, query);
            search.Walk(scores.AsSpan(0, entries));
            ct.ThrowIfCancellationRequested();
            return search.Result(scores);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scores);
        }
    }

    private bool[] Chosen(int facet, IReadOnlyList<string> values, int size)
    {
        var chosen = new bool[size];
        foreach (var value in values)
        {
            if (facet == (int)CatalogueFacet.Date)
            {
                CatalogueDateBuckets.Choose(value, chosen);
            }
            else if (_snapshot.Values[facet].NumberOf(value) is { } number and > 0)
            {
                chosen[number] = true;
            }
        }

        return chosen;
    }

    private int NumberOf(int facet, int entry) =>
        facet == (int)CatalogueFacet.Date ? _dates.Of(_snapshot.CreatedTicks[entry]) : _snapshot.Values[facet].Numbers[entry];

    private void Walk(ReadOnlySpan<byte> scores)
    {
        for (var entry = 0; entry < scores.Length; entry++)
        {
            if (scores[entry] == CatalogueWords.NoMatch)
            {
                continue;
            }

            switch (Refusals(entry, out var only))
            {
                case 0:
                    Take(entry, scores[entry]);
                    break;
                case 1:
                    CountOne(only, entry);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>How many facets turn the entry down, up to two.</summary>
    private int Refusals(int entry, out int last)
    {
        var refusals = 0;
        last = -1;
        for (var facet = 0; facet < s_facets && refusals < 2; facet++)
        {
            if (_chosen[facet] is { } chosen && !chosen[NumberOf(facet, entry)])
            {
                (last, refusals) = (facet, refusals + 1);
            }
        }

        return refusals;
    }

    private void Take(int entry, byte score)
    {
        for (var facet = 0; facet < s_facets; facet++)
        {
            CountOne(facet, entry);
        }

        ref var found = ref _found[_snapshot.ImageOf[entry]];
        found.Score = found.Entries == 0 ? score : Math.Min(found.Score, score);
        found.Entries++;
        if (_snapshot.Tags[entry] is { } tag)
        {
            _matchingTags++;
            found.Tags++;
            found.Newest = Math.Max(found.Newest, _snapshot.CreatedTicks[entry]);
            found.Largest = Math.Max(found.Largest, tag.SizeBytes);
        }
    }

    private void CountOne(int facet, int entry)
    {
        ref var count = ref _counts[facet][NumberOf(facet, entry)];
        var image = _snapshot.ImageOf[entry];
        if (count.Last == image)
        {
            return;
        }

        count = (count.Images + 1, image);
        if (facet == (int)CatalogueFacet.Date)
        {
            _dates.Meet(image, NumberOf(facet, entry));
        }
    }

    private CatalogueResult Result(byte[] scores)
    {
        var images = Enumerable.Range(0, _found.Length).Where(image => _found[image].Entries > 0).ToArray();
        var hasWords = CatalogueWords.Split(_query.Text).Count > 0;
        Array.Sort(images, (one, other) => Compare(one, other, hasWords));
        var facets = Enum.GetValues<CatalogueFacet>().ToDictionary(facet => facet, Facet);
        var rows = images.Skip(Math.Max(0, _query.Skip)).Take(_query.Take).Select(image => Row(image, scores)).ToList();
        return new CatalogueResult(rows, images.Length, _matchingTags, facets, _snapshot.Images.Length, _snapshot.TagCount, _snapshot.Registries);
    }

    // Images are kept by name, so their numbers decide what else is equal.
    private int Compare(int one, int other, bool hasWords)
    {
        var (left, right) = (_found[one], _found[other]);
        var order = _query.Sort switch
        {
            CatalogueSort.Relevance when hasWords => left.Score.CompareTo(right.Score),
            CatalogueSort.Newest => right.Newest.CompareTo(left.Newest),
            CatalogueSort.Size => right.Largest.CompareTo(left.Largest),
            CatalogueSort.Tags => right.Tags.CompareTo(left.Tags),
            _ => 0,
        };
        return order != 0 ? order : one.CompareTo(other);
    }

    private IReadOnlyList<FacetCount> Facet(CatalogueFacet facet)
    {
        if (facet == CatalogueFacet.Date)
        {
            return _dates.Counts(_query.Facets.GetValueOrDefault(facet) ?? []);
        }

        // What is chosen stays, or nobody could take it back.
        var asked = _query.Facets.GetValueOrDefault(facet) ?? [];
        var values = _snapshot.Values[(int)facet];
        var counted = _counts[(int)facet].Select((count, number) => new FacetCount(values.Texts[number], count.Images, asked.Contains(values.Texts[number])))
            .Skip(1)
            .Where(value => value.Images > 0 || value.IsChosen);
        var unknown = asked.Where(value => value.Length > 0 && values.NumberOf(value) is null).Distinct().Select(value => new FacetCount(value, 0, true));
        return [.. counted.Concat(unknown).OrderByDescending(value => facet is CatalogueFacet.Cuda or CatalogueFacet.Python ? 0 : value.Images).ThenBy(value => value.Value, NaturalOrder.Instance)];
    }

    private CatalogueRow Row(int image, byte[] scores)
    {
        var first = Array.BinarySearch(_snapshot.ImageOf, image);
        while (first > 0 && _snapshot.ImageOf[first - 1] == image)
        {
            first--;
        }

        var shown = new List<(long Created, CatalogueTag Tag)>(ShownTags + 1);
        var values = new Dictionary<CatalogueFacet, SortedSet<string>>();
        for (var entry = first; entry < _snapshot.ImageOf.Length && _snapshot.ImageOf[entry] == image; entry++)
        {
            if (_snapshot.Tags[entry] is { } tag && scores[entry] != CatalogueWords.NoMatch && Refusals(entry, out _) == 0)
            {
                Show(shown, _snapshot.CreatedTicks[entry], tag);
                Collect(values, entry);
            }
        }

        var found = _found[image];
        return new CatalogueRow(
            _snapshot.Images[image], found.Tags, [.. shown.Select(tag => tag.Tag)], found.Newest == 0 ? null : new DateTimeOffset(found.Newest, TimeSpan.Zero), found.Largest,
            values.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)[.. pair.Value]));
    }

    /// <summary>Keeps the few that are shown in their order, without sorting thousands.</summary>
    private static void Show(List<(long Created, CatalogueTag Tag)> shown, long created, CatalogueTag tag)
    {
        var at = shown.Count;
        while (at > 0 && (shown[at - 1].Created < created || (shown[at - 1].Created == created && NaturalOrder.Compare(shown[at - 1].Tag.Name, tag.Name) > 0)))
        {
            at--;
        }

        if (at < ShownTags)
        {
            shown.Insert(at, (created, tag));
            if (shown.Count > ShownTags) shown.RemoveAt(ShownTags);
        }
    }

    private void Collect(Dictionary<CatalogueFacet, SortedSet<string>> values, int entry)
    {
        for (var facet = CatalogueFacet.Framework; facet <= CatalogueFacet.Kind; facet++)
        {
            if (_snapshot.Values[(int)facet].Numbers[entry] is var number and > 0)
            {
                if (!values.TryGetValue(facet, out var set)) values[facet] = set = new SortedSet<string>(NaturalOrder.Instance);
                set.Add(_snapshot.Values[(int)facet].Texts[number]);
            }
        }
    }

    /// <summary>What matches of an image.</summary>
    private struct Found
    {
        public int Entries;
        public int Tags;
        public byte Score;
        public long Newest;
        public long Largest;
    }
}
