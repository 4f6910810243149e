using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;

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

    /// <summary>Somebody else saved since. Nothing is saved until the user has chosen.</summary>
    Moved,
}

/// <summary>Saves a draft shortly after the last key stroke, one save at a time, and what is left when the page goes away.</summary>
/// <param name="save">Stores the schema over a base revision and returns the new revision.</param>
/// <param name="dispatch">Runs on the page's own thread: state is touched there only.</param>
public sealed class DraftSaver(
    DraftEditor editor,
    Func<ApiSchema, int, CancellationToken, Task<Result<int>>> save,
    Func<Func<Task>, Task> dispatch,
    TimeProvider clock,
    ILogger logger) : IAsyncDisposable
{
    /// <summary>Quiet time after the last key stroke before a save.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(800);

    /// <summary>Time before a failed save is tried again.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private ITimer? _timer;
    private int _savedEdits;
    private bool _disposed;

    public SaveState State { get; private set; }

    public DateTimeOffset? SavedAt { get; private set; }

    /// <summary>Why the last save failed or conflicts.</summary>
    public Error? Error { get; private set; }

    /// <summary>Something typed is not stored yet.</summary>
    public bool IsDirty => editor.Edits != _savedEdits;

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
            while (IsDirty && State != SaveState.Moved && await SaveOnceAsync(ct))
            {
                // Typed on while it saved: the same again, with the new revision.
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Waits until no save is under way, so that the base revision can be compared with the stored one.</summary>
    public async Task WaitIdleAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        _gate.Release();
    }

    /// <summary>The stored draft moved on without us.</summary>
    public void ReportMoved(Error? error)
    {
        Error = error;
        Become(SaveState.Moved);
    }

    /// <summary>The user's own version wins: it is saved over the newer revision.</summary>
    public async Task KeepMineAsync(int theirRevision, CancellationToken ct)
    {
        editor.Rebase(theirRevision);
        _savedEdits = editor.Edits - 1;
        Become(SaveState.Unsaved);
        await FlushAsync(ct);
    }

    /// <summary>The other version wins: what was typed here is given up.</summary>
    public void TakeTheirs(ApiSchema schema, int revision)
    {
        _savedEdits = editor.Edits;
        editor.Load(schema, revision);
        Error = null;
        Become(SaveState.Saved);
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
            _timer?.Change(Delay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <returns>True where it was stored.</returns>
    private async Task<bool> SaveOnceAsync(CancellationToken ct)
    {
        var edits = editor.Edits;
        Become(SaveState.Saving);
        var result = await TrySaveAsync(ct);
        Error = result.Error;
        if (result.IsSuccess)
        {
            editor.Rebase(result.Value);
            _savedEdits = edits;
            SavedAt = clock.GetUtcNow();
            Become(IsDirty ? SaveState.Unsaved : SaveState.Saved);
            return true;
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

        return false;
    }

    private async Task<Result<int>> TrySaveAsync(CancellationToken ct)
    {
        try
        {
            return await save(editor.Schema, editor.BaseRevision, ct);
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
