using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Tests.Integration.Schemas;

[Trait("Category", "Integration")]
public sealed class DraftStoreTests : IAsyncLifetime
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private TestConsole _console = null!;
    private Guid _id;

    private DraftStore Store => _console.Get<DraftStore>();

    public async Task InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        _id = (await _console.Schemas.CreateAsync(new ApiSchema { Service = "digits" }, _console.Alice, default)).Value!.Id;
    }

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Save_GeneratedDrafts_KeepsDraftsAndStepsTogether()
    {
        var first = await OpenAsync();
        var states = Enumerable.Range(1, 12).Select(seed => ApiSchemaGenerator.Create(seed) with { Service = "digits" }).ToList();
        var history = states.Aggregate(first.History, (known, next) => known.Record(next, EditLabel.Changed("Member_Title", "数字"), "alice", s_start)).MoveTo(9);

        Assert.Equal(2, (await SaveAsync(first, states[8], history)).Value);

        var read = await OpenAsync();
        Assert.Equal((history.Text, 9, 12), (read.History.Text, read.History.Position, read.History.Steps.Count));
        Assert.Equal(DraftText.Write(states[11]), read.History.MoveTo(12).Text);
        Assert.Equal(first.History.Text, read.History.MoveTo(0).Text);
        Assert.Equal("数字", read.History[1].Label.Args[1]);
    }

    [Fact]
    public async Task Save_StepGrows_ReplacesItAndForgetsWhatWasUndone()
    {
        var first = await OpenAsync();
        await SaveAsync(first, Described("a"), Type(Type(first.History, "a"), "b").Undo());

        var second = await OpenAsync();
        await SaveAsync(second, Described("ab"), Type(second.History, "ab", "x"));
        var third = await OpenAsync();
        await SaveAsync(third, Described("abc"), Type(third.History, "abc", "x"));

        var read = await OpenAsync();
        Assert.Equal([1, 2], await _console.QueryAsync(db => db.DraftSteps.OrderBy(step => step.Number).Select(step => step.Number).ToListAsync()));
        Assert.Equal(DraftText.Write(Described("a")), read.History.Undo().Text);
        Assert.Equal(first.History.Text, read.History.MoveTo(0).Text);
    }

    [Fact]
    public async Task Save_MoreThanTheLimit_TrimsTheOldest()
    {
        var first = await OpenAsync();
        var history = Enumerable.Range(1, DraftHistory.Limit).Aggregate(first.History, (known, number) => Type(known, $"{number}"));
        await SaveAsync(first, Described($"{DraftHistory.Limit}"), history);

        var second = await OpenAsync();
        await SaveAsync(second, Described("one more"), Type(second.History, "one more"));

        var read = await OpenAsync();
        Assert.Equal((2, DraftHistory.Limit + 1, DraftHistory.Limit), (read.History.First, read.History.Last, await _console.QueryAsync(db => db.DraftSteps.CountAsync())));
    }

    [Fact]
    public async Task Save_SomebodyElseWasFirst_StoresNothing()
    {
        var first = await OpenAsync();
        await SaveAsync(first, Described("theirs"), Type(first.History, "theirs"));

        var late = await SaveAsync(first, Described("mine"), Type(first.History, "mine"));

        Assert.Equal("api.draft_moved", late.Error?.Code);
        Assert.Equal("theirs", (await OpenAsync()).Api.Draft.Description);
        Assert.Single((await OpenAsync()).History.Steps);
    }

    [Fact]
    public async Task Save_NameTaken_StoresNothing()
    {
        await _console.Schemas.CreateAsync(new ApiSchema { Service = "other" }, _console.Alice, default);
        var first = await OpenAsync();
        var renamed = first.Api.Draft with { Service = "other" };

        var refused = await SaveAsync(first, renamed, first.History.Record(renamed, EditLabel.Changed("Member_Service"), "alice", s_start));

        Assert.Equal("api.name_taken", refused.Error?.Code);
        Assert.Equal(("digits", 0), ((await OpenAsync()).Api.Name, (await OpenAsync()).History.Steps.Count));
    }

    [Theory]
    [InlineData("a\0b", "invalid")]
    [InlineData("[^\\u0000-\\u001f]", null)]
    [InlineData("😀 數字", null)]
    public async Task Save_UnusualText_IsKeptOrRefused(string text, string? error)
    {
        var first = await OpenAsync();

        var saved = await SaveAsync(first, Described(text), Type(first.History, text));

        Assert.Equal(error, saved.Error?.Code);
        Assert.Equal(error is null ? text : "", (await OpenAsync()).Api.Draft.Description);
    }

    [Fact]
    public async Task Beat_TwoPages_SeeEachOtherUntilOneLeaves()
    {
        var presence = _console.Get<DraftPresence>();
        var (ada, bob) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await presence.BeatAsync(_id, ada, "ada", "description", default);

        var pulse = await presence.BeatAsync(_id, bob, "bob", "", default);
        await presence.LeaveAsync(_id, bob, default);

        Assert.Equal([new PresentPerson(ada, "ada", "description")], pulse.Others);
        Assert.Equal((1, 0), (pulse.Revision, pulse.Versions));
        Assert.Empty((await presence.BeatAsync(_id, ada, "ada", "", default)).Others);
        Assert.Equal(0, (await presence.BeatAsync(Guid.NewGuid(), bob, "bob", "", default)).Revision);
    }

    private static ApiSchema Described(string text) => new() { Service = "digits", Description = text };

    private static DraftHistory Type(DraftHistory history, string text, string key = "") =>
        history.Record(Described(text), EditLabel.Changed("Member_Description"), "alice", s_start, key);

    private async Task<OpenDraft> OpenAsync() => (await Store.OpenAsync(_id, default)).Value!;

    private Task<AvaConsole.Core.Common.Result<int>> SaveAsync(OpenDraft open, ApiSchema draft, DraftHistory history) =>
        Store.SaveAsync(_id, new DraftSave(draft, history, open.History, open.Api.DraftRevision), _console.Alice, default);
}
