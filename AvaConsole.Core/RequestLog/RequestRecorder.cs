using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Core.RequestLog;

/// <summary>
/// Takes samples of calls and stores them in the background: a call never waits for the database, and where samples come faster than they can
/// be stored, samples are dropped, not calls. Deletes what is older than <see cref="Kept"/>.
/// </summary>
public sealed class RequestRecorder : BackgroundService
{
    /// <summary>How long a sample is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Another console's change of the share is seen after this time at the latest.</summary>
    public static readonly TimeSpan Refresh = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_pruneEvery = TimeSpan.FromHours(1);
    private const int MaxWaiting = 1000;
    private const int MaxBatch = 200;
    private const int PruneStep = 5000;

    private readonly IDbContextFactory<AvaDbContext> _contexts;
    private readonly ConsoleEvents _events;
    private readonly TimeProvider _clock;
    private readonly ILogger<RequestRecorder> _logger;
    private readonly Channel<RequestSample> _samples;
    private readonly SemaphoreSlim _wake = new(0);
    private volatile Dictionary<string, (Guid App, double Share)> _shares = new(StringComparer.Ordinal);
    private long _dropped;
    private DateTimeOffset _prunedAt;

    public RequestRecorder(IDbContextFactory<AvaDbContext> contexts, ConsoleEvents events, TimeProvider clock, ILogger<RequestRecorder> logger)
    {
        (_contexts, _events, _clock, _logger) = (contexts, events, clock, logger);
        var bounds = new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true };
        _samples = Channel.CreateBounded<RequestSample>(bounds, _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>Samples that there was no time to store, since the console started.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Draws lots for one call of the app. Cheap, and false for whoever asked for nothing.</summary>
    public bool Wants(string command, out Guid app)
    {
        app = default;
        if (!_shares.TryGetValue(command, out var wanted))
        {
            return false;
        }

        app = wanted.App;
        return IsDrawn(wanted.Share);
    }

    public void Keep(RequestSample sample) => _samples.Writer.TryWrite(sample);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = _events.Subscribe(happened =>
        {
            if (happened.Topic is "sampling" or "app")
            {
                _wake.Release();
            }
        });
        await Task.WhenAll(WatchAsync(stoppingToken), StoreAsync(stoppingToken)).ConfigureAwait(false);
    }

    // Samples are no secrets: nothing hangs on their lot.
    [SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "A lot for a sample.")]
    private static bool IsDrawn(double share) => Random.Shared.NextDouble() * 100 < share;

    private async Task WatchAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await GuardAsync(() => ReadSharesAsync(ct)).ConfigureAwait(false);
                await GuardAsync(() => PruneAsync(ct)).ConfigureAwait(false);
                await _wake.WaitAsync(Refresh, ct).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The console stops.
        }
    }

    internal async Task ReadSharesAsync(CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var shares = await db.RequestSampling
            .Where(sampling => sampling.Share > 0)
            .Join(db.Apps, sampling => sampling.AppId, app => app.Id, (sampling, app) => new { app.Command, app.Id, sampling.Share })
            .ToListAsync(ct)
            .ConfigureAwait(false);
        _shares = shares.ToDictionary(row => row.Command, row => (row.Id, (double)row.Share), StringComparer.Ordinal);
    }

    internal async Task PruneAsync(CancellationToken ct)
    {
        var now = _clock.GetUtcNow();
        if (now - _prunedAt < s_pruneEvery)
        {
            return;
        }

        var oldest = now - Kept;
        await using var db = await _contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        int deleted;
        do
        {
            // In steps, so that no transaction holds thousands of rows for long.
            var old = db.RequestSamples.Where(sample => sample.At < oldest).OrderBy(sample => sample.At).Select(sample => sample.Id).Take(PruneStep);
            deleted = await db.RequestSamples.Where(sample => old.Contains(sample.Id)).ExecuteDeleteAsync(ct).ConfigureAwait(false);
        }
        while (deleted == PruneStep);
        _prunedAt = now;
    }

    private async Task StoreAsync(CancellationToken ct)
    {
        try
        {
            while (await _samples.Reader.WaitToReadAsync(ct).ConfigureAwait(false))
            {
                await StoreWaitingAsync(ct).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // What came last is worth a moment more.
            await StoreWaitingAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    internal async Task StoreWaitingAsync(CancellationToken ct)
    {
        var batch = new List<RequestSample>();
        while (batch.Count < MaxBatch && _samples.Reader.TryRead(out var sample))
        {
            batch.Add(sample);
        }

        if (batch.Count > 0)
        {
            await GuardAsync(() => InsertAsync(batch, ct)).ConfigureAwait(false);
        }
    }

    private async Task InsertAsync(List<RequestSample> batch, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        db.RequestSamples.AddRange(batch);
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
    }

    /// <summary>The database may be away, or an app just deleted: samples are lost then, nothing else.</summary>
    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _logger.LogWarning(exception, "The request log could not be kept up");
        }
    }
}
