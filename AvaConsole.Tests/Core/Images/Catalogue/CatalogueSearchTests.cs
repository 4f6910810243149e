using AvaConsole.Core.Images.Catalogue;
using FsCheck;
using FsCheck.Fluent;

namespace AvaConsole.Tests.Core.Images.Catalogue;

public sealed class CatalogueSearchTests
{
    private static readonly DateTimeOffset s_day = new(2026, 11, 21, 0, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void Run_AnyCatalogueAndQuestion_AnswersAsTheNaiveOneDoes() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            var images = Images(random);
            var query = Query(random);

            var result = CatalogueSearch.Run(new CatalogueSnapshot(images, 2), query, default);

            Assert.Equal(NaiveCatalogue.Rows(images, query), result.Rows.Select(row => new NaiveCatalogue.Row(row.Image.Repository, row.Matching, row.Newest, row.LargestBytes)));
            Assert.Equal(result.Rows.Sum(row => row.Matching), result.TotalTags);
            foreach (var facet in Enum.GetValues<CatalogueFacet>())
            {
                var expected = NaiveCatalogue.Counts(images, query, facet).Where(count => count.Value > 0).OrderBy(count => count.Key, StringComparer.Ordinal);
                var counted = result.Facets[facet].Where(count => count.Images > 0).OrderBy(count => count.Value, StringComparer.Ordinal);
                Assert.Equal(expected, counted.Select(count => KeyValuePair.Create(count.Value, count.Images)));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Run_TagsOfARow_AreTheYoungestThatMatch()
    {
        var image = Image("vision/ava-caffe", [.. Enumerable.Range(0, 9).Select(day => Tag("ava-caffe", $"py27-cpu{day}", s_day.AddDays(-day))), Tag("ava-caffe", "other", s_day)]);

        var row = Assert.Single(Search([image], "py27").Rows);

        Assert.Equal(9, row.Matching);
        Assert.Equal(["py27-cpu0", "py27-cpu1", "py27-cpu2", "py27-cpu3", "py27-cpu4"], row.Tags.Select(tag => tag.Name));
    }

    [Fact]
    public void Run_WordsInSeveralPlaces_RanksByWhere()
    {
        CatalogueImage[] images =
        [
            Image("team/keras-like", [Tag("keras-like", "mxnet")]),
            Image("mxnet-team/tool", [Tag("tool", "1")]),
            Image("team/ava-mxnet", [Tag("ava-mxnet", "1")]),
            Image("team/labelled", [Tag("labelled", "1") with { LabelText = "uses mxnet" }]),
        ];

        Assert.Equal(["team/ava-mxnet", "mxnet-team/tool", "team/keras-like", "team/labelled"], Search(images, "MXNet").Rows.Select(row => row.Image.Path));
    }

    [Theory]
    [InlineData("reg.example:5000/vision/ava-caffe:py27-cpu")]
    [InlineData("reg.example:5000/vision/ava-caffe")]
    [InlineData("sha256:ab")]
    [InlineData("caffe CPU vision")]
    [InlineData("  python 2.7 ")]
    public void Run_WhatWasPasted_FindsTheImage(string text)
    {
        var image = Image("vision/ava-caffe", [Tag("ava-caffe", "py27-cpu") with { Digest = "sha256:abc" }]);
        var other = Image("sound/ava-pytorch", [Tag("ava-pytorch", "py35-cuda90") with { Digest = "sha256:def" }]);

        Assert.Equal(["vision/ava-caffe"], Search([image, other], text).Rows.Select(row => row.Image.Path));
    }

    [Fact]
    public void Run_ChosenValueThatNothingHas_StaysToBeTakenBack()
    {
        var result = CatalogueSearch.Run(
            new CatalogueSnapshot([Image("vision/ava-caffe", [Tag("ava-caffe", "py27-cpu")])], 1),
            new CatalogueQuery { Facets = new Dictionary<CatalogueFacet, IReadOnlyList<string>> { [CatalogueFacet.Cuda] = ["11.8"] } },
            default);

        Assert.Empty(result.Rows);
        Assert.Equal([new FacetCount("11.8", 0, true)], result.Facets[CatalogueFacet.Cuda]);
        Assert.Empty(result.Facets[CatalogueFacet.Device]);
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => CatalogueSearch.Run(new CatalogueSnapshot([], 0), new CatalogueQuery(), cancelled.Token));
    }

    [Fact]
    public void Run_ManyAtOnce_AllGetTheSame()
    {
        var snapshot = new CatalogueSnapshot(Images(new Random(5)), 1);
        var query = Query(new Random(6)) with { Text = "a" };
        var expected = CatalogueSearch.Run(snapshot, query, default).Rows.Select(row => row.Image.Repository).ToList();

        Parallel.For(0, 200, _ => Assert.Equal(expected, CatalogueSearch.Run(snapshot, query, default).Rows.Select(row => row.Image.Repository)));
    }

    private static CatalogueResult Search(IEnumerable<CatalogueImage> images, string text) => CatalogueSearch.Run(new CatalogueSnapshot(images, 1), new CatalogueQuery { Text = text }, default);

    private static CatalogueImage Image(string path, IReadOnlyList<CatalogueTag> tags) => new() { Registry = "team", Host = "reg.example:5000", Path = path, Tags = tags };

    private static CatalogueTag Tag(string name, string tag, DateTimeOffset? created = null) =>
        new(tag, "", TagState.Known, false, 10, created, "", ImageFacets.Of(name, tag));

    private static List<CatalogueImage> Images(Random random)
    {
        string[] names = ["ava-caffe", "ava-mxnet", "ava-caffe-gpu-classify", "ava-keras", "tool2", "tool10", "Ⅻ"];
        string[] tags = ["py27-cpu", "py35-cuda90", "py27-cuda80-cudnn6", "v20180228-1", "v20261101", "latest", "1.0"];
        return
        [
            .. Enumerable.Range(0, random.Next(0, 14)).Select(number => new CatalogueImage
            {
                Registry = Pick(random, "team", "hub"),
                Host = Pick(random, "reg.example", "hub.example", "hub.example", ""),
                Path = $"{Pick(random, "vision/", "sound/", "a/b/", "")}{names[random.Next(names.Length)]}",
                Tags =
                [
                    .. tags.Where(_ => random.Next(3) == 0).Select(tag => Tag(names[number % names.Length], tag, random.Next(4) == 0 ? null : s_day.AddHours(-random.Next(-10, 24 * 500))) with
                    {
                        SizeBytes = random.Next(3) * 100,
                        Digest = Pick(random, "", "sha256:aa", "sha256:ab"),
                        LabelText = Pick(random, "", "team a\nb", "mxnet"),
                    }),
                ],
            }).DistinctBy(image => image.Repository),
        ];
    }

    private static CatalogueQuery Query(Random random)
    {
        var facets = new Dictionary<CatalogueFacet, IReadOnlyList<string>>();
        void Choose(CatalogueFacet facet, params string[] values)
        {
            if (random.Next(4) == 0) facets[facet] = [.. values.Where(_ => random.Next(2) == 0)];
        }

        Choose(CatalogueFacet.Framework, "caffe", "mxnet", "none");
        Choose(CatalogueFacet.Device, "cpu", "gpu");
        Choose(CatalogueFacet.Cuda, "8.0", "9.0");
        Choose(CatalogueFacet.Python, "2.7", "3.5");
        Choose(CatalogueFacet.Kind, "classify");
        Choose(CatalogueFacet.Team, "vision", "a");
        Choose(CatalogueFacet.Registry, "team", "hub", CatalogueQuery.BaseSource);
        Choose(CatalogueFacet.Date, [.. CatalogueDates.All]);
        return new CatalogueQuery
        {
            Text = Pick(random, "", "", "ava", "caffe", "py27 vision", "tool", "mxnet 2.7", "sha256:a", "hub.example/sound/tool2:latest", "nothing"),
            Facets = facets,
            Sort = Enum.GetValues<CatalogueSort>()[random.Next(5)],
            DayStart = s_day,
            Take = int.MaxValue,
        };
    }

    private static string Pick(Random random, params string[] texts) => texts[random.Next(texts.Length)];
}
