using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Releases;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Benchmarks;

/// <summary>Benchmark runs of releases: asked for by people, executed by <see cref="BenchmarkRunner"/>, kept as evidence.</summary>
public sealed class BenchmarkService(
    IDbContextFactory<AvaDbContext> contexts, IReleaseBenchmark benchmark, AuditLog audit, AccessGuard guard, ConsoleEvents events, TimeProvider clock)
{
    /// <summary>Runs that a list shows at most.</summary>
    public const int Listed = 50;

    internal const string Topic = "benchmark";

    /// <summary>Queues a run for the release's present content on this console's host; one at a time per release (<c>benchmark.running</c>).</summary>
    public async Task<Result<BenchmarkRun>> StartAsync(Guid releaseId, BenchmarkSettings settings, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (await guard.CheckAsync(actor, Permission.Release, "benchmark.started", AuditSubjects.Release, releaseId, "", ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        if (settings.Check() is { Count: > 0 } problems)
        {
            return new InvalidError(problems);
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.Releases.Include(known => known.App).SingleOrDefaultAsync(known => known.Id == releaseId, ct).ConfigureAwait(false) is not { } release)
        {
            return new NotFoundError("release.not_found");
        }

        if (release.PackageId is null)
        {
            return new ConflictError("release.package_missing");
        }

        return await QueueAsync(db, release, settings, actor, ct).ConfigureAwait(false);
    }

    /// <summary>Ends a run: at once where it waits, within about a second where it is measuring. One that is over stays as it is (<c>benchmark.over</c>).</summary>
    public async Task<Result> CancelAsync(Guid runId, Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var found = await db.Benchmarks.AsNoTracking().Include(run => run.Release.App).SingleOrDefaultAsync(run => run.Id == runId, ct).ConfigureAwait(false);
        if (found is null)
        {
            return new NotFoundError("benchmark.not_found");
        }

        var name = NameOf(found.Release);
        if (await guard.CheckAsync(actor, Permission.Release, "benchmark.cancelled", AuditSubjects.Release, found.ReleaseId, name, ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        if (!await CancelAsync(db, runId, actor.Name, ct).ConfigureAwait(false))
        {
            return new ConflictError("benchmark.over");
        }

        audit.Add(db, actor, "benchmark.cancelled", AuditSubjects.Release, found.ReleaseId, name, after: new { run = runId });
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        events.Publish(Topic, runId);
        return Result.Success;
    }

    /// <summary>Of a release, newest first; the newest <see cref="Listed"/>.</summary>
    public async Task<IReadOnlyList<BenchmarkRun>> ListAsync(Guid releaseId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.Benchmarks
            .AsNoTracking()
            .Where(run => run.ReleaseId == releaseId)
            .OrderByDescending(run => run.CreatedAt)
            .Take(Listed)
            .ToListAsync(ct)
            .ConfigureAwait(false);
    }

    /// <summary>With release and app; <c>benchmark.not_found</c>.</summary>
    public async Task<Result<BenchmarkRun>> GetAsync(Guid runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var run = await db.Benchmarks.AsNoTracking().Include(known => known.Release.App).SingleOrDefaultAsync(known => known.Id == runId, ct).ConfigureAwait(false);
        return run is null ? new NotFoundError("benchmark.not_found") : run;
    }

    /// <summary>Completed runs of all releases of an app, with their release, newest first; the newest <see cref="Listed"/>.</summary>
    public async Task<IReadOnlyList<BenchmarkRun>> ListDoneAsync(Guid appId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.Benchmarks
            .AsNoTracking()
            .Include(run => run.Release)
            .Where(run => run.Release.AppId == appId && run.State == BenchmarkState.Done)
            .OrderByDescending(run => run.CreatedAt)
            .Take(Listed)
            .ToListAsync(ct)
            .ConfigureAwait(false);
    }

    /// <summary>The newest completed run of the release as it is now; null where there is none.</summary>
    public async Task<BenchmarkRun?> FindEvidenceAsync(Guid releaseId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.Benchmarks
            .AsNoTracking()
            .Where(run => run.ReleaseId == releaseId && run.State == BenchmarkState.Done && run.ContentHash == run.Release.ContentHash)
            .OrderByDescending(run => run.CreatedAt)
            .FirstOrDefaultAsync(ct)
            .ConfigureAwait(false);
    }

    internal static string NameOf(Release release) => $"{release.App.Command} {release.Version}";

    private async Task<Result<BenchmarkRun>> QueueAsync(AvaDbContext db, Release release, BenchmarkSettings settings, Actor actor, CancellationToken ct)
    {
        var run = new BenchmarkRun
        {
            Id = Guid.CreateVersion7(),
            ReleaseId = release.Id,
            ContentHash = release.ContentHash,
            Host = benchmark.Host,
            Settings = settings,
            StartedBy = actor.Name,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Benchmarks.Add(run);
        audit.Add(db, actor, "benchmark.started", AuditSubjects.Release, release.Id, NameOf(release), after: new { run = run.Id, contentHash = run.ContentHash, run.Host, settings });
        try
        {
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return new ConflictError("benchmark.running", release.Version);
        }

        events.Publish(Topic, run.Id);
        return run;
    }

    /// <summary>False where it is over.</summary>
    private async Task<bool> CancelAsync(AvaDbContext db, Guid runId, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var waiting = await db.Benchmarks
            .Where(run => run.Id == runId && run.State == BenchmarkState.Pending)
            .ExecuteUpdateAsync(
                set => set.SetProperty(run => run.State, BenchmarkState.Cancelled).SetProperty(run => run.CancelledBy, by).SetProperty(run => run.EndedAt, now), ct)
            .ConfigureAwait(false);
        return waiting > 0 || await db.Benchmarks
            .Where(run => run.Id == runId && run.State == BenchmarkState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(run => run.CancelledBy, by), ct)
            .ConfigureAwait(false) > 0;
    }
}
