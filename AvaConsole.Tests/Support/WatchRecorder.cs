using System.Text;
using AvaConsole.Core.Configuration;

namespace AvaConsole.Tests.Support;

/// <summary>Runs a watch in the background and keeps what it delivered.</summary>
public sealed class WatchRecorder : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<ConfigWatchBatch> _batches = [];
    private readonly string _prefix;
    private readonly Task _running;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WatchRecorder(IConfigStore store, string prefix, long from)
    {
        _prefix = prefix;
        _running = RunAsync(store, from);
    }

    /// <summary>What ended the watch.</summary>
    public Exception? Failure { get; private set; }

    public IReadOnlyList<ConfigWatchBatch> Batches
    {
        get
        {
            lock (_lock)
                return [.. _batches];
        }
    }

    public IReadOnlyList<ConfigEvent> Events => [.. Batches.SelectMany(batch => batch.Events)];

    /// <summary>Waits for at least so many events and describes them, for example <c>7 a=1 v2</c> or <c>8 a deleted</c>.</summary>
    public async Task<IReadOnlyList<string>> WaitForAsync(int count, CancellationToken ct)
    {
        await WaitUntilAsync(recorder => recorder.Events.Count >= count, ct);
        return [.. Events.Select(Describe)];
    }

    public async Task WaitUntilAsync(Func<WatchRecorder, bool> condition, CancellationToken ct)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
                changed = _changed.Task;
            if (condition(this))
                return;
            if (Failure is { } failure)
                throw failure;
            await changed.WaitAsync(ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(IConfigStore store, long from)
    {
        try
        {
            await foreach (var batch in store.WatchAsync(_prefix, from, _stop.Token))
                Change(() => _batches.Add(batch));
        }
        catch (Exception failure)
        {
            Change(() => Failure = failure);
        }
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private string Describe(ConfigEvent change)
    {
        var key = change.Key[_prefix.Length..];
        return change.Entry is { } entry
            ? $"{change.Revision} {key}={Encoding.UTF8.GetString(entry.Value.Span)} v{entry.Version}"
            : $"{change.Revision} {key} deleted";
    }
}
