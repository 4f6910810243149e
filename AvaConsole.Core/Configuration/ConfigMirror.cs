using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AvaConsole.Core.Configuration;

/// <summary>
/// Keeps the newest known state of one prefix in memory: lists it, follows its changes, and lists again where following is
/// not possible. It is level-triggered: readers look at <see cref="Current"/> whenever they like; the notifications only say
/// that looking is worth while, and several changes may come as one.
/// </summary>
public sealed class ConfigMirror(IConfigStore store, string prefix, TimeProvider clock, ILogger<ConfigMirror>? logger = null)
{
    private static readonly TimeSpan s_firstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_lastRetry = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = logger ?? NullLogger<ConfigMirror>.Instance;
    private readonly Lock _lock = new();
    private TaskCompletionSource _updated = NewSignal();
    private ConfigSnapshot _current = ConfigSnapshot.Empty;
    private DateTimeOffset? _lastContact;
    private bool _isSynced;
    private TimeSpan _retry = s_firstRetry;

    /// <summary>Raised after the entries changed, on the mirror's own task, one call at a time. Handlers must be quick.</summary>
    public event Action<ConfigSnapshot>? Changed;

    public string Prefix { get; } = prefix;

    public ConfigSnapshot Current
    {
        get
        {
            lock (_lock)
                return _current;
        }
    }

    /// <summary>When the store was last heard of; null before the first time.</summary>
    public DateTimeOffset? LastContact
    {
        get
        {
            lock (_lock)
                return _lastContact;
        }
    }

    /// <summary>Listed, and following since. A store that stops answering shows in <see cref="LastContact"/> first.</summary>
    public bool IsSynced
    {
        get
        {
            lock (_lock)
                return _isSynced;
        }
    }

    /// <summary>Mirrors until cancelled. Outages are waited out.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await ListAsync(ct).ConfigureAwait(false);
                await FollowAsync(ct).ConfigureAwait(false);
            }
            catch (ConfigCompactedException compacted)
            {
                // Nothing is wrong with the store: list again at once.
                _logger.LogInformation(compacted, "The changes of {Prefix} since revision {Revision} are gone; it is listed again.", Prefix, Current.Revision);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                lock (_lock)
                    _isSynced = false;
                _logger.LogWarning(failure, "{Prefix} cannot be read; next attempt in {Delay}.", Prefix, _retry);
                await Task.Delay(_retry, clock, ct).ConfigureAwait(false);
                _retry = _retry * 2 < s_lastRetry ? _retry * 2 : s_lastRetry;
            }
        }
    }

    /// <summary>
    /// The first snapshot from now on, the current one included, that satisfies <paramref name="condition"/>. Snapshots that
    /// only last for moments may be passed over.
    /// </summary>
    public async Task<ConfigSnapshot> WaitForAsync(Func<ConfigSnapshot, bool> condition, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(condition);
        while (true)
        {
            ConfigSnapshot current;
            Task updated;
            lock (_lock)
                (current, updated) = (_current, _updated.Task);
            if (condition(current))
                return current;
            await updated.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ListAsync(CancellationToken ct)
    {
        var range = await store.RangeAsync(Prefix, ct).ConfigureAwait(false);
        _retry = s_firstRetry;
        Publish(ConfigSnapshot.Of(range));
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        await foreach (var batch in store.WatchAsync(Prefix, Current.Revision + 1, ct).ConfigureAwait(false))
            Publish(Current.With(batch));
    }

    private void Publish(ConfigSnapshot snapshot)
    {
        bool changed;
        TaskCompletionSource? updated = null;
        lock (_lock)
        {
            var isFirst = _current.Revision == 0;
            changed = isFirst || (!ReferenceEquals(_current.Entries, snapshot.Entries) && !_current.HasSameEntries(snapshot));
            if (_current.Revision != snapshot.Revision || changed)
                (updated, _updated) = (_updated, NewSignal());
            (_current, _lastContact, _isSynced) = (snapshot, clock.GetUtcNow(), true);
        }

        updated?.SetResult();
        if (changed)
            Notify(snapshot);
    }

    private void Notify(ConfigSnapshot snapshot)
    {
        foreach (var handler in Changed?.GetInvocationList().Cast<Action<ConfigSnapshot>>() ?? [])
        {
            try
            {
                handler(snapshot);
            }
            catch (Exception failure)
            {
                // One reader's fault must not stop the others' news.
                _logger.LogError(failure, "A reader of {Prefix} failed at revision {Revision}.", Prefix, snapshot.Revision);
            }
        }
    }
}
