using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Core.Releases;

/// <summary>Verification runs: queued by people, executed by the job scheduler, kept as evidence.</summary>
public sealed class VerificationService(
    IDbContextFactory<AvaDbContext> contexts,
    IReleaseVerifier verifier,
    IVerificationScheduler scheduler,
    AuditLog audit,
    AccessGuard guard,
    ConsoleEvents events,
    TimeProvider clock,
    ILogger<VerificationService> logger)
{
    // A run that nobody has touched for so long has lost its job: it must not block the release for ever.
    private static readonly TimeSpan s_abandonedAfter = TimeSpan.FromHours(1);

    /// <summary>Queues a run for the draft's present content; one at a time per release (<c>verification.running</c>).</summary>
    public async Task<Result<VerificationRun>> StartAsync(Guid releaseId, Actor actor, CancellationToken ct)
    {
        if (await guard.CheckAsync(actor, Permission.Release, "verification.started", AuditSubjects.Release, releaseId, "", ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.Releases.Include(known => known.App).SingleOrDefaultAsync(known => known.Id == releaseId, ct).ConfigureAwait(false) is not { } release)
        {
            return new NotFoundError("release.not_found");
        }

        var tests = await db.TestCases.CountAsync(test => test.AppId == release.AppId, ct).ConfigureAwait(false);
        if (Check(release, tests) is { } refused)
        {
            return refused;
        }

        await AbandonLostAsync(db, release.Id, ct).ConfigureAwait(false);
        var run = new VerificationRun
        {
            Id = Guid.CreateVersion7(),
            ReleaseId = release.Id,
            ContentHash = release.ContentHash,
            Total = tests,
            StartedBy = actor.Name,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Verifications.Add(run);
        audit.Add(db, actor, "verification.started", AuditSubjects.Release, release.Id, NameOf(release), after: new { contentHash = run.ContentHash, testCases = tests });
        try
        {
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return new ConflictError("verification.running", release.Version);
        }

        return await ScheduleAsync(db, run, ct).ConfigureAwait(false);
    }

    /// <summary>
    /// Executes a queued or interrupted run, from its beginning. Called by the job; publishes <c>verification</c> events as it proceeds.
    /// Cancelled, the run stays as it is, for the job to be executed again.
    /// </summary>
    public async Task RunAsync(Guid runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var run = await db.Verifications.SingleOrDefaultAsync(known => known.Id == runId, ct).ConfigureAwait(false);
        if (run is null || IsOver(run))
        {
            return;
        }

        var release = await db.Releases.AsNoTracking().WithParts().SingleAsync(known => known.Id == run.ReleaseId, ct).ConfigureAwait(false);
        var tests = await db.TestCases.AsNoTracking().Where(test => test.AppId == release.AppId).OrderBy(test => test.CreatedAt).ThenBy(test => test.Name).ToListAsync(ct).ConfigureAwait(false);
        try
        {
            await RunAsync(db, run, release, tests, ct).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            logger.LogError(exception, "Verification {RunId} broke off", runId);
            await EndAsync(db, run, release, VerificationState.Failed, "verification.broke_off", [], CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(AvaDbContext db, VerificationRun run, Release release, List<TestCase> tests, CancellationToken ct)
    {
        if (release.ContentHash != run.ContentHash)
        {
            await EndAsync(db, run, release, VerificationState.Failed, "verification.outdated", [], ct).ConfigureAwait(false);
            return;
        }

        (run.State, run.StartedAt, run.Total, run.Results) = (VerificationState.Loading, clock.GetUtcNow(), tests.Count, []);
        await SaveAsync(db, run, ct).ConfigureAwait(false);
        var loaded = await verifier.LoadAsync(release, ct).ConfigureAwait(false);
        if (!loaded.IsSuccess)
        {
            var (code, args) = ErrorCause.Texts(loaded.Error);
            await EndAsync(db, run, release, VerificationState.Failed, code, [.. args], ct).ConfigureAwait(false);
            return;
        }

        await using var target = loaded.Value;
        run.State = VerificationState.Running;
        await SaveAsync(db, run, ct).ConfigureAwait(false);
        foreach (var test in tests)
        {
            var answer = await target.RunAsync(test, ct).ConfigureAwait(false);
            run.Results = [.. run.Results, TestJudge.Judge(test, answer)];
            await SaveAsync(db, run, ct).ConfigureAwait(false);
        }

        var passed = tests.Count > 0 && run.Results.TrueForAll(result => result.Passed);
        await EndAsync(db, run, release, passed ? VerificationState.Passed : VerificationState.Failed, tests.Count > 0 ? "" : "verification.no_test_cases", [], ct).ConfigureAwait(false);
    }

    private async Task<Result<VerificationRun>> ScheduleAsync(AvaDbContext db, VerificationRun run, CancellationToken ct)
    {
        try
        {
            await scheduler.ScheduleAsync(run.Id, ct).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Verification {RunId} could not be scheduled", run.Id);
            (run.State, run.FailureCode, run.EndedAt) = (VerificationState.Failed, "verification.not_scheduled", clock.GetUtcNow());
            await SaveAsync(db, run, CancellationToken.None).ConfigureAwait(false);
            return new UnavailableError("verification.not_scheduled");
        }

        Publish(run);
        return run;
    }

    private async Task AbandonLostAsync(AvaDbContext db, Guid releaseId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Verifications
            .Where(run => run.ReleaseId == releaseId
                && (run.State == VerificationState.Queued || run.State == VerificationState.Loading || run.State == VerificationState.Running)
                && (run.StartedAt ?? run.CreatedAt) < now - s_abandonedAfter)
            .ExecuteUpdateAsync(
                set => set.SetProperty(run => run.State, VerificationState.Failed).SetProperty(run => run.FailureCode, "verification.abandoned").SetProperty(run => run.EndedAt, now),
                ct)
            .ConfigureAwait(false);
    }

    private async Task EndAsync(AvaDbContext db, VerificationRun run, Release release, VerificationState state, string code, string[] args, CancellationToken ct)
    {
        (run.State, run.FailureCode, run.FailureArgs, run.EndedAt) = (state, code, args, clock.GetUtcNow());
        var passed = state == VerificationState.Passed;
        audit.Add(
            db,
            Actor.System,
            passed ? "verification.passed" : "verification.failed",
            AuditSubjects.Release,
            release.Id,
            NameOf(release),
            after: new { contentHash = run.ContentHash, passed = run.Results.Count(result => result.Passed), total = run.Total, reason = code });
        await SaveAsync(db, run, ct).ConfigureAwait(false);
    }

    private async Task SaveAsync(AvaDbContext db, VerificationRun run, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        Publish(run);
    }

    private void Publish(VerificationRun run)
    {
        events.Publish("verification", run.Id);
        events.Publish("release", run.ReleaseId);
    }

    private static ConflictError? Check(Release release, int tests) => release switch
    {
        { State: not ReleaseState.Draft } => new ConflictError("release.immutable", release.Version),
        { PackageId: null } => new ConflictError("release.package_missing"),
        { ApiVersionId: null } => new ConflictError("release.api_version_missing"),
        _ when tests == 0 => new ConflictError("verification.no_test_cases", release.App.Command),
        _ => null,
    };

    private static bool IsOver(VerificationRun run) => run.State is VerificationState.Passed or VerificationState.Failed;

    private static string NameOf(Release release) => $"{release.App.Command} {release.Version}";
}
