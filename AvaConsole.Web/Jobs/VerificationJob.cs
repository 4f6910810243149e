using System.Globalization;
using AvaConsole.Core.Releases;
using Quartz;

namespace AvaConsole.Web.Jobs;

/// <summary>Runs one verification. The store fires it again where the console that ran it died.</summary>
internal sealed class VerificationJob(VerificationService verifications) : IJob
{
    public const string RunId = "run";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await verifications.RunAsync(Guid.Parse(context.MergedJobDataMap.GetString(RunId)!, CultureInfo.InvariantCulture), cancellationToken);
}
