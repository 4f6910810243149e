using AvaConsole.Core.Benchmarks;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Tests.Integration.Benchmarks;

[Trait("Category", "Integration")]
public sealed class BenchmarkServiceTests : IAsyncLifetime
{
    private static readonly BenchmarkSettings s_settings = new() { Clients = [1, 2, 4, 8], SecondsPerStep = 1 };

    private TestConsole _console = null!;
    private ReleaseScenario _scenario = null!;
    private Release _release = null!;

    private FakeReleaseBenchmark Benchmark => (FakeReleaseBenchmark)_console.Get<IReleaseBenchmark>();

    public async Task InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        _scenario = await ReleaseScenario.CreateAsync(_console);
        _release = await _scenario.DraftAsync();
    }

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Run_Queued_IsKeptWithItsReportAndAudited()
    {
        var seen = new List<ConsoleEvent>();
        using var subscription = _console.Get<ConsoleEvents>().Subscribe(seen.Add);
        var queued = await StartAsync();
        Assert.Equal(BenchmarkState.Pending, queued.State);

        Assert.True(await _console.BenchmarkRunner.RunOnceAsync(default));
        Assert.False(await _console.BenchmarkRunner.RunOnceAsync(default));

        var run = Assert.Single(await _console.Benchmarks.ListAsync(_release.Id, default));
        Assert.Equal((BenchmarkState.Done, _release.ContentHash, "test-host", "alice"), (run.State, run.ContentHash, run.Host, run.StartedBy));
        Assert.Equal([1, 2, 4, 8], run.Settings.Clients);
        Assert.Equal(["one"], run.Report.Sent);
        Assert.Equal([1, 2, 4, 8], run.Report.Points.Select(point => point.Clients));
        Assert.Equal((4, 2.0, 5), (BenchmarkKnee.Of(run)!.Clients, run.Report.DelayMilliseconds, run.Report.StepsDone));
        Assert.True(seen.Count(happened => happened.Topic == "benchmark" && happened.Id == run.Id) >= 7);
        Assert.Equal(["benchmark.done", "benchmark.started"], (await _console.AuditAsync("benchmark")).Select(entry => entry.Action));
    }

    [Fact]
    public async Task Run_ModelCannotBeLoaded_FailsWithItsReason()
    {
        Benchmark.Failure = new InvalidError("model", "package.model_truncated", "model.onnx", 12);

        var run = await RunAsync();

        Assert.Equal((BenchmarkState.Failed, "package.model_truncated"), (run.State, run.FailureCode));
        Assert.Equal(["model.onnx", "12"], run.FailureArgs);
        Assert.Null(await _console.Benchmarks.FindEvidenceAsync(_release.Id, default));
    }

    [Fact]
    public async Task Run_Throws_FailsAndTheNextOneRuns()
    {
        Benchmark.Pause = _ => throw new InvalidOperationException("no memory");
        Assert.Equal((BenchmarkState.Failed, "benchmark.broke_off"), await RunAsync() is var run ? (run.State, run.FailureCode) : default);

        Benchmark.Pause = _ => Task.CompletedTask;

        Assert.Equal(BenchmarkState.Done, (await RunAsync()).State);
    }

    [Fact]
    public async Task Run_EditedSinceQueued_IsNoEvidence()
    {
        await StartAsync();
        await _console.Releases.UpdateAsync(_release.Id, _scenario.Request() with { BatchSize = 16 }, _release.Revision, _console.Alice, default);

        await _console.BenchmarkRunner.RunOnceAsync(default);

        var run = Assert.Single(await _console.Benchmarks.ListAsync(_release.Id, default));
        Assert.Equal((BenchmarkState.Failed, "benchmark.outdated"), (run.State, run.FailureCode));
    }

    [Fact]
    public async Task FindEvidence_EditedSince_IsNone()
    {
        await RunAsync();
        Assert.NotNull(await _console.Benchmarks.FindEvidenceAsync(_release.Id, default));

        await _console.Releases.UpdateAsync(_release.Id, _scenario.Request() with { BatchSize = 16 }, _release.Revision, _console.Alice, default);

        Assert.Null(await _console.Benchmarks.FindEvidenceAsync(_release.Id, default));
    }

    [Fact]
    public async Task Cancel_Running_EndsItAndKeepsWhatIsMeasured()
    {
        var measuring = new TaskCompletionSource();
        Benchmark.Pause = async ct =>
        {
            measuring.TrySetResult();
            await Task.Delay(Timeout.Infinite, ct);
        };
        var queued = await StartAsync();
        var running = _console.BenchmarkRunner.RunOnceAsync(default);
        await measuring.Task;

        Assert.Null((await _console.Benchmarks.CancelAsync(queued.Id, _console.Alice, default)).Error);
        await running;

        var run = Assert.Single(await _console.Benchmarks.ListAsync(_release.Id, default));
        Assert.Equal((BenchmarkState.Cancelled, "alice", 1), (run.State, run.CancelledBy, run.Report.Points.Count));
        Assert.Equal("benchmark.over", (await _console.Benchmarks.CancelAsync(queued.Id, _console.Alice, default)).Error?.Code);
        Assert.Equal(["benchmark.cancelled", "benchmark.started"], (await _console.AuditAsync("benchmark")).Select(entry => entry.Action));
    }

    [Fact]
    public async Task Cancel_Waiting_NeverRuns()
    {
        var queued = await StartAsync();

        Assert.Null((await _console.Benchmarks.CancelAsync(queued.Id, _console.Alice, default)).Error);

        Assert.False(await _console.BenchmarkRunner.RunOnceAsync(default));
        Assert.Equal(BenchmarkState.Cancelled, (await _console.Benchmarks.GetAsync(queued.Id, default)).Value!.State);
    }

    [Fact]
    public async Task Run_ConsoleStops_FailsAndSaysSo()
    {
        using var stop = new CancellationTokenSource();
        Benchmark.Pause = _ => stop.CancelAsync();
        await StartAsync();

        await _console.BenchmarkRunner.RunOnceAsync(stop.Token);

        var run = Assert.Single(await _console.Benchmarks.ListAsync(_release.Id, default));
        Assert.Equal((BenchmarkState.Failed, "benchmark.stopped"), (run.State, run.FailureCode));
    }

    [Fact]
    public async Task Run_LeftBehindByAKilledConsole_IsMarkedFailedAtTheNextStart()
    {
        var queued = await StartAsync();
        await _console.QueryAsync(db => db.Benchmarks.ExecuteUpdateAsync(set => set.SetProperty(run => run.State, BenchmarkState.Running)));

        Assert.False(await _console.BenchmarkRunner.RunOnceAsync(default));

        var run = (await _console.Benchmarks.GetAsync(queued.Id, default)).Value!;
        Assert.Equal((BenchmarkState.Failed, "benchmark.stopped"), (run.State, run.FailureCode));
        Assert.NotNull(run.EndedAt);
        Assert.Equal(BenchmarkState.Pending, (await StartAsync()).State);
    }

    [Fact]
    public async Task Run_OfAnotherHost_IsLeftToIt()
    {
        await StartAsync();
        await _console.QueryAsync(db => db.Benchmarks.ExecuteUpdateAsync(set => set.SetProperty(run => run.Host, "elsewhere")));

        Assert.False(await _console.BenchmarkRunner.RunOnceAsync(default));
    }

    [Fact]
    public async Task Run_TwoReleases_TakesTheOldestFirst()
    {
        var other = await _scenario.DraftAsync("20261102-v1");
        var first = await StartAsync();
        var second = (await _console.Benchmarks.StartAsync(other.Id, s_settings, _console.Alice, default)).Value!;

        await _console.BenchmarkRunner.RunOnceAsync(default);

        Assert.Equal(BenchmarkState.Done, (await _console.Benchmarks.GetAsync(first.Id, default)).Value!.State);
        Assert.Equal(BenchmarkState.Pending, (await _console.Benchmarks.GetAsync(second.Id, default)).Value!.State);
        await _console.BenchmarkRunner.RunOnceAsync(default);
        Assert.Equal([second.Id, first.Id], (await _console.Benchmarks.ListDoneAsync(_scenario.App.Id, default)).Select(run => run.Id));
    }

    [Fact]
    public async Task Start_Twice_OneIsQueued()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _console.Benchmarks.StartAsync(_release.Id, s_settings, _console.Alice, default)));

        Assert.Single(results, result => result.IsSuccess);
        Assert.All(results.Where(result => !result.IsSuccess), result => Assert.Equal("benchmark.running", result.Error!.Code));
    }

    [Fact]
    public async Task Start_Refused_SaysWhy()
    {
        Assert.Equal("permission.denied", (await _console.Benchmarks.StartAsync(_release.Id, s_settings, _console.Viewer, default)).Error?.Code);
        Assert.Equal("release.not_found", (await _console.Benchmarks.StartAsync(Guid.NewGuid(), s_settings, _console.Alice, default)).Error?.Code);
        var invalid = await _console.Benchmarks.StartAsync(_release.Id, s_settings with { Clients = [] }, _console.Alice, default);
        Assert.Equal("benchmark.clients_range", Assert.Single(Assert.IsType<InvalidError>(invalid.Error).Problems).Code);
        var bare = (await _console.Releases.CreateAsync(_scenario.App.Id, _scenario.Request("20261103-v1") with { PackageId = null }, _console.Alice, default)).Value!;
        Assert.Equal("release.package_missing", (await _console.Benchmarks.StartAsync(bare.Id, s_settings, _console.Alice, default)).Error?.Code);
    }

    private async Task<BenchmarkRun> StartAsync()
    {
        var started = await _console.Benchmarks.StartAsync(_release.Id, s_settings, _console.Alice, default);
        Assert.Null(started.Error);
        return started.Value!;
    }

    private async Task<BenchmarkRun> RunAsync()
    {
        var queued = await StartAsync();
        await _console.BenchmarkRunner.RunOnceAsync(default);
        return (await _console.Benchmarks.GetAsync(queued.Id, default)).Value!;
    }
}
