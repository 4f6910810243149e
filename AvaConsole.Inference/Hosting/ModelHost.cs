using System.Threading.Channels;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Packages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AvaConsole.Inference.Hosting;

/// <summary>
/// Serves what the live configuration wants. It knows nothing but that configuration and its package cache: it mirrors it, converges to it
/// whenever something changed, and reports its state under a lease. Start order, restarts and lost watches do not matter.
/// </summary>
public sealed class ModelHost : BackgroundService, IModelHost, IModelRepository
{
    private static readonly TimeSpan s_statusInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_faultPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_stopPatience = TimeSpan.FromSeconds(5);

    private readonly OrtRuntime _runtime;
    private readonly TimeProvider _clock;
    private readonly ILogger<ModelHost> _logger;
    private readonly string _name;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConfigMirror[] _mirrors;
    private readonly ConfigLease _lease;
    private readonly Converger _converger;
    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HostStatusDocument? _published;
    private DateTimeOffset _publishedAt;
    private volatile bool _isReady;

    internal ModelHost(
        IConfigStore store, ReleaseLoader loader, OrtRuntime runtime, IOptions<InferenceOptions> options, TimeProvider clock, ILoggerFactory loggers)
    {
        NativeMemory.MapLargePieces();
        (_runtime, _clock, _logger) = (runtime, clock, loggers.CreateLogger<ModelHost>());
        _name = options.Value.HostName ?? Environment.MachineName;
        _mirrors = ((string[])[ConfigKey.ServingRoot, ConfigKey.ReleaseManifestPrefix, ConfigKey.SchemaPrefix])
            .Select(prefix => new ConfigMirror(store, prefix, clock, loggers.CreateLogger<ConfigMirror>()))
            .ToArray();
        _lease = new ConfigLease(store, TimeSpan.FromSeconds(options.Value.StatusSeconds), clock, loggers.CreateLogger<ConfigLease>());
        _converger = new Converger(loader, TimeSpan.FromSeconds(options.Value.DrainSeconds), clock, Wake, loggers.CreateLogger<ModelHost>());
    }

    public bool IsReady => _isReady;

    /// <summary>Completes when the live configuration was read once.</summary>
    internal Task Known => _known.Task;

    /// <summary>What of the caches the live configuration may need now. Only once it is <see cref="Known"/>.</summary>
    internal NeededEntries Needed => Live().Needed();

    public IReadOnlyList<ModelStatus> Statuses => _converger.Statuses;

    public IModelLease? TryAcquire(string app, string phase) => Acquire(table => table.ByPhase.GetValueOrDefault((app, phase)));

    public IModelLease? TryAcquireVersion(string app, string version) => Acquire(table => table.ByVersion.GetValueOrDefault((app, version)));

    public AppMetadataDocument? MetadataOf(string app) => Statuses.Any(status => status.App == app) ? Live().Metadata(app) : null;

    /// <inheritdoc />
    /// <remarks>
    /// Until <see cref="LoadAsync"/> or the next start of this host; the live configuration and other hosts stay as they are. Errors
    /// <c>serving.app_not_found</c>, <c>serving.starting</c>.
    /// </remarks>
    public async Task<Result> UnloadAsync(string app, CancellationToken ct) => await OrderAsync(app, serve: false, ct).ConfigureAwait(false) is { } refused
        ? refused
        : await UntilAsync(app, static status => status.State == ModelStates.Unloaded, ct).ConfigureAwait(false);

    /// <inheritdoc />
    /// <remarks>The same errors, and <c>serving.load_failed</c> with the first version that failed; its reason is in <see cref="Statuses"/>.</remarks>
    public async Task<Result> LoadAsync(string app, CancellationToken ct)
    {
        if (await OrderAsync(app, serve: true, ct).ConfigureAwait(false) is { } refused)
        {
            return refused;
        }

        await UntilAsync(app, static status => status.State is ModelStates.Serving or ModelStates.Failed or ModelStates.Draining, ct).ConfigureAwait(false);
        return Statuses.FirstOrDefault(status => status.App == app && status.State == ModelStates.Failed) is { } failed
            ? new UnavailableError("serving.load_failed", app, failed.Version)
            : Result.Success;
    }

    /// <summary>Why it was not obeyed; null where it was.</summary>
    private async Task<Error?> OrderAsync(string app, bool serve, CancellationToken ct)
    {
        if (!_known.Task.IsCompleted)
        {
            return new UnavailableError("serving.starting");
        }

        if (!Statuses.Any(status => status.App == app))
        {
            return new NotFoundError("serving.app_not_found", EntryName.Show(app));
        }

        await _converger.OrderAsync(app, serve).WaitAsync(ct).ConfigureAwait(false);
        return null;
    }

    private async Task<Result> UntilAsync(string app, Func<ModelStatus, bool> holds, CancellationToken ct)
    {
        while (true)
        {
            var changed = _converger.Changed;
            if (Statuses.Where(status => status.App == app).All(holds))
            {
                return Result.Success;
            }

            await changed.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var provider = await Task.Factory.StartNew(() => _runtime.Provider, stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        var status = new HostStatusDocument
        {
            Host = _name,
            StartedAt = _clock.GetUtcNow(),
            Provider = provider.Name,
            ProviderReason = provider.Reason,
            ProviderReasonCode = provider.ReasonCode,
            ProviderReasonArgs = provider.ReasonArgs,
            CustomOperators = [.. _runtime.Options.CustomOperators.Select(library => library.Domain)],
        };
        foreach (var mirror in _mirrors)
        {
            mirror.Changed += _ => Wake();
        }

        var background = _mirrors.Select(mirror => mirror.RunAsync(stoppingToken)).Append(_lease.RunAsync(stoppingToken)).ToList();
        try
        {
            await Task.WhenAny([LoopAsync(status, stoppingToken), .. background]).Unwrap().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The console stops.
        }
        finally
        {
            await _converger.StopAsync(s_stopPatience).ConfigureAwait(false);
            await Task.WhenAll(background).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LoopAsync(HostStatusDocument status, CancellationToken ct)
    {
        foreach (var mirror in _mirrors)
        {
            await mirror.WaitForAsync(snapshot => snapshot.Revision > 0, ct).ConfigureAwait(false);
        }

        _known.TrySetResult();
        while (true)
        {
            var live = Live();
            if (!TryConverge(live, ct))
            {
                await WaitAsync(_clock.GetUtcNow() + s_faultPause, ct).ConfigureAwait(false);
                continue;
            }

            if (!_isReady && _converger.IsSettled)
            {
                _isReady = true;
                _logger.LogInformation("Host {Host} is ready at revision {Revision}", _name, live.Revision);
            }

            var publishAgain = Publish(status with { Revision = live.Revision, Models = _converger.Statuses });
            await WaitAsync(Earlier(publishAgain, _converger.NextRetry), ct).ConfigureAwait(false);
        }
    }

    private LiveConfiguration Live() => new(_mirrors[0].Current, _mirrors[1].Current, _mirrors[2].Current);

    /// <summary>One document that this version stumbles over must not end the serving of all the others.</summary>
    private bool TryConverge(LiveConfiguration live, CancellationToken ct)
    {
        try
        {
            _converger.Converge(live, ct);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _logger.LogError(exception, "Converging to revision {Revision} broke off; what serves goes on serving", live.Revision);
            return false;
        }
    }

    /// <summary>When it must be called again because it came too soon after the last time; null otherwise.</summary>
    private DateTimeOffset? Publish(HostStatusDocument status)
    {
        if (_published is { } known && known.Revision == status.Revision && known.Models.SequenceEqual(status.Models, ModelStatusComparer.Instance))
        {
            return null;
        }

        var now = _clock.GetUtcNow();
        if (_published is not null && now < _publishedAt + s_statusInterval)
        {
            return _publishedAt + s_statusInterval;
        }

        _lease.Set(ConfigKey.Host(_name), ConfigJson.Serialize(status));
        (_published, _publishedAt) = (status, now);
        return null;
    }

    private async Task WaitAsync(DateTimeOffset? until, CancellationToken ct)
    {
        if (until is null)
        {
            await _wake.Reader.ReadAsync(ct).ConfigureAwait(false);
            return;
        }

        var left = until.Value - _clock.GetUtcNow();
        using var over = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, ct);
        try
        {
            await _wake.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Time to look again.
        }
    }

    private ModelLease? Acquire(Func<RoutingTable, ServedModel?> find)
    {
        while (true)
        {
            var table = _converger.Table;
            if (find(table) is not { } model)
            {
                return null;
            }

            if (model.Loaded.Users.TryAdd())
            {
                return new ModelLease(model, model.Loaded.Users);
            }

            // Replaced between the look and the grasp: the new table has its successor.
            if (ReferenceEquals(table, _converger.Table))
            {
                return null;
            }
        }
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    private static DateTimeOffset? Earlier(DateTimeOffset? first, DateTimeOffset? second) =>
        first is null || second < first ? second : first;

    /// <summary>Records with lists compare the lists by reference.</summary>
    private sealed class ModelStatusComparer : IEqualityComparer<ModelStatus>
    {
        public static ModelStatusComparer Instance { get; } = new();

        public bool Equals(ModelStatus? x, ModelStatus? y) =>
            x is not null && y is not null && x with { ReasonArgs = [] } == y with { ReasonArgs = [] } && x.ReasonArgs.SequenceEqual(y.ReasonArgs);

        public int GetHashCode(ModelStatus obj) => HashCode.Combine(obj.App, obj.Version);
    }
}
