using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AvaConsole.Tests.Core.Schemas.Editing;

public sealed class DraftMergeTests
{
    private static readonly ApiSchema s_draft = new()
    {
        Service = "digits",
        Parameters = [Row("a"), Row("b"), Row("c"), new ApiParameter { Name = "options", Type = ParameterTypes.Object, Properties = [Row("x"), Row("y")] }],
    };

    [Fact]
    public void ThreeWay_OneSideOnly_GivesThatSide() => Prop.ForAll(
        ApiSchemaGenerator.Arbitrary,
        ApiSchemaGenerator.Arbitrary,
        (common, other) =>
        {
            Assert.Equal(DraftText.Write(other), DraftText.Write(DraftMerge.ThreeWay(common, other, common).Schema));
            Assert.Equal(DraftText.Write(other), DraftText.Write(DraftMerge.ThreeWay(common, common, other).Schema));
            var both = DraftMerge.ThreeWay(common, other, other);
            Assert.Equal((DraftText.Write(other), 0), (DraftText.Write(both.Schema), both.Conflicts.Count));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ThreeWay_DifferentMembersOfOneRow_TakesBoth()
    {
        var mine = With(0, row => row with { Maximum = 5 });
        var theirs = With(0, row => row with { Description = "how many" });

        var merged = DraftMerge.ThreeWay(s_draft, mine, theirs);

        Assert.Empty(merged.Conflicts);
        Assert.Equal((5m, "how many"), (merged.Schema.Parameters[0].Maximum!.Value, merged.Schema.Parameters[0].Description));
        Assert.Equal([new MergeChange("parameters/a/description", null, "\"how many\"")], merged.Theirs);
    }

    [Fact]
    public void ThreeWay_SameMember_AsksAndKeepsMineUntilDecided()
    {
        var mine = With(0, row => row with { Maximum = 5 });
        var theirs = With(0, row => row with { Maximum = 6, Minimum = 1 });

        var merged = DraftMerge.ThreeWay(s_draft, mine, theirs);

        Assert.Equal([new MergeConflict("parameters/a/maximum", null, "5", "6")], merged.Conflicts);
        Assert.Equal((5m, 1m), (merged.Schema.Parameters[0].Maximum!.Value, merged.Schema.Parameters[0].Minimum!.Value));
        var taken = DraftMerge.ThreeWay(s_draft, mine, theirs, theirsAt: new HashSet<string> { "parameters/a/maximum" });
        Assert.Equal((6m, 0), (taken.Schema.Parameters[0].Maximum!.Value, taken.Conflicts.Count));
        Assert.Empty(DraftMerge.ThreeWay(s_draft, mine, theirs, mineAt: new HashSet<string> { "parameters/a/maximum" }).Conflicts);
    }

    [Fact]
    public void ThreeWay_RowsAddedMovedAndRemoved_KeepsEverything()
    {
        var mine = s_draft with { Parameters = [Row("a"), Row("mine"), Row("b"), Row("c"), s_draft.Parameters[3]] };
        var theirs = s_draft with { Parameters = [Row("c"), Row("theirs"), Row("a"), s_draft.Parameters[3]] };

        var merged = DraftMerge.ThreeWay(s_draft, mine, theirs);

        Assert.Empty(merged.Conflicts);
        Assert.Equal(["c", "theirs", "a", "mine", "options"], merged.Schema.Parameters.Select(row => row.Name));
    }

    [Fact]
    public void ThreeWay_RowRenamedHereAndEditedThere_IsOneRow()
    {
        var mine = With(1, row => row with { Name = "better" });
        var theirs = With(1, row => row with { Required = true });

        var merged = DraftMerge.ThreeWay(s_draft, mine, theirs).Schema.Parameters;

        Assert.Equal(("better", true, 4), (merged[1].Name, merged[1].Required, merged.Count));
    }

    [Fact]
    public void ThreeWay_RowRemovedHereAndEditedThere_Asks()
    {
        var mine = s_draft with { Parameters = [.. s_draft.Parameters.Skip(1)] };
        var theirs = With(0, row => row with { Maximum = 6 });

        var conflict = Assert.Single(DraftMerge.ThreeWay(s_draft, mine, theirs).Conflicts);

        Assert.Equal(("parameters/a", true, false), (conflict.Path, conflict.Mine is null, conflict.Theirs is null));
    }

    [Fact]
    public void ThreeWay_MembersOfNestedRows_MergeToo()
    {
        var mine = WithNested(rows => [rows[0] with { Title = "X" }, rows[1]]);
        var theirs = WithNested(rows => [rows[0] with { Description = "x" }, rows[1], Row("z")]);

        var merged = DraftMerge.ThreeWay(s_draft, mine, theirs);

        Assert.Empty(merged.Conflicts);
        Assert.Equal(("X", "x", 3), (merged.Schema.Parameters[3].Properties[0].Title, merged.Schema.Parameters[3].Properties[0].Description, merged.Schema.Parameters[3].Properties.Count));
    }

    private static ApiParameter Row(string name) => new() { Name = name, Type = ParameterTypes.Integer };

    private static ApiSchema With(int index, Func<ApiParameter, ApiParameter> edit) =>
        s_draft with { Parameters = [.. s_draft.Parameters.Select((row, at) => at == index ? edit(row) : row)] };

    private static ApiSchema WithNested(Func<IReadOnlyList<ApiParameter>, IReadOnlyList<ApiParameter>> edit) =>
        With(3, row => row with { Properties = edit(row.Properties) });
}
