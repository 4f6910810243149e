using AvaConsole.Core.Accounts;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis;
using Microsoft.Extensions.Logging.Abstractions;

namespace AvaConsole.Tests.Integration.Schemas;

/// <summary>Two pages on one stored draft.</summary>
[Trait("Category", "Integration")]
public sealed class DraftSessionTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private TestConsole _console = null!;
    private DraftSession _mine = null!;
    private DraftSession _theirs = null!;
    private Guid _id;

    public async Task InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        _id = (await _console.Schemas.CreateAsync(new ApiSchema { Service = "digits" }, _console.Alice, default)).Value!.Id;
        var carol = await _console.Accounts.CreateAsync("carol", TestConsole.Password, [Roles.Designer], _console.Alice, default);
        _mine = await OpenAsync(_console.Alice);
        _theirs = await OpenAsync(new Actor(carol.Value!.Id, "carol", carol.Value.Roles, "192.0.2.12"));
    }

    public async Task DisposeAsync()
    {
        await _mine.DisposeAsync();
        await _theirs.DisposeAsync();
        await _console.DisposeAsync();
    }

    [Fact]
    public async Task Flush_SameFieldChanged_StoresTheirValueAllElseOfMineAndMineAsAStep()
    {
        await TheyDescribeAsync("theirs");
        Describe(_mine, "mine");
        _mine.Editor.Edit(new EditLabel("Test"), draft => draft with { Title = "also mine" });

        await _mine.Saver.FlushAsync(default);

        // Nobody has chosen, and this is what a killed server would find.
        Assert.Single(_mine.Conflicts);
        var (draft, history) = await StoredAsync();
        Assert.Equal(("theirs", "also mine"), (draft.Description, draft.Title));
        Assert.Equal(["Test", "Merged", "Kept"], history.Steps.Select(step => step.Label.Code));
        var undone = DraftText.Read(history.Undo().Text);
        Assert.Equal(("mine", "also mine"), (undone.Description, undone.Title));
        Assert.Equal("theirs", DraftText.Read(history.MoveTo(1).Text).Description);
    }

    [Fact]
    public async Task Edit_QuestionOpen_IsStoredToo()
    {
        await MeetAsync();

        _mine.Editor.Edit(new EditLabel("Test"), draft => draft with { Title = "later" });
        await _mine.Saver.FlushAsync(default);

        Assert.Equal(("theirs", "later"), ((await StoredAsync()).Draft.Description, (await StoredAsync()).Draft.Title));
        Assert.Single(_mine.Conflicts);
    }

    [Theory]
    [InlineData(true, "theirs")]
    [InlineData(false, "mine")]
    public async Task Decide_EitherValue_IsAnEditAndChangesNothingElse(bool theirs, string expected)
    {
        await MeetAsync();
        _mine.Editor.Edit(new EditLabel("Test"), draft => draft with { Title = "later" });

        _mine.Decide(_mine.Conflicts[0], theirs);
        await _mine.Saver.FlushAsync(default);

        Assert.Equal((expected, "later"), ((await StoredAsync()).Draft.Description, (await StoredAsync()).Draft.Title));
        Assert.Empty(_mine.Conflicts);
    }

    [Fact]
    public async Task Decide_OneOfTwo_LeavesTheOther()
    {
        _theirs.Editor.Edit(new EditLabel("Test"), draft => draft with { Description = "theirs", Title = "theirs" });
        await _theirs.Saver.FlushAsync(default);
        _mine.Editor.Edit(new EditLabel("Test"), draft => draft with { Description = "mine", Title = "mine" });
        await _mine.Saver.FlushAsync(default);

        _mine.Decide(_mine.Conflicts.Single(conflict => conflict.Values.Path == "title"), theirs: false);

        Assert.Equal(("theirs", "mine"), (_mine.Editor.Schema.Description, _mine.Editor.Schema.Title));
        Assert.Equal("description", Assert.Single(_mine.Conflicts).Values.Path);
    }

    [Fact]
    public async Task CatchUp_TheyTypeOnWhileTheQuestionIsOpen_ShowsTheirNewestAndKeepsMine()
    {
        await MeetAsync();
        await _theirs.CatchUpAsync(new DraftPulse(int.MaxValue, 0, []), default);
        await TheyDescribeAsync("theirs, longer");

        await _mine.CatchUpAsync(new DraftPulse(int.MaxValue, 0, []), default);

        var conflict = Assert.Single(_mine.Conflicts);
        Assert.Equal(("\"mine\"", "\"theirs, longer\""), (conflict.Values.Mine, conflict.Values.Theirs));
        Assert.Equal("theirs, longer", _mine.Editor.Schema.Description);
        _mine.Decide(conflict, theirs: false);
        Assert.Equal("mine", _mine.Editor.Schema.Description);
    }

    [Fact]
    public async Task Dispose_TheySavedMeanwhile_LosesNothing()
    {
        await TheyDescribeAsync("theirs");
        Describe(_mine, "mine");
        _mine.IsComposing = true;

        await _mine.DisposeAsync();

        var (draft, history) = await StoredAsync();
        Assert.Equal(("theirs", "mine"), (draft.Description, DraftText.Read(history.Undo().Text).Description));
    }

    private static void Describe(DraftSession session, string text) => session.Editor.Edit(new EditLabel("Test"), draft => draft with { Description = text });

    private async Task TheyDescribeAsync(string text)
    {
        Describe(_theirs, text);
        await _theirs.Saver.FlushAsync(default);
    }

    /// <summary>Both changed the description, and mine was saved second.</summary>
    private async Task MeetAsync()
    {
        await TheyDescribeAsync("theirs");
        Describe(_mine, "mine");
        await _mine.Saver.FlushAsync(default);
    }

    private async Task<(ApiSchema Draft, DraftHistory History)> StoredAsync()
    {
        var open = (await _console.Get<DraftStore>().OpenAsync(_id, default)).Value!;
        return (open.Api.Draft, open.History);
    }

    private async Task<DraftSession> OpenAsync(Actor actor)
    {
        var store = _console.Get<DraftStore>();
        return new DraftSession((await store.OpenAsync(_id, default)).Value!, actor, Guid.CreateVersion7(), store, work => work(), _clock, NullLoggerFactory.Instance);
    }
}
