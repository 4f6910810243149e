using AvaConsole.Core.Benchmarks;
using AvaConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Tests.Integration.StartUp;

/// <summary>A real console finds what it left behind, and executes what waits; the package is no model, which is an answer too.</summary>
[Trait("Category", "Integration")]
public sealed class BenchmarkRunTests
{
    private const string Host = "bench-host";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Start_RunLeftBehindAndRunQueued_FailsTheOneAndExecutesTheOther()
    {
        await using var core = await TestConsole.StartAsync();
        var scenario = await ReleaseScenario.CreateAsync(core);
        var left = await QueueAsync(core, (await scenario.DraftAsync()).Id);
        await core.QueryAsync(db => db.Benchmarks.ExecuteUpdateAsync(set => set.SetProperty(run => run.State, BenchmarkState.Running)));
        var waiting = await QueueAsync(core, (await scenario.DraftAsync("20261102-v1")).Id);
        await core.QueryAsync(db => db.Benchmarks.ExecuteUpdateAsync(set => set.SetProperty(run => run.Host, Host)));

        await using var console = await ConsoleProcess.StartAsync(core.Data.Root, new Dictionary<string, string>
        {
            ["ConnectionStrings:Postgres"] = core.ConnectionString,
            ["Secrets:MasterKey"] = Convert.ToBase64String(TestConsole.MasterKey),
            ["Inference:HostName"] = Host,
        });

        Assert.Equal("benchmark.stopped", (await WaitUntilOverAsync(core, left)).FailureCode);
        Assert.StartsWith("package.", (await WaitUntilOverAsync(core, waiting)).FailureCode, StringComparison.Ordinal);
    }

    private static async Task<Guid> QueueAsync(TestConsole core, Guid release) =>
        (await core.Benchmarks.StartAsync(release, new BenchmarkSettings(), core.Alice, default)).Value!.Id;

    private static async Task<BenchmarkRun> WaitUntilOverAsync(TestConsole core, Guid id)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (true)
        {
            var run = (await core.Benchmarks.GetAsync(id, patience.Token)).Value!;
            if (run.IsOver) return run;
            await Task.Delay(50, patience.Token);
        }
    }
}
