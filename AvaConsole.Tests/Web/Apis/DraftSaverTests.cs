using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis;
using Microsoft.Extensions.Logging.Abstractions;

namespace AvaConsole.Tests.Web.Apis;

public sealed class DraftSaverTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly FakeClock _clock = new();
    private readonly DraftEditor _editor = new(new ApiSchema(), revision: 1);
    private readonly List<(string Service, int Revision)> _saves = [];
    private readonly DraftSaver _saver;
    private Func<int, Result<int>> _answer = revision => revision + 1;
    private TaskCompletionSource? _hold;

    public DraftSaverTests()
    {
        _saver = new DraftSaver(_editor, SaveAsync, work => work(), _clock, NullLogger.Instance);
        _saver.Start();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public ValueTask DisposeAsync() => _saver.DisposeAsync();

    [Fact]
    public void Edit_ThenQuiet_IsSavedOnce()
    {
        Type("d");
        _clock.Advance(DraftSaver.Delay / 2);
        Type("di");
        _clock.Advance(DraftSaver.Delay / 2);
        Assert.Empty(_saves);

        _clock.Advance(DraftSaver.Delay);

        Assert.Equal([("di", 1)], _saves);
        Assert.Equal((SaveState.Saved, 2, false), (_saver.State, _editor.BaseRevision, _saver.IsDirty));
        Assert.Equal(_clock.GetUtcNow(), _saver.SavedAt!.Value + DraftSaver.Delay / 2);
    }

    [Fact]
    public async Task Edit_WhileSaving_IsSavedWithTheNewRevision()
    {
        var hold = _hold = new TaskCompletionSource();
        Type("a");
        var flush = _saver.FlushAsync(default);
        Assert.Equal(SaveState.Saving, _saver.State);

        Type("ab");
        hold.SetResult();
        await flush;

        Assert.Equal([("a", 1), ("ab", 2)], _saves);
        Assert.Equal(SaveState.Saved, _saver.State);
    }

    [Fact]
    public void Save_StoreAway_IsTriedAgainByItself()
    {
        _answer = _ => throw new TimeoutException("the database is away");
        Type("a");
        _clock.Advance(DraftSaver.Delay);
        Assert.Equal((SaveState.Failed, true), (_saver.State, _saver.IsDirty));

        _answer = revision => revision + 1;
        _clock.Advance(DraftSaver.RetryDelay);

        Assert.Equal((SaveState.Saved, 2), (_saver.State, _saves.Count));
    }

    [Fact]
    public void Save_NameTaken_WaitsForTheNextEdit()
    {
        _answer = _ => new InvalidError("Service", "api.name_taken", "a");
        Type("a");
        _clock.Advance(DraftSaver.Delay);
        _clock.Advance(DraftSaver.RetryDelay * 3);
        Assert.Equal((SaveState.Refused, 1), (_saver.State, _saves.Count));

        _answer = revision => revision + 1;
        Type("b");
        _clock.Advance(DraftSaver.Delay);

        Assert.Equal(SaveState.Saved, _saver.State);
    }

    [Fact]
    public async Task Save_DraftMoved_WaitsForTheChoiceAndKeepsWhatWasTyped()
    {
        await MeetTheirDraftAsync();

        Type("mine again");
        _clock.Advance(DraftSaver.RetryDelay * 3);

        Assert.Single(_saves);
        Assert.Equal((SaveState.Moved, "mine again"), (_saver.State, _editor.Schema.Service));
    }

    [Fact]
    public async Task KeepMine_DraftMoved_SavesOverTheirRevision()
    {
        await MeetTheirDraftAsync();

        _answer = revision => revision + 1;
        await _saver.KeepMineAsync(7, default);

        Assert.Equal(("mine", 7), _saves[^1]);
        Assert.Equal((SaveState.Saved, 8), (_saver.State, _editor.BaseRevision));
    }

    [Fact]
    public async Task TakeTheirs_DraftMoved_GivesMineUp()
    {
        await MeetTheirDraftAsync();

        _saver.TakeTheirs(new ApiSchema { Service = "theirs" }, 7);
        await _saver.FlushAsync(default);

        Assert.Single(_saves);
        Assert.Equal((SaveState.Saved, "theirs", 7, false), (_saver.State, _editor.Schema.Service, _editor.BaseRevision, _saver.IsDirty));
    }

    [Fact]
    public async Task Dispose_SomethingTyped_SavesIt()
    {
        Type("left at once");

        await _saver.DisposeAsync();

        Assert.Equal([("left at once", 1)], _saves);
    }

    private void Type(string service) => _editor.Edit(new EditLabel("Test"), schema => schema with { Service = service });

    private async Task MeetTheirDraftAsync()
    {
        _answer = _ => new ConflictError("api.draft_moved", "bob", _clock.GetUtcNow());
        Type("mine");
        await _saver.FlushAsync(default);
    }

    private async Task<Result<int>> SaveAsync(ApiSchema schema, int revision, CancellationToken ct)
    {
        _saves.Add((schema.Service, revision));
        if (_hold is { } hold)
        {
            _hold = null;
            await hold.Task;
        }

        return _answer(revision);
    }
}
