using AvaConsole.Core.Releases;
using Quartz;

namespace AvaConsole.Web.Jobs;

/// <summary>Hands a verification run to whichever console of the cluster is free.</summary>
internal sealed class VerificationScheduler(ISchedulerFactory schedulers) : IVerificationScheduler
{
    private const string Group = "verification";

    public async Task ScheduleAsync(Guid verificationRunId, CancellationToken ct)
    {
        var scheduler = await schedulers.GetScheduler(ct);
        var key = Key(verificationRunId);
        var job = JobBuilder.Create<VerificationJob>()
            .WithIdentity(key)
            .UsingJobData(VerificationJob.RunId, verificationRunId.ToString())
            .RequestRecovery()
            .Build();
        var trigger = TriggerBuilder.Create().WithIdentity(key.Name, Group).ForJob(key).StartNow().Build();
        await scheduler.ScheduleJob(job, [trigger], ScheduleJobOptions.Replacing, ct);
    }

    /// <summary>Waiting, running here or on another console, or to be recovered.</summary>
    public async Task<bool> IsScheduledAsync(Guid verificationRunId, CancellationToken ct)
    {
        var scheduler = await schedulers.GetScheduler(ct);
        return await scheduler.Exists(Key(verificationRunId), ct);
    }

    private static JobKey Key(Guid verificationRunId) => new(verificationRunId.ToString("n"), Group);
}
