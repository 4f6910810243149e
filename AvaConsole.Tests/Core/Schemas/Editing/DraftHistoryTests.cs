using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AvaConsole.Tests.Core.Schemas.Editing;

public sealed class DraftHistoryTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private static readonly ApiSchema s_draft = new() { Service = "digits", Parameters = [new ApiParameter { Name = "top_k", Type = ParameterTypes.Integer }] };

    [Fact]
    public void MoveTo_StartAndEndOfAnyEdits_GivesTheFirstAndTheLastDraft() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ArrayOf().ToArbitrary(),
        seeds =>
        {
            var states = seeds.Select(ApiSchemaGenerator.Create).Prepend(s_draft).ToList();
            var history = states.Skip(1).Aggregate(DraftHistory.Start(s_draft), (known, next) => Record(known, next));

            var undone = history.MoveTo(0);
            Assert.Equal(DraftText.Write(s_draft), undone.Text);
            Assert.False(undone.CanUndo);
            Assert.Equal(DraftText.Write(states[^1]), undone.MoveTo(undone.Last).Text);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Undo_OneByOne_GivesEveryDraftOnTheWay()
    {
        var states = Enumerable.Range(1, 20).Select(ApiSchemaGenerator.Create).ToList();
        var history = states.Aggregate(DraftHistory.Start(s_draft), (known, next) => Record(known, next));

        foreach (var state in states.AsEnumerable().Reverse())
        {
            Assert.Equal(DraftText.Write(state), history.Text);
            Assert.True(SchemaSharing.Reuse(state, DraftText.Read(history.Text)) is { } read && ReferenceEquals(read.Parameters, state.Parameters));
            history = history.Undo();
        }

        Assert.Same(history, history.Undo());
    }

    [Fact]
    public void Record_AfterUndo_ForgetsWhatWasUndone()
    {
        var history = Record(Record(DraftHistory.Start(s_draft), Described("a")), Described("b")).Undo();

        history = Record(history, Described("c"));

        Assert.False(history.CanRedo);
        Assert.Equal(["a", "c"], history.Steps.Select(step => step.Label.Args[0]));
        Assert.Equal(DraftText.Write(Described("a")), history.Undo().Text);
    }

    [Fact]
    public void Record_OneFieldTypedQuickly_IsOneStep()
    {
        var history = Type(DraftHistory.Start(s_draft), "d", 0);
        history = Type(history, "di", 900);
        history = Type(history, "dig", 1800);

        Assert.Single(history.Steps);
        Assert.Equal(DraftText.Write(s_draft), history.Undo().Text);
        Assert.Equal(2, Type(history, "digi", 2801).Steps.Count);
        Assert.Equal(2, Type(history, "digi", 1900, key: "other").Steps.Count);
        Assert.Equal(2, Type(history, "digi", 1900, author: "bob").Steps.Count);
    }

    [Fact]
    public void Record_TypedAndTakenBack_IsNoStep()
    {
        var history = Type(Type(DraftHistory.Start(s_draft), "d", 0), "", 100);

        Assert.Empty(history.Steps);
        Assert.Equal(DraftText.Write(s_draft), history.Text);
    }

    [Fact]
    public void Record_MoreThanTheLimit_KeepsTheNewest()
    {
        var history = Enumerable.Range(1, DraftHistory.Limit + 5).Aggregate(DraftHistory.Start(s_draft), (known, number) => Record(known, Described($"{number}")));

        Assert.Equal((6, DraftHistory.Limit + 5, DraftHistory.Limit), (history.First, history.Position, history.Steps.Count));
        Assert.Equal(DraftText.Write(Described("5")), history.MoveTo(0).Text);
    }

    [Fact]
    public void Restore_StepsThatLeadElsewhere_StartsAnew()
    {
        var history = Record(Record(DraftHistory.Start(s_draft), Described("a")), Described("b"));

        var restored = DraftHistory.Restore(Described("b"), history.First, history.Position, history.Steps);
        var foreign = DraftHistory.Restore(s_draft, history.First, history.Position, history.Steps);

        Assert.Equal(DraftText.Write(s_draft), restored.MoveTo(0).Text);
        Assert.Equal((false, false, 2), (foreign.CanUndo, foreign.CanRedo, foreign.Position));
    }

    [Theory]
    [InlineData("a😀c", "a😁c")]
    [InlineData("😀", "")]
    [InlineData("aaa", "aa")]
    [InlineData("", "")]
    [InlineData("x😀😀y", "x😀y")]
    public void Between_TwoTexts_LeadsBothWaysInWholeCharacters(string before, string after)
    {
        var delta = TextDelta.Between(before, after);

        Assert.Equal((after, before), (delta.Apply(before), delta.Revert(after)));
        Assert.All(new[] { delta.Removed, delta.Added }, part => Assert.False(part.Length > 0 && (char.IsLowSurrogate(part[0]) || char.IsHighSurrogate(part[^1]))));
    }

    [Fact]
    public void Between_AnyTexts_LeadsBothWays() => Prop.ForAll<string, string>((before, after) =>
    {
        var delta = TextDelta.Between(before ?? "", after ?? "");
        return delta.Apply(before ?? "") == (after ?? "") && delta.Revert(after ?? "") == (before ?? "");
    }).QuickCheckThrowOnFailure();

    private static ApiSchema Described(string text) => s_draft with { Description = text };

    private static DraftHistory Record(DraftHistory history, ApiSchema next) => history.Record(next, new EditLabel("Test", next.Description), "ada", s_start);

    private static DraftHistory Type(DraftHistory history, string text, int milliseconds, string key = "description", string author = "ada") =>
        history.Record(Described(text), EditLabel.Changed("Description"), author, s_start.AddMilliseconds(milliseconds), key);
}
