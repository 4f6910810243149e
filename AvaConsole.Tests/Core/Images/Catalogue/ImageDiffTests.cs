using AvaConsole.Core.Images.Catalogue;

namespace AvaConsole.Tests.Core.Images.Catalogue;

public sealed class ImageDiffTests
{
    [Fact]
    public void Compare_OnePlatformEach_TellsLayersLabelsAndVariables()
    {
        var left = Side("a:1", Platform("linux/amd64", ["base", "old"], new() { ["team"] = "vision", ["gone"] = "x" }, ["PATH", "OLD"]));
        var right = Side("a:2", Platform("linux/amd64", ["base", "new", "newer"], new() { ["team"] = "sound", ["fresh"] = "y" }, ["PATH", "NEW"]));

        var platform = Assert.Single(ImageDiff.Compare(left, right).Platforms);

        Assert.Equal(
            [(ImageChange.Removed, "old"), (ImageChange.Shared, "base"), (ImageChange.Added, "new"), (ImageChange.Added, "newer")],
            platform.Layers.Select(layer => (layer.Change, layer.Digest)));
        Assert.Equal((20, 2), (platform.BytesOf(ImageChange.Added), platform.CountOf(ImageChange.Added)));
        Assert.Equal(
            [
                new LabelChange(ImageChange.Added, "fresh", "", "y"), new LabelChange(ImageChange.Removed, "gone", "x", ""),
                new LabelChange(ImageChange.Changed, "team", "vision", "sound"),
            ],
            platform.Labels);
        Assert.Equal(
            [new VariableChange(ImageChange.Added, "NEW"), new VariableChange(ImageChange.Removed, "OLD"), new VariableChange(ImageChange.Shared, "PATH")],
            platform.Variables);
    }

    [Fact]
    public void Compare_SeveralPlatforms_PairsThemByName()
    {
        var left = Side("a:1", Platform("linux/amd64", ["base"]), Platform("linux/arm64", ["arm"]));
        var right = Side("a:2", Platform("linux/arm64", ["arm"]), Platform("linux/riscv64", ["risc"]));

        var diff = ImageDiff.Compare(left, right);

        Assert.Equal(
            [("linux/amd64", true, false), ("linux/arm64", true, true), ("linux/riscv64", false, true)],
            diff.Platforms.Select(platform => (platform.Platform, platform.Left is not null, platform.Right is not null)));
        Assert.Equal(ImageChange.Shared, Assert.Single(diff.Platforms[1].Layers).Change);
    }

    [Fact]
    public void Compare_PlatformUnsaidOnOneSide_MeetsTheOnlyOther() =>
        Assert.Equal("linux/amd64", Assert.Single(ImageDiff.Compare(Side("a:1", Platform("", ["base"])), Side("a:2", Platform("linux/amd64", ["base"]))).Platforms).Platform);

    [Fact]
    public void Compare_ImageUnknown_SaysThatItIsNotComplete()
    {
        var diff = ImageDiff.Compare(new ImageSide("a:1", null, ImageFacets.None), Side("a:2", Platform("linux/amd64", ["base"])));

        Assert.Equal((false, false), (diff.IsSame, diff.IsComplete));
        Assert.Equal(ImageChange.Added, Assert.Single(Assert.Single(diff.Platforms).Layers).Change);
    }

    [Fact]
    public void Compare_TwoTagsOfOneImage_IsTheSame()
    {
        var one = Side("a:1", Platform("linux/amd64", ["base"]));

        Assert.True(ImageDiff.Compare(one, one with { Reference = "a:2" }).IsSame);
    }

    private static ImageSide Side(string reference, params List<IndexedPlatform> platforms) =>
        new(reference, new IndexedImage { Digest = "sha256:" + reference, Platforms = platforms }, ImageFacets.None);

    private static IndexedPlatform Platform(string name, string[] layers, Dictionary<string, string>? labels = null, string[]? variables = null) =>
        new(name, "sha256:" + name, 1, null, [.. layers.Select(layer => new IndexedLayer(layer, 10))], labels ?? [], variables ?? [], []);
}
