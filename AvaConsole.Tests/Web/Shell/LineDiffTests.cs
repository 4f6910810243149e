using AvaConsole.Web.Components.Shared;

namespace AvaConsole.Tests.Web.Shell;

public sealed class LineDiffTests
{
    [Fact]
    public void Compare_OneMemberOfCompactJson_ChangesOneLine()
    {
        var lines = LineDiff.Compare("""{"a":1,"b":2}""", """{"a":1,"b":3}""");

        Assert.Equal(
            [
                new DiffLine(DiffLineKind.Same, 1, 1, "{"),
                new DiffLine(DiffLineKind.Same, 2, 2, "  \"a\": 1,"),
                new DiffLine(DiffLineKind.Removed, 3, null, "  \"b\": 2"),
                new DiffLine(DiffLineKind.Added, null, 3, "  \"b\": 3"),
                new DiffLine(DiffLineKind.Same, 4, 4, "}"),
            ],
            lines);
    }

    [Theory]
    [InlineData(null, "x", DiffLineKind.Added)]
    [InlineData("x", null, DiffLineKind.Removed)]
    public void Compare_OneSideAbsent_HasNoLineForIt(string? before, string? after, DiffLineKind expected)
    {
        var line = Assert.Single(LineDiff.Compare(before, after));

        Assert.Equal((expected, "x"), (line.Kind, line.Text));
    }

    [Fact]
    public void Layout_BigNumbersAndHanText_StayAsTheyAre()
    {
        Assert.Equal("{\n  \"n\": 12345678901234567890,\n  \"s\": \"数字\"\n}", LineDiff.Layout("""{"n":12345678901234567890,"s":"数字"}""").ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("{broken")]
    [InlineData("0.50")]
    public void Layout_NotAJsonDocument_IsLeftAlone(string text) => Assert.Equal(text, LineDiff.Layout(text));

    [Fact]
    public void Fold_LongUnchangedRun_KeepsTwoLinesAroundTheChange()
    {
        var before = string.Join('\n', Enumerable.Range(1, 20).Select(number => $"line {number}"));
        var lines = LineDiff.Compare(before, before.Replace("line 10\n", "line ten\n", StringComparison.Ordinal));

        var sections = LineDiff.Fold(lines);

        Assert.Equal([true, false, false, false, true], sections.Select(section => section.Folded));
        Assert.Equal([7, 2, 2, 2, 8], sections.Select(section => section.Lines.Count));
        Assert.Equal(lines, sections.SelectMany(section => section.Lines));
    }

    [Fact]
    public void Pair_UnequalBlocks_LeavesTheShorterSideEmpty()
    {
        var pairs = LineDiff.Pair(LineDiff.Compare("a\nb\nc", "a\nx\ny\nz\nc"));

        Assert.Equal([("a", "a"), ("b", "x"), (null, "y"), (null, "z"), ("c", "c")], pairs.Select(pair => (pair.Old?.Text, pair.New?.Text)));
    }
}
