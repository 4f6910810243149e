using System.Collections.Concurrent;
using System.Collections.Frozen;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference.Batching;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Inference.Hosting;

/// <summary>
/// Brings what is loaded and routed in line with the live configuration, step by step and from any state. A phase that has an
/// answer keeps one: the release that served it goes on until its successor is warm, even when it is retired already.
/// </summary>
/// <remarks><see cref="Converge"/> is called by one loop; loads run beside it and report through <paramref name="wake"/>.</remarks>
internal sealed class Converger(ReleaseLoader loader, TimeSpan drainTime, TimeProvider clock, Action wake, ILogger logger)
{
    private readonly Dictionary<(string App, string Version), ModelSlot> _slots = [];
    private readonly Dictionary<(string App, string Phase), ModelSlot> _holders = [];
    private readonly ConcurrentQueue<(ModelSlot Slot, LoadAttempt Attempt, Result<LoadedModel> Result)> _finished = new();
    private readonly List<(ModelStatus Status, Task Done)> _draining = [];
    private readonly List<LoadedModel> _replaced = [];
    private readonly SchemaCache _schemas = new();
    private readonly Withheld _withheld = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile RoutingTable _table = RoutingTable.Empty;
    private volatile IReadOnlyList<ModelStatus> _statuses = [];

    public RoutingTable Table => _table;

    /// <summary>Everything wanted or still in memory.</summary>
    public IReadOnlyList<ModelStatus> Statuses => _statuses;

    /// <summary>Every wanted model is serving or has failed.</summary>
    public bool IsSettled => _slots.Values.All(slot => slot.Wanted is null || slot.State is ModelStates.Serving or ModelStates.Failed or ModelStates.Unloaded);

    /// <summary>Completes when <see cref="Statuses"/> was worked out anew; take it before looking at them.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>Takes an app out of service here, or back into it; completes when the loop has obeyed.</summary>
    public Task OrderAsync(string app, bool serve)
    {
        var obeyed = _withheld.Order(app, serve);
        wake();
        return obeyed;
    }

    /// <summary>When something must be tried again; null for not before something changes.</summary>
    public DateTimeOffset? NextRetry => _slots.Values
        .Where(slot => slot is { Wanted: not null, State: ModelStates.Failed })
        .Min(slot => slot.RetryAt);

    public void Converge(LiveConfiguration live, CancellationToken stopping)
    {
        var orders = _withheld.Take();
        try
        {
            TakeFinished();
            TakeWanted(live);
            foreach (var slot in _slots.Values)
            {
                if (orders.Exists(order => order.App == slot.App && order.Serve))
                {
                    slot.Succeed(); // Forgets its failures, too.
                }

                Advance(slot, stopping);
            }

            Route(live);
            Unload();
            Report();
        }
        finally
        {
            orders.ForEach(order => order.Obeyed.SetResult());
            Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }

    /// <summary>Ends all loads and unloads everything.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        _table = RoutingTable.Empty;
        foreach (var slot in _slots.Values)
        {
            slot.Attempt?.Cancel();
        }

        while (_slots.Values.Any(slot => slot.Attempt is not null))
        {
            TakeFinished();
            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None).ConfigureAwait(false);
        }

        var models = _slots.Values.Select(slot => slot.Loaded).OfType<LoadedModel>().Concat(_replaced).Select(model => model.RetireAsync(patience));
        await Task.WhenAll([.. models, .. _draining.Select(drain => drain.Done)]).ConfigureAwait(false);
        _slots.Clear();
    }

    private void TakeFinished()
    {
        while (_finished.TryDequeue(out var finished))
        {
            var (slot, attempt, result) = finished;
            slot.Attempt = null;
            attempt.Dispose();
            if (!result.IsSuccess && attempt.WasCancelled)
            {
                slot.Enter(ModelStates.Waiting, clock.GetUtcNow());
                continue;
            }

            if (!result.IsSuccess)
            {
                logger.LogWarning("{App} {Version} was not loaded: {Error}", slot.App, slot.Version, result.Error);
                slot.Fail(attempt.ContentKey, result.Error, clock.GetUtcNow());
                continue;
            }

            slot.Succeed();
            if (slot.Loaded is { } old)
            {
                _replaced.Add(old);
            }

            slot.Loaded = result.Value;
        }
    }

    private void TakeWanted(LiveConfiguration live)
    {
        foreach (var slot in _slots.Values)
        {
            slot.Wanted = null;
        }

        foreach (var wanted in live.Wanted())
        {
            if (!_slots.TryGetValue((wanted.App, wanted.Version), out var slot))
            {
                _slots[(wanted.App, wanted.Version)] = slot = new ModelSlot(wanted.App, wanted.Version);
            }

            // A document that cannot be read says nothing about what is served: that goes on as it was.
            slot.Wanted = wanted.IsReadable || slot.LastWanted is null ? wanted : slot.LastWanted;
            slot.LastWanted = slot.Wanted;
        }
    }

    private void Advance(ModelSlot slot, CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        var wanted = slot.Wanted;
        if (slot.Attempt is { } attempt && attempt.ContentKey != wanted?.Spec?.ContentKey)
        {
            attempt.Cancel();
        }

        if (_withheld.Has(slot.App))
        {
            TakeOutOfService(slot, now);
            return;
        }

        if (wanted is null)
        {
            return;
        }

        if (wanted.Spec is not { } spec)
        {
            WaitOrFail(slot, wanted, now);
        }
        else if (slot.Loaded?.Spec.ContentKey == spec.ContentKey)
        {
            Adjust(slot.Loaded, wanted);
            slot.Succeed();
            slot.Enter(ModelStates.Serving, now);
        }
        else if (slot.Attempt is not null)
        {
            slot.Enter(slot.Attempt.State, now);
        }
        else if (slot.MayTry(spec.ContentKey, now))
        {
            StartLoad(slot, wanted, spec, stopping);
        }
    }

    private void TakeOutOfService(ModelSlot slot, DateTimeOffset now)
    {
        slot.Attempt?.Cancel();
        slot.Enter(ModelStates.Unloaded, now);
        if (slot.Loaded is { } model)
        {
            slot.Loaded = null;
            _replaced.Add(model);
        }
    }

    private static void WaitOrFail(ModelSlot slot, WantedRelease wanted, DateTimeOffset now)
    {
        if (wanted.Problem is not { } problem)
        {
            slot.Enter(ModelStates.Waiting, now);
        }
        else if (slot.FailedKey != problem.Code || slot.State != ModelStates.Failed)
        {
            slot.Fail(problem.Code, problem, now);
        }
    }

    private static void Adjust(LoadedModel loaded, WantedRelease wanted)
    {
        var settings = BatchSettings.From(wanted.Worker, wanted.Document.BatchSize, loaded.Model.Batchable);
        if (loaded.Model.Settings != settings)
        {
            // The other models of an ensemble may take batches where the first does not; each knows itself.
            loaded.UpdateSettings(BatchSettings.From(wanted.Worker, wanted.Document.BatchSize, batchable: true));
        }
    }

    private void StartLoad(ModelSlot slot, WantedRelease wanted, ReleaseSpec spec, CancellationToken stopping)
    {
        // Disposed when the load is over.
        var attempt = new LoadAttempt(spec.ContentKey, stopping);
        slot.Attempt = attempt;
        slot.Enter(ModelStates.Loading, clock.GetUtcNow());
        _ = Task.Run(() => LoadAsync(slot, attempt, wanted, spec), CancellationToken.None);
    }

    private async Task LoadAsync(ModelSlot slot, LoadAttempt attempt, WantedRelease wanted, ReleaseSpec spec)
    {
        Result<LoadedModel> result;
        try
        {
            result = await loader.LoadAsync(spec, wanted.Worker, wanted.Document.BatchSize, LoadPurpose.Serving, Progress, attempt.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            result = new UnavailableError("model.load_cancelled");
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Loading {App} {Version} broke off", spec.App, spec.Version);
            result = new UnavailableError("model.load_failed");
        }

        _finished.Enqueue((slot, attempt, result));
        wake();

        void Progress(string state)
        {
            attempt.State = state;
            wake();
        }
    }

    private void Route(LiveConfiguration live)
    {
        foreach (var phase in (string[])[Phases.Production, Phases.Grey, Phases.Staging])
        {
            // Two releases in one phase are a fault of whoever wrote them; the later one is meant.
            var holders = _slots.Values
                .Where(slot => slot.Wanted?.Document.Phase == phase)
                .GroupBy(slot => slot.App)
                .ToDictionary(group => group.Key, group => group.MaxBy(slot => slot.Wanted!.Revision)!);
            foreach (var app in _holders.Keys.Where(key => key.Phase == phase && !holders.ContainsKey(key.App)).ToList())
            {
                _holders.Remove(app);
            }

            foreach (var (app, slot) in holders)
            {
                // Not warm yet: whoever answers in this phase now, keeps it.
                if (slot.Loaded is not null || !_holders.TryGetValue((app, phase), out var known) || known.Loaded is null)
                {
                    _holders[(app, phase)] = slot;
                }
            }
        }

        var byPhase = _holders.Where(holder => holder.Value.Loaded is not null).ToDictionary(holder => holder.Key, holder => Serve(live, holder.Value, holder.Key.Phase));
        var byVersion = _slots.Values
            .Where(slot => slot is { Wanted: not null, Loaded: not null })
            .ToDictionary(slot => (slot.App, slot.Version), slot => Serve(live, slot, slot.Wanted!.Document.Phase));
        _table = new RoutingTable(byPhase.ToFrozenDictionary(), byVersion.ToFrozenDictionary());
    }

    private ServedModel Serve(LiveConfiguration live, ModelSlot slot, string phase)
    {
        var (schema, compiled) = _schemas.Get(live.FindSchema(slot.LastWanted!.SchemaKey));
        return new ServedModel(slot.Loaded!, phase, live.Metadata(slot.App), schema, compiled);
    }

    /// <summary>After the new table is in place: nobody new finds these any more.</summary>
    private void Unload()
    {
        foreach (var slot in _slots.Values.Where(slot => slot.Wanted is null && slot.Attempt is null && !_holders.ContainsValue(slot)).ToList())
        {
            _slots.Remove((slot.App, slot.Version));
            if (slot.Loaded is { } model)
            {
                Drain(slot, model);
            }
        }

        foreach (var model in _replaced)
        {
            Drain(null, model);
        }

        _replaced.Clear();
        _draining.RemoveAll(drain => drain.Done.IsCompleted);
    }

    private void Drain(ModelSlot? slot, LoadedModel model)
    {
        var spec = model.Spec;
        var last = slot?.LastWanted;
        var status = new ModelStatus(
            spec.App, spec.Version, last?.Document.Phase ?? Phases.Retired, ModelStates.Draining, "", [], last?.Revision ?? 0, clock.GetUtcNow());
        var done = Task.Run(async () =>
        {
            await model.RetireAsync(drainTime).ConfigureAwait(false);
            logger.LogInformation("{App} {Version} is unloaded", spec.App, spec.Version);
        });
        _draining.Add((status, done));
        _ = done.ContinueWith(_ => wake(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private void Report()
    {
        var statuses = _slots.Values.Select(Describe).Concat(_draining.Select(drain => drain.Status));
        _statuses = statuses.OrderBy(status => status.App, StringComparer.Ordinal).ThenBy(status => status.Version, StringComparer.Ordinal).ToList();
    }

    private ModelStatus Describe(ModelSlot slot)
    {
        var kept = _holders.FirstOrDefault(holder => holder.Value == slot).Key.Phase;
        var phase = slot.Wanted?.Document.Phase ?? kept ?? Phases.Retired;
        var failure = slot.State == ModelStates.Failed ? slot.Failure : null;
        var (code, args) = failure is null ? ("", []) : ErrorCause.Texts(failure);
        return new ModelStatus(slot.App, slot.Version, phase, slot.State, code, args, slot.LastWanted?.Revision ?? 0, slot.ChangedAt)
        {
            Plans = slot.Loaded?.Plans ?? [],
        };
    }
}
