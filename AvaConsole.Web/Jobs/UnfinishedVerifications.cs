using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace AvaConsole.Web.Jobs;

/// <summary>
/// Schedules, when the console is up, the verification runs that no job stands for any more: interrupted by a shutdown, or queued by a console
/// that died before it could schedule them. (Runs whose console died are recovered by the job store itself.)
/// </summary>
internal sealed class UnfinishedVerifications(
    IDbContextFactory<AvaDbContext> contexts, VerificationScheduler scheduler, IHostApplicationLifetime lifetime, ILogger<UnfinishedVerifications> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            await ScheduleAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is Npgsql.NpgsqlException or SchedulerException)
        {
            // The next start tries again; until then the run can be started anew on its page.
            logger.LogError(exception, "Unfinished verification runs could not be scheduled");
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ScheduleAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var runs = await db.Verifications.Where(run => run.EndedAt == null).Select(run => run.Id).ToListAsync(ct);
        foreach (var run in runs)
        {
            if (await scheduler.IsScheduledAsync(run, ct)) continue;
            logger.LogInformation("Verification run {Run} goes on", run);
            await scheduler.ScheduleAsync(run, ct);
        }
    }
}
