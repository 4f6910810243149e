using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AvaConsole.Tests.Integration.StartUp;

/// <summary>A real console executes runs that are in its database; the package is no model, which is an answer too.</summary>
public sealed class VerificationJobTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Start_RunThatNoJobStandsFor_IsExecuted()
    {
        await using var core = await TestConsole.StartAsync();
        var run = await QueueAsync(core);

        await using var console = await StartAsync(core);

        Assert.Equal(VerificationState.Failed, (await WaitUntilEndedAsync(core, run)).State);
        await WaitUntilAsync(core, "SELECT count(*) FROM qrtz_job_details", 0);
    }

    [Fact]
    public async Task Kill_WhileARunIsExecuted_GoesOnAtTheNextStart()
    {
        await using var core = await TestConsole.StartAsync();
        var run = await QueueAsync(core);
        await using var database = NpgsqlDataSource.Create(core.ConnectionString);
        await using (var blocker = await database.OpenConnectionAsync())
        {
            // The job cannot write its progress, so it is surely under way when the console dies.
            await using var transaction = await blocker.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand($"SELECT 1 FROM verification_runs WHERE id = '{run}' FOR UPDATE", blocker, transaction);
            await hold.ExecuteNonQueryAsync();
            await using var first = await StartAsync(core);
            await WaitUntilAsync(core, "SELECT count(*) FROM qrtz_fired_triggers WHERE state = 'EXECUTING'", 1);
            await first.StopAsync("KILL");
        }

        await using var second = await StartAsync(core);

        Assert.NotNull((await WaitUntilEndedAsync(core, run)).EndedAt);
        await WaitUntilAsync(core, "SELECT count(*) FROM qrtz_fired_triggers", 0);
    }

    private static async Task<Guid> QueueAsync(TestConsole core)
    {
        var scenario = await ReleaseScenario.CreateAsync(core);
        var release = await scenario.DraftAsync();
        return (await core.Verifications.StartAsync(release.Id, core.Alice, default)).Value!.Id;
    }

    private static Task<ConsoleProcess> StartAsync(TestConsole core) => ConsoleProcess.StartAsync(core.Data.Root, new Dictionary<string, string>
    {
        ["ConnectionStrings:Postgres"] = core.ConnectionString,
        ["Secrets:MasterKey"] = Convert.ToBase64String(TestConsole.MasterKey),
    });

    private static async Task<VerificationRun> WaitUntilEndedAsync(TestConsole core, Guid id)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (true)
        {
            var run = await core.QueryAsync(db => db.Verifications.AsNoTracking().SingleAsync(known => known.Id == id, patience.Token));
            if (run.EndedAt is not null) return run;
            await Task.Delay(50, patience.Token);
        }
    }

    private static async Task WaitUntilAsync(TestConsole core, string query, long expected)
    {
        using var patience = new CancellationTokenSource(s_patience);
        await using var database = NpgsqlDataSource.Create(core.ConnectionString);
        while (true)
        {
            await using var command = database.CreateCommand(query);
            if (await command.ExecuteScalarAsync(patience.Token) is long count && count == expected) return;
            await Task.Delay(50, patience.Token);
        }
    }
}
