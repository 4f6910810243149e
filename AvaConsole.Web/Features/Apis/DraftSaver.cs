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

    /// <summary>Somebody else saved since. Nothing is saved until that is merged, and conflicts are decided.</summary>
    Moved,
}

/// <summary>Saves a draft shortly after a key stroke, one save at a time, and what is left when the page goes away.</summary>
/// <param name="save">Stores the draft over a base revision and returns the new revision.</param>
/// <param name="dispatch">Runs on the page's own thread: state is touched there only.</param>
public sealed class DraftSaver(
    DraftEditor editor,
    Func<DraftSave, CancellationToken, Task<Result<int>>> save,
    Func<Func<Task>, Task> dispatch,
    TimeProvider clock,
    ILogger logger) : IAsyncDisposable
{
    /// <summary>Time from a key stroke to the save. Typing on does not put it off: what is older than a second is always stored.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(300);

    /// <summary>Time before a failed save is tried again.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private ITimer? _timer;
    private bool _due;
    private bool _disposed;

    public SaveState State { get; private set; }

    public DateTimeOffset? SavedAt { get; private set; }

    /// <summary>Why the last save failed or conflicts.</summary>
    public Error? Error { get; private set; }

    /// <summary>Something typed is not stored yet.</summary>
    public bool IsDirty => editor.IsDirty;

    public event Action? Changed;

    public void Start()
    {
        _timer = clock.CreateTimer(_ => _ = dispatch(() => FlushAsync(CancellationToken.None)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        editor.Changed += OnEdited;
    }

    /// <summary>Saves what is not saved yet and waits for it. Does nothing while the user has a choice to make.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            _due = false;
            if (IsDirty && State != SaveState.Moved)
            {
                await SaveOnceAsync(ct);
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

    /// <summary>Stops saving until <see cref="ResumeAsync"/>: two people changed the same thing, and somebody has to choose.</summary>
    public void Pause() => Become(SaveState.Moved);

    /// <summary>The draft stands upon what is stored, and nothing has to be chosen.</summary>
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
        if (IsDirty && State != SaveState.Moved)
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

    private async Task SaveOnceAsync(CancellationToken ct)
    {
        var history = editor.History;
        Become(SaveState.Saving);
        var result = await TrySaveAsync(new DraftSave(editor.Schema, history, editor.Saved, editor.BaseRevision), ct);
        Error = result.Error;
        if (result.IsSuccess)
        {
            editor.Keep(history, result.Value);
            SavedAt = clock.GetUtcNow();
            Become(IsDirty ? SaveState.Unsaved : SaveState.Saved);
            if (IsDirty)
            {
                Schedule();
            }

            return;
        }

        Become(result.Error switch
        {
            ConflictError { Code: "api.draft_moved" } => SaveState.Moved,
            UnavailableError => SaveState.Failed,
            _ => SaveState.Refused,
        });
        if (State == SaveState.Failed && !_disposed)
        {
            _timer?.Change(RetryDelay, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task<Result<int>> TrySaveAsync(DraftSave draft, CancellationToken ct)
    {
        try
        {
            return await save(draft, ct);
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
