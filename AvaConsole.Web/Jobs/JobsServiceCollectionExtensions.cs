using System.Security.Cryptography;
using System.Text;
using AvaConsole.Core.Releases;
using AvaConsole.Web.Infrastructure.StartUp;
using Npgsql;
using Quartz;

namespace AvaConsole.Web.Jobs;

internal static class JobsServiceCollectionExtensions
{
    /// <summary>Background work, kept in Postgres: it survives restarts, and several consoles share it.</summary>
    public static IServiceCollection AddAvaJobs(this IServiceCollection services, ConsoleParts parts)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(options =>
            {
                options.InstanceName = "AvaConsole";
                options.InstanceId = InstanceId(parts.Settings.Data.Root);
                options.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(NpgsqlFactory.Instance, parts.ConnectionString);
                store.ProvisionSchema();
                store.UseClustering();
            });
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddSingleton<VerificationScheduler>();
        services.AddSingleton<IVerificationScheduler>(provider => provider.GetRequiredService<VerificationScheduler>());
        services.AddHostedService<UnfinishedVerifications>();
        return services;
    }

    // One console per data directory: a console that was killed finds at once what it was running itself.
    private static string InstanceId(string dataRoot) =>
        $"{Environment.MachineName}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataRoot)))[..12]}";
}
