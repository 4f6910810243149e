using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Data;
using AvaConsole.Core.Releases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Core.Benchmarks;

/// <summary>
/// Executes this host's benchmark runs, one at a time and the oldest first: two at once would measure each other. They stay in this process,
/// because it is this host that is measured; one that the process does not survive has failed.
/// </summary>
public sealed class BenchmarkRunner(
    IDbContextFactory<AvaDbContext> contexts,
    IReleaseBenchmark benchmark,
    WorkerService workers,
    AuditLog audit,
    ConsoleEvents events,
    TimeProvider clock,
    ILogger<BenchmarkRunner> logger) : EventedWorker(events, BenchmarkService.Topic, logger)
{
    private static readonly TimeSpan s_watch = TimeSpan.FromSeconds(1);

    /// <summary>Executes the next run; false where none waits.</summary>
    internal async Task<bool> RunOnceAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await FailLostAsync(db, ct).ConfigureAwait(false);
        var waiting = await db.Benchmarks
            .Where(run => run.Host == benchmark.Host && run.State == BenchmarkState.Pending)
            .OrderBy(run => run.CreatedAt)
            .FirstOrDefaultAsync(ct)
            .ConfigureAwait(false);
        if (waiting is null)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        var claimed = await db.Benchmarks
            .Where(run => run.Id == waiting.Id && run.State == BenchmarkState.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(run => run.State, BenchmarkState.Running).SetProperty(run => run.StartedAt, now), ct)
            .ConfigureAwait(false);
        if (claimed > 0)
        {
            await db.Entry(waiting).ReloadAsync(ct).ConfigureAwait(false);
            await RunAsync(db, waiting, ct).ConfigureAwait(false);
        }

        return true;
    }

    protected override async Task WorkAsync(CancellationToken ct)
    {
        while (await RunOnceAsync(ct).ConfigureAwait(false))
        {
            // One after the other.
        }
    }

    /// <summary>Nothing runs here now: what says it does was left behind by a process that is no more.</summary>
    private async Task FailLostAsync(AvaDbContext db, CancellationToken ct)
    {
        var lost = await db.Benchmarks.Include(run => run.Release.App).Where(run => run.Host == benchmark.Host && run.State == BenchmarkState.Running).ToListAsync(ct).ConfigureAwait(false);
        foreach (var run in lost)
        {
            await EndAsync(db, run, run.Release, BenchmarkState.Failed, "benchmark.stopped", [], ct).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(AvaDbContext db, BenchmarkRun run, CancellationToken ct)
    {
        Events.Publish(BenchmarkService.Topic, run.Id);
        var release = await db.Releases.AsNoTracking().WithParts().SingleAsync(known => known.Id == run.ReleaseId, ct).ConfigureAwait(false);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watch = WatchAsync(run.Id, cancelled);
        var (state, code, args) = (BenchmarkState.Failed, "benchmark.broke_off", (IReadOnlyList<string>)[]);
        try
        {
            var error = await MeasureAsync(db, run, release, cancelled.Token).ConfigureAwait(false);
            (code, args) = error is null ? ("", []) : ErrorCause.Texts(error);
            state = error is null ? BenchmarkState.Done : BenchmarkState.Failed;
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            (state, code) = ct.IsCancellationRequested ? (BenchmarkState.Failed, "benchmark.stopped") : (BenchmarkState.Cancelled, "");
        }
        catch (Exception exception)
        {
            Logger.LogError(exception, "Benchmark {RunId} broke off", run.Id);
        }

        await cancelled.CancelAsync().ConfigureAwait(false);
        await watch.ConfigureAwait(false);
        await EndAsync(db, run, release, state, code, args, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<Error?> MeasureAsync(AvaDbContext db, BenchmarkRun run, Release release, CancellationToken ct)
    {
        if (release.ContentHash != run.ContentHash)
        {
            return new ConflictError("benchmark.outdated");
        }

        var worker = await workers.GetAsync(release.App.Command, release.Version, ct).ConfigureAwait(false);
        if (!worker.IsSuccess)
        {
            return worker.Error;
        }

        var tests = await db.TestCases.AsNoTracking().Where(test => test.AppId == release.AppId).OrderBy(test => test.CreatedAt).ThenBy(test => test.Name).ToListAsync(ct).ConfigureAwait(false);
        var measured = await benchmark.RunAsync(release, tests, run.Settings, worker.Value.Effective.Document, SaveAsync, ct).ConfigureAwait(false);
        run.Report = measured.Value ?? run.Report;
        return measured.Error;

        async Task SaveAsync(BenchmarkReport report)
        {
            run.Report = report;
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
            Events.Publish(BenchmarkService.Topic, run.Id);
        }
    }

    /// <summary>Whoever cancels may sit at another console.</summary>
    private async Task WatchAsync(Guid runId, CancellationTokenSource cancelled)
    {
        try
        {
            using var timer = new PeriodicTimer(s_watch, clock);
            while (await timer.WaitForNextTickAsync(cancelled.Token).ConfigureAwait(false))
            {
                await using var db = await contexts.CreateDbContextAsync(cancelled.Token).ConfigureAwait(false);
                if (await db.Benchmarks.AnyAsync(run => run.Id == runId && run.CancelledBy != "", cancelled.Token).ConfigureAwait(false))
                {
                    await cancelled.CancelAsync().ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
        catch (Exception exception)
        {
            Logger.LogWarning(exception, "Benchmark {RunId} can no longer be cancelled", runId);
        }
    }

    private async Task EndAsync(AvaDbContext db, BenchmarkRun run, Release release, BenchmarkState state, string code, IReadOnlyList<string> args, CancellationToken ct)
    {
        (run.State, run.FailureCode, run.FailureArgs, run.EndedAt) = (state, code, [.. args], clock.GetUtcNow());

        // Its cancellation was audited with the name of who cancelled.
        if (state != BenchmarkState.Cancelled)
        {
            var action = state == BenchmarkState.Done ? "benchmark.done" : "benchmark.failed";
            var knee = BenchmarkKnee.Of(run);
            audit.Add(db, Actor.System, action, AuditSubjects.Release, release.Id, BenchmarkService.NameOf(release), after: new { run = run.Id, contentHash = run.ContentHash, knee, reason = code });
        }

        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        Events.Publish(BenchmarkService.Topic, run.Id);
    }
}
