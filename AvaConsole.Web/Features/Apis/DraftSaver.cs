using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Editing;

namespace AvaConsole.Web.Features.Apis;

public enum SaveState
{
    Saved,
    Unsaved,
    Saving,

    /// <summary>It will be tried again by itself, and whenever something is typed.</summary>
    Failed,

    /// <summary>The draft cannot be stored as it is; the next edit tries again.</summary>
    Refused,

    /// <summary>Somebody else saved since, and what they did cannot be joined yet: an input method composes.</summary>
    Moved,
}

/// <summary>Saves a draft shortly after a key stroke, one save at a time, and what is left when the page goes away.</summary>
/// <param name="save">Stores the draft over a base revision and returns the new revision.</param>
/// <param name="join">Takes up what somebody else saved, so that the draft stands upon it; false where that has to wait.</param>
/// <param name="dispatch">Runs on the page's own thread: state is touched there only.</param>
public sealed class DraftSaver(
    DraftEditor editor,
    Func<DraftSave, CancellationToken, Task<Result<int>>> save,
    Func<CancellationToken, Task<bool>> join,
    Func<Func<Task>, Task> dispatch,
    TimeProvider clock,
    ILogger logger) : IAsyncDisposable
{
    /// <summary>Time from a key stroke to the save. Typing on does not put it off: what is older than a second is always stored.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);

    /// <summary>Time before a failed save is tried again.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    // Each time somebody else was faster; then the timer has its turn.
    private const int MostTries = 5;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private ITimer? _timer;
    private bool _due;
    private bool _disposed;

    public SaveState State { get; private set; }

    public DateTimeOffset? SavedAt { get; private set; }

    /// <summary>Why the last save failed.</summary>
    public Error? Error { get; private set; }

    /// <summary>Something typed is not stored yet.</summary>
    public bool IsDirty => editor.IsDirty;

    public event Action? Changed;

    public void Start()
    {
        _timer = clock.CreateTimer(_ => _ = dispatch(() => FlushAsync(CancellationToken.None)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        editor.Changed += OnEdited;
    }

    /// <summary>Saves what is not saved yet, upon what somebody else may have saved meanwhile, and waits for it.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            _due = false;
            if (IsDirty)
            {
                await SaveUponTheirsAsync(ct);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Does something while no save is under way: what is stored and what is edited can be compared.</summary>
    public async Task ExclusiveAsync(Func<Task> work, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await work();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The draft stands upon what is stored.</summary>
    public Task ResumeAsync(CancellationToken ct)
    {
        Error = null;
        Become(IsDirty ? SaveState.Unsaved : SaveState.Saved);
        return FlushAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        editor.Changed -= OnEdited;
        Changed = null;
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        // A closed tab must not lose the last second of typing.
        await FlushAsync(CancellationToken.None);
    }

    private void OnEdited()
    {
        if (IsDirty)
        {
            Become(State == SaveState.Saving ? SaveState.Saving : SaveState.Unsaved);
            Schedule();
        }
    }

    private void Schedule()
    {
        if (!_due)
        {
            _due = true;
            _timer?.Change(Delay, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task SaveUponTheirsAsync(CancellationToken ct)
    {
        for (var tries = 0; IsDirty && tries < MostTries; tries++)
        {
            var history = editor.History;
            Become(SaveState.Saving);
            var saved = await TryAsync(() => save(new DraftSave(editor.Schema, history, editor.Saved, editor.BaseRevision), ct));
            if (saved.IsSuccess)
            {
                editor.Keep(history, saved.Value);
                SavedAt = clock.GetUtcNow();
                break;
            }

            if (saved.Error is not ConflictError { Code: "api.draft_moved" })
            {
                Fail(saved.Error);
                return;
            }

            var joined = await TryAsync(async () => (Result<bool>)await join(ct));
            if (!joined.IsSuccess)
            {
                Fail(joined.Error);
                return;
            }

            if (!joined.Value)
            {
                Become(SaveState.Moved);
                return;
            }
        }

        Error = null;
        Become(IsDirty ? SaveState.Unsaved : SaveState.Saved);
        if (IsDirty)
        {
            Schedule();
        }
    }

    private void Fail(Error error)
    {
        Error = error;
        Become(error is UnavailableError ? SaveState.Failed : SaveState.Refused);
        if (State == SaveState.Failed && !_disposed)
        {
            _timer?.Change(RetryDelay, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task<Result<T>> TryAsync<T>(Func<Task<Result<T>>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The database may be away for a moment. Autosave must not take the page, and what was typed, with it.
            logger.LogError(exception, "A draft could not be saved");
            return new UnavailableError("api.save_unavailable");
        }
    }

    private void Become(SaveState state)
    {
        State = state;
        Changed?.Invoke();
    }
}
