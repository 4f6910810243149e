using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Tests.Integration.Releases;

[Trait("Category", "Integration")]
public sealed class VerificationServiceTests : IAsyncLifetime
{
    private TestConsole _console = null!;
    private ReleaseScenario _scenario = null!;

    private FakeReleaseVerifier Verifier => (FakeReleaseVerifier)_console.Get<IReleaseVerifier>();

    public async Task InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        _scenario = await ReleaseScenario.CreateAsync(_console);
    }

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Run_AllCasesHold_PassesWithEvidenceForTheContent()
    {
        var draft = await _scenario.DraftAsync();
        var seen = new List<string>();
        using var subscription = _console.Get<ConsoleEvents>().Subscribe(change => seen.Add(change.Topic));

        var run = await _scenario.VerifyAsync(draft.Id);

        Assert.Equal((VerificationState.Passed, draft.ContentHash, 1), (run.State, run.ContentHash, run.Total));
        var result = Assert.Single(run.Results);
        Assert.Equal(("one", true, "1", "1", 0.9, ""), (result.Name, result.Passed, result.ExpectedLabel, result.ActualLabel, result.Score, result.FailureCode));
        Assert.Contains("verification", seen);
        Assert.Equal(["verification.passed", "verification.started"], (await _console.AuditAsync("verification")).Select(entry => entry.Action));
    }

    [Fact]
    public async Task Run_ScoreTooLow_Fails()
    {
        Verifier.Score = 0.2;

        var run = await _scenario.VerifyAsync((await _scenario.DraftAsync()).Id);

        Assert.Equal((VerificationState.Failed, "verification.score_too_low"), (run.State, Assert.Single(run.Results).FailureCode));
    }

    [Fact]
    public async Task Run_ModelCannotBeLoaded_FailsWithItsReason()
    {
        Verifier.LoadError = new InvalidError("model", "package.model_truncated", "model.onnx", 12);

        var run = await _scenario.VerifyAsync((await _scenario.DraftAsync()).Id);

        Assert.Equal((VerificationState.Failed, "package.model_truncated"), (run.State, run.FailureCode));
        Assert.Equal(["model.onnx", "12"], run.FailureArgs);
    }

    [Fact]
    public async Task Run_InterruptedOne_StartsFromItsBeginning()
    {
        var draft = await _scenario.DraftAsync();
        var run = (await _console.Verifications.StartAsync(draft.Id, _console.Alice, default)).Value!;
        var stale = new List<TestCaseResult> { new(Guid.NewGuid(), "stale", true, "", "", 0, 0, "") };
        await _console.QueryAsync(db => db.Verifications.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, VerificationState.Running).SetProperty(row => row.Results, stale)));

        await _console.Verifications.RunAsync(run.Id, default);

        var ended = (await _console.Releases.GetAsync(draft.Id, default)).Value!.Verifications[0];
        Assert.Equal((VerificationState.Passed, "one"), (ended.State, Assert.Single(ended.Results).Name));
    }

    [Fact]
    public async Task Run_EditedSinceQueued_IsNoEvidence()
    {
        var draft = await _scenario.DraftAsync();
        var run = (await _console.Verifications.StartAsync(draft.Id, _console.Alice, default)).Value!;
        await _console.Releases.UpdateAsync(draft.Id, _scenario.Request() with { BatchSize = 16 }, draft.Revision, _console.Alice, default);

        await _console.Verifications.RunAsync(run.Id, default);

        var ended = (await _console.Releases.GetAsync(draft.Id, default)).Value!.Verifications[0];
        Assert.Equal((VerificationState.Failed, "verification.outdated"), (ended.State, ended.FailureCode));
    }

    [Fact]
    public async Task Start_Twice_OneRuns()
    {
        var draft = await _scenario.DraftAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _console.Verifications.StartAsync(draft.Id, _console.Alice, default)));

        Assert.Single(results, result => result.IsSuccess);
        Assert.All(results.Where(result => !result.IsSuccess), result => Assert.Equal("verification.running", result.Error!.Code));
        Assert.Single(_console.Scheduler.Scheduled);
    }

    [Fact]
    public async Task Start_SchedulerAway_SaysSoAndCanBeStartedAgain()
    {
        var draft = await _scenario.DraftAsync();
        _console.Scheduler.Failure = new InvalidOperationException("no scheduler");
        Assert.Equal("verification.not_scheduled", (await _console.Verifications.StartAsync(draft.Id, _console.Alice, default)).Error?.Code);

        _console.Scheduler.Failure = null;

        Assert.True((await _console.Verifications.StartAsync(draft.Id, _console.Alice, default)).IsSuccess);
    }

    [Fact]
    public async Task Start_AppWithoutTestCases_IsRefused()
    {
        var app = (await _console.Apps.GetAsync(_scenario.Command, default)).Value!;
        Assert.Null((await _console.Apps.RemoveTestCaseAsync(app.TestCases[0].Id, _console.Alice, default)).Error);
        var draft = await _scenario.DraftAsync();

        Assert.Equal("verification.no_test_cases", (await _console.Verifications.StartAsync(draft.Id, _console.Alice, default)).Error?.Code);
    }
}
