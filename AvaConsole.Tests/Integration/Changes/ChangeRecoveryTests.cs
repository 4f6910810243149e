using System.Diagnostics;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Configuration.Etcd;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AvaConsole.Tests.Integration.Changes;

/// <summary>
/// A real process applies a plan and is killed between every two steps; another then finishes or reports the plan. That nothing was
/// written twice is proved by the keys' versions, that nothing was written by half by their revisions.
/// </summary>
[Trait("Category", "Integration")]
public sealed class ChangeRecoveryTests(ChangeRecoveryTests.Server server) : IClassFixture<ChangeRecoveryTests.Server>
{
    private const int Killed = 128 + 9;

    private static readonly ChangeStep[] s_successSteps =
        [ChangeStep.DecisionSaved, ChangeStep.EntryTaken, ChangeStep.NonceRead, ChangeStep.StoreWritten, ChangeStep.ResultRecording, ChangeStep.ResultRecorded];

    private static readonly ChangeStep[] s_conflictSteps =
        [ChangeStep.EntryTaken, ChangeStep.NonceRead, ChangeStep.StoreWritten, ChangeStep.StoreVoided, ChangeStep.ResultRecording, ChangeStep.ResultRecorded];

    public static TheoryData<string, string> Successes => Cases(s_successSteps);

    public static TheoryData<string, string> Conflicts => Cases(s_conflictSteps);

    [Theory]
    [MemberData(nameof(Successes))]
    public async Task Apply_KilledAtStep_IsFinishedOnceByTheNext(string kind, string step)
    {
        var store = CreateStore(kind);
        await using var console = await TestConsole.StartAsync(store.Create);
        var scenario = await ReleaseScenario.CreateAsync(console);
        var plan = await scenario.ProposeReleaseAsync();
        await scenario.ApproveAsync(plan);

        Assert.Equal(Killed, await RunAsync(console, store, plan, $"{console.Alice.AccountId}", step));
        await AssertWholeOrNothingAsync(console, plan);
        // Two consoles, a new one and this one, find the entry.
        var resumed = RunAsync(console, store, plan, "resume", "none");
        var ended = await console.ApplyUntilEndedAsync(plan.Id);

        Assert.Equal(0, await resumed);
        Assert.Equal((ChangeState.Applied, ReleaseState.Live), (ended.State, ended.Release!.State));
        foreach (var key in plan.Operations.Select(operation => operation.Key).Append(ConfigKey.Change(plan.Id)))
        {
            var entry = (await console.Store.GetAsync(key, default))!;
            Assert.Equal((key, ended.AppliedRevision!.Value, 1L), (key, entry.ModRevision, entry.Version));
        }

        Assert.Single(await console.AuditAsync("change.applied"));
        Assert.Equal(1, await console.QueryAsync(db => db.Outbox.CountAsync(entry => entry.DoneAt != null)));
    }

    [Theory]
    [MemberData(nameof(Conflicts))]
    public async Task Apply_KeyMovedAndKilledAtStep_IsReportedOnceByTheNext(string kind, string step)
    {
        var store = CreateStore(kind);
        await using var console = await TestConsole.StartAsync(store.Create);
        var scenario = await ReleaseScenario.CreateAsync(console);
        var plan = await scenario.ProposeReleaseAsync();
        await scenario.ApproveAsync(plan);
        var moved = plan.Operations[1].Key;
        var before = await console.Store.TxnAsync(new ConfigTxn([], [ConfigOperation.Put(moved, "{}"u8.ToArray())]), default);

        Assert.Equal(Killed, await RunAsync(console, store, plan, $"{console.Alice.AccountId}", step));
        var ended = await console.ApplyUntilEndedAsync(plan.Id);

        Assert.Equal((ChangeState.Conflicted, "change.key_moved", moved), (ended.State, ended.FailureCode, Assert.Single(ended.FailureArgs)));
        Assert.Equal(before.Revision, (await console.Store.GetAsync(moved, default))!.ModRevision);
        Assert.Empty(await scenario.PhasesAsync());
        Assert.Single(await console.AuditAsync("change.conflicted"));
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("etcd")]
    public async Task Apply_KilledBeforeTheDecisionWasSaved_IsStillApproved(string kind)
    {
        var store = CreateStore(kind);
        await using var console = await TestConsole.StartAsync(store.Create);
        var scenario = await ReleaseScenario.CreateAsync(console);
        var plan = await scenario.ProposeReleaseAsync();
        await scenario.ApproveAsync(plan);

        Assert.Equal(Killed, await RunAsync(console, store, plan, $"{console.Alice.AccountId}", nameof(ChangeStep.DecisionSaving)));

        Assert.Equal(ChangeState.Approved, (await console.Changes.GetAsync(plan.Id, default)).Value!.State);
        Assert.Equal(0, await console.QueryAsync(db => db.Outbox.CountAsync()));
        Assert.Empty(await scenario.PhasesAsync());
        Assert.Empty(await console.AuditAsync("change.apply_requested"));
    }

    private static async Task AssertWholeOrNothingAsync(TestConsole console, ChangePlan plan)
    {
        var revisions = new HashSet<long>();
        foreach (var key in plan.Operations.Select(operation => operation.Key).Append(ConfigKey.Change(plan.Id)))
            revisions.Add((await console.Store.GetAsync(key, default))?.ModRevision ?? 0);
        Assert.Single(revisions);
    }

    private static async Task<int> RunAsync(TestConsole console, StoreUnderTest store, ChangePlan plan, string account, string step)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
            [Path.Combine(AppContext.BaseDirectory, "AvaConsole.Tests.CrashHost.dll"), console.ConnectionString, store.Argument, $"{plan.Id}", account, step];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal("", await errors + await output);
        Assert.Contains(process.ExitCode, (int[])[0, Killed]);
        return process.ExitCode;
    }

    private static TheoryData<string, string> Cases(ChangeStep[] steps)
    {
        var data = new TheoryData<string, string>();
        foreach (var kind in (string[])["embedded", "etcd"])
        {
            foreach (var step in steps)
                data.Add(kind, step.ToString());
        }

        return data;
    }

    private StoreUnderTest CreateStore(string kind) => kind == "etcd"
        ? new StoreUnderTest(_ => new EtcdConfigStore(server.Etcd.Options()), server.Etcd.Url.ToString())
        : new StoreUnderTest(null, "embedded");

    /// <param name="Argument">The same store, as the other process is told.</param>
    private sealed record StoreUnderTest(Func<NpgsqlDataSource, IConfigStore>? Create, string Argument);

    public sealed class Server : IAsyncLifetime
    {
        public EtcdServer Etcd { get; private set; } = null!;

        public async Task InitializeAsync() => Etcd = await EtcdServer.StartAsync();

        public async Task DisposeAsync() => await Etcd.DisposeAsync();
    }
}
