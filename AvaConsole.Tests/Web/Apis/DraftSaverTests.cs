using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis;
using Microsoft.Extensions.Logging.Abstractions;

namespace AvaConsole.Tests.Web.Apis;

// The namespace of the HTTP endpoints has the same name and is nearer.
using Api = AvaConsole.Core.Schemas.Api;

public sealed class DraftSaverTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly FakeClock _clock = new();
    private readonly DraftEditor _editor = new(new ApiSchema(), revision: 1);
    private readonly List<(string Service, int Revision)> _saves = [];
    private readonly DraftSaver _saver;
    private Func<int, Result<int>> _answer = revision => revision + 1;
    private Func<bool> _join = () => true;
    private TaskCompletionSource? _hold;

    public DraftSaverTests()
    {
        _saver = new DraftSaver(_editor, SaveAsync, _ => Task.FromResult(_join()), work => work(), _clock, NullLogger.Instance);
        _saver.Start();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public ValueTask DisposeAsync() => _saver.DisposeAsync();

    [Fact]
    public void Edit_TypedOn_IsSavedWithoutWaitingForAPause()
    {
        Type("d");
        _clock.Advance(DraftSaver.Delay / 2);
        Type("di");
        Assert.Empty(_saves);

        _clock.Advance(DraftSaver.Delay / 2);

        Assert.Equal([("di", 1)], _saves);
        Assert.Equal((SaveState.Saved, 2, false), (_saver.State, _editor.BaseRevision, _saver.IsDirty));
        Assert.Equal(_clock.GetUtcNow(), _saver.SavedAt!.Value);
    }

    [Fact]
    public async Task Edit_WhileSaving_IsSavedSoonWithTheNewRevision()
    {
        var hold = _hold = new TaskCompletionSource();
        Type("a");
        var flush = _saver.FlushAsync(default);
        Assert.Equal(SaveState.Saving, _saver.State);

        Type("ab");
        hold.SetResult();
        await flush;
        Assert.Equal(SaveState.Unsaved, _saver.State);
        _clock.Advance(DraftSaver.Delay);

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
    public async Task Save_DraftMoved_IsJoinedAndSavedAtOnce()
    {
        MeetTheirDraft();

        Type("mine");
        await _saver.FlushAsync(default);

        Assert.Equal([("mine", 1), ("mine", 7)], _saves);
        Assert.Equal((SaveState.Saved, 8, "theirs"), (_saver.State, _editor.BaseRevision, _editor.Schema.Description));
    }

    [Fact]
    public async Task Save_DraftMovedWhileComposing_IsTriedAgainWithTheNextEdit()
    {
        MeetTheirDraft();
        var join = _join;
        _join = () => false;
        Type("mine");
        await _saver.FlushAsync(default);
        Assert.Equal((SaveState.Moved, 1), (_saver.State, _saves.Count));

        _join = join;
        Type("mine again");
        _clock.Advance(DraftSaver.Delay);

        Assert.Equal(("mine again", 7), _saves[^1]);
        Assert.Equal((SaveState.Saved, "theirs"), (_saver.State, _editor.Schema.Description));
    }

    [Fact]
    public async Task Save_DraftMovesWithoutEnd_LetsTheTimerTryAgain()
    {
        _answer = _ => new ConflictError("api.draft_moved", "bob", _clock.GetUtcNow());

        Type("mine");
        await _saver.FlushAsync(default);

        Assert.Equal((SaveState.Unsaved, 5), (_saver.State, _saves.Count));
        _answer = revision => revision + 1;
        _clock.Advance(DraftSaver.Delay);
        Assert.Equal(SaveState.Saved, _saver.State);
    }

    [Fact]
    public async Task Save_TheirDraftCannotBeRead_IsTriedAgainByItself()
    {
        MeetTheirDraft();
        var join = _join;
        _join = () => throw new TimeoutException("the database is away");
        Type("mine");
        await _saver.FlushAsync(default);
        Assert.Equal((SaveState.Failed, true), (_saver.State, _saver.IsDirty));

        _join = join;
        _clock.Advance(DraftSaver.RetryDelay);

        Assert.Equal((SaveState.Saved, ("mine", 7)), (_saver.State, _saves[^1]));
    }

    [Fact]
    public void Undo_OfWhatIsSaved_IsSaved()
    {
        Type("a");
        _clock.Advance(DraftSaver.Delay);

        _editor.Undo();
        _clock.Advance(DraftSaver.Delay);

        Assert.Equal([("a", 1), ("", 2)], _saves);
    }

    [Fact]
    public async Task Dispose_SomethingTyped_SavesIt()
    {
        Type("left at once");

        await _saver.DisposeAsync();

        Assert.Equal([("left at once", 1)], _saves);
    }

    private void Type(string service) => _editor.Edit(new EditLabel("Test"), schema => schema with { Service = service });

    // Somebody else's revision 7 is stored.
    private void MeetTheirDraft()
    {
        _answer = revision => revision < 7 ? new ConflictError("api.draft_moved", "bob", _clock.GetUtcNow()) : revision + 1;
        _join = () =>
        {
            var theirs = new ApiSchema { Description = "theirs" };
            _editor.Merge(new OpenDraft(new Api { Draft = theirs, DraftRevision = 7 }, _editor.Saved.Record(theirs, new EditLabel("Theirs"), "bob", default)));
            return true;
        };
    }

    private async Task<Result<int>> SaveAsync(DraftSave save, CancellationToken ct)
    {
        _saves.Add((save.Draft.Service, save.BaseRevision));
        if (_hold is { } hold)
        {
            _hold = null;
            await hold.Task;
        }

        return _answer(save.BaseRevision);
    }
}
