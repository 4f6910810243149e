using AvaConsole.Core.Accounts;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Tests.Integration.Changes;

[Trait("Category", "Integration")]
public sealed class ChangeServiceTests : IAsyncLifetime
{
    private TestConsole _console = null!;
    private ReleaseScenario _scenario = null!;

    public async Task InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        _scenario = await ReleaseScenario.CreateAsync(_console);
    }

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Submit_VerifiedDraft_PlansEveryKeyAndMasksTheSecret()
    {
        var plan = await _scenario.ProposeReleaseAsync();

        var command = _scenario.Command;
        Assert.Equal(
            [
                ConfigKey.Schema("default", "default", command, "1.0.0", "apischema.json"),
                ConfigKey.AppMetadata(command),
                ConfigKey.ReleaseManifest(command, "20261101-v1"),
                ConfigKey.AppRelease(command, "20261101-v1"),
            ],
            plan.Operations.Select(operation => operation.Key));
        Assert.All(plan.Operations, operation => Assert.Equal((0, null), (operation.ExpectedModRevision, operation.OldDisplay)));
        Assert.Contains("\"sk\": \"***\"", plan.Operations[1].NewDisplay, StringComparison.Ordinal);
        Assert.Equal(ChangeState.AwaitingApproval, plan.State);
        Assert.DoesNotContain(await _console.AuditAsync(), entry => (entry.After + entry.Before).Contains("the-sk", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Apply_ApprovedPlan_WritesExactlyWhatWasShown()
    {
        var plan = await _scenario.ApplyAsync(await _scenario.ProposeReleaseAsync());

        Assert.Equal(ChangeState.Applied, plan.State);
        Assert.Equal(ReleaseState.Live, plan.Release!.State);
        foreach (var operation in plan.Operations)
        {
            var entry = (await _console.Store.GetAsync(operation.Key, default))!;
            Assert.Equal((plan.AppliedRevision!.Value, 1L), (entry.ModRevision, entry.Version));
        }

        var metadata = (await _console.Store.GetAsync(ConfigKey.AppMetadata(_scenario.Command), default))!;
        Assert.True(ConfigJson.TryParse<AppMetadataDocument>(metadata.Value, out var document));
        Assert.Equal(new OwnerDocument { Uid = 7, Ak = "the-ak", Sk = "the-sk" }, document.Owner);
        Assert.Equal(["change.applied", "change.apply_requested", "change.approved", "change.proposed"], (await _console.AuditAsync("change")).Select(entry => entry.Action));
    }

    [Fact]
    public async Task Apply_WorkerRunning_IsTakenUpAtOnceAndAnnounced()
    {
        var plan = await _scenario.ProposeReleaseAsync();
        await _scenario.ApproveAsync(plan);
        var announced = new TaskCompletionSource();
        await _console.Applier.StartAsync(default);
        using var subscription = _console.Get<ConsoleEvents>().Subscribe(change =>
        {
            // The first news is that it is being applied, the next that it was.
            if (change == new ConsoleEvent("change", plan.Id) && _console.Changes.GetAsync(plan.Id, default).Result.Value!.State == ChangeState.Applied)
                announced.TrySetResult();
        });

        await _console.Changes.ApplyAsync(plan.Id, _console.Alice, default);

        await announced.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await _console.Applier.StopAsync(default);
    }

    [Fact]
    public async Task Approve_OwnPlanInTeam_IsRefused()
    {
        var plan = await _scenario.ProposeReleaseAsync();

        Assert.Equal("change.own_plan", (await _console.Changes.CanDecideAsync(plan.Id, _console.Alice, default)).Error?.Code);
        Assert.Equal("change.own_plan", (await _console.Changes.ApproveAsync(plan.Id, plan.ContentHash, "", _console.Alice, default)).Error?.Code);
        Assert.Equal("change.not_approved", (await _console.Changes.ApplyAsync(plan.Id, _console.Alice, default)).Error?.Code);
    }

    [Fact]
    public async Task Approve_OwnPlanAlone_IsAllowedAndShown()
    {
        await _console.Accounts.SetApprovalModeAsync(ApprovalMode.Solo, _console.Alice, default);
        var plan = await _scenario.ProposeReleaseAsync();

        var approved = await _console.Changes.ApproveAsync(plan.Id, plan.ContentHash, "", _console.Alice, default);

        Assert.True(Assert.Single(approved.Value!.Approvals).SelfApproval);
        Assert.Contains("\"selfApproval\":true", (await _console.AuditAsync("change.approved"))[0].After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_FourEyesBecameTheRule_SelfApprovalNoLongerCounts()
    {
        await _console.Accounts.SetApprovalModeAsync(ApprovalMode.Solo, _console.Alice, default);
        var plan = await _scenario.ProposeReleaseAsync();
        await _console.Changes.ApproveAsync(plan.Id, plan.ContentHash, "", _console.Alice, default);
        await _console.Accounts.SetApprovalModeAsync(ApprovalMode.Team, _console.Alice, default);

        Assert.Equal("change.approval_lapsed", (await _console.Changes.ApplyAsync(plan.Id, _console.Alice, default)).Error?.Code);

        Assert.Equal(ChangeState.AwaitingApproval, (await _console.Changes.GetAsync(plan.Id, default)).Value!.State);
    }

    [Fact]
    public async Task Apply_ApproverSinceDisabled_NeedsAnotherApproval()
    {
        var plan = await _scenario.ProposeReleaseAsync();
        await _scenario.ApproveAsync(plan);
        Assert.Null((await _console.Accounts.SetDisabledAsync(_console.Bob.AccountId, true, _console.Alice, default)).Error);

        Assert.Equal("change.approval_lapsed", (await _console.Changes.ApplyAsync(plan.Id, _console.Alice, default)).Error?.Code);
    }

    [Fact]
    public async Task Approve_OtherHash_IsRefused()
    {
        var plan = await _scenario.ProposeReleaseAsync();

        var refused = await _console.Changes.ApproveAsync(plan.Id, new string('0', 64), "", _console.Bob, default);

        Assert.Equal("change.content_moved", refused.Error?.Code);
    }

    [Fact]
    public async Task Apply_OperationsEditedInTheDatabaseAfterApproval_AreNotWritten()
    {
        var plan = await _scenario.ProposeReleaseAsync();
        await _scenario.ApproveAsync(plan);
        var edited = plan.Operations.ConvertAll(operation => operation with { ValueSha256 = new string('0', 64) });
        await _console.QueryAsync(db => db.Plans.Where(known => known.Id == plan.Id).ExecuteUpdateAsync(set => set.SetProperty(known => known.Operations, edited)));

        // Whoever can edit the rows cannot make the approval fit them.
        Assert.Equal("change.approval_lapsed", (await _console.Changes.ApplyAsync(plan.Id, _console.Alice, default)).Error?.Code);
        Assert.Empty(await _scenario.PhasesAsync());
    }

    [Fact]
    public async Task Apply_OperationsEditedInTheOutbox_AreReportedAsDamaged()
    {
        var plan = await _scenario.ProposeReleaseAsync();
        await _scenario.ApproveAsync(plan);
        await _console.Changes.ApplyAsync(plan.Id, _console.Alice, default);
        var edited = plan.Operations.ConvertAll(operation => operation with { ExpectedModRevision = 99 });
        await _console.QueryAsync(db => db.Plans.Where(known => known.Id == plan.Id).ExecuteUpdateAsync(set => set.SetProperty(known => known.Operations, edited)));

        await _console.ApplyDueAsync();

        var ended = (await _console.Changes.GetAsync(plan.Id, default)).Value!;
        Assert.Equal((ChangeState.Conflicted, "change.content_damaged"), (ended.State, ended.FailureCode));
        Assert.Empty(await _scenario.PhasesAsync());
    }

    [Fact]
    public async Task Apply_KeyMovedSincePlanned_ConflictsAndWritesNothing()
    {
        var plan = await _scenario.ProposeReleaseAsync();
        var moved = ConfigKey.AppMetadata(_scenario.Command);
        await _console.Store.TxnAsync(new ConfigTxn([], [ConfigOperation.Put(moved, "{}"u8.ToArray())]), default);

        var ended = await _scenario.ApplyAsync(plan);

        Assert.Equal((ChangeState.Conflicted, "change.key_moved"), (ended.State, ended.FailureCode));
        Assert.Equal([moved], ended.FailureArgs);
        Assert.Empty(await _scenario.PhasesAsync());
        Assert.Single(await _console.AuditAsync("change.conflicted"));

        // The same release can be proposed anew, on what is live now.
        var again = await _scenario.ApplyAsync(await _scenario.SubmitAsync(plan.ReleaseId!.Value));
        Assert.Equal(ChangeState.Applied, again.State);
    }

    [Fact]
    public async Task Reject_WithoutComment_IsRefused_WithComment_EndsThePlanAndTheRelease()
    {
        var plan = await _scenario.ProposeReleaseAsync();

        Assert.IsType<InvalidError>((await _console.Changes.RejectAsync(plan.Id, plan.ContentHash, " ", _console.Bob, default)).Error);
        var rejected = (await _console.Changes.RejectAsync(plan.Id, plan.ContentHash, "wrong image", _console.Bob, default)).Value!;

        Assert.Equal((ChangeState.Rejected, ReleaseState.Rejected), (rejected.State, rejected.Release!.State));
        Assert.Equal("change.not_approved", (await _console.Changes.ApplyAsync(plan.Id, _console.Alice, default)).Error?.Code);
    }

    [Fact]
    public async Task Withdraw_ByAnother_IsRefused_ByProposer_EndsThePlan()
    {
        var plan = await _scenario.ProposeReleaseAsync();
        await _scenario.ApproveAsync(plan);
        var carol = _console.Alice with { AccountId = Guid.CreateVersion7(), Name = "carol" };

        Assert.Equal("change.not_proposer", (await _console.Changes.WithdrawAsync(plan.Id, carol, default)).Error?.Code);
        Assert.Equal(ChangeState.Withdrawn, (await _console.Changes.WithdrawAsync(plan.Id, _console.Alice, default)).Value!.State);
    }

    [Fact]
    public async Task Apply_TwiceAtOnce_OneSucceeds()
    {
        var plan = await _scenario.ProposeReleaseAsync();
        await _scenario.ApproveAsync(plan);

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _console.Changes.ApplyAsync(plan.Id, _console.Alice, default)));

        Assert.Single(results, result => result.IsSuccess);
        Assert.All(results.Where(result => !result.IsSuccess), result => Assert.Contains(result.Error!.Code, (string[])["change.moved", "change.not_approved"]));
    }

    [Fact]
    public async Task Approve_WithoutPermission_IsRefusedAndAudited()
    {
        var plan = await _scenario.ProposeReleaseAsync();

        Assert.IsType<ForbiddenError>((await _console.Changes.ApproveAsync(plan.Id, plan.ContentHash, "", _console.Viewer, default)).Error);

        var denied = Assert.Single(await _console.AuditAsync("change.denied"));
        Assert.Equal(("viewer", "192.0.2.1", plan.Id), (denied.ActorName, denied.Address, denied.SubjectId));
    }

    [Fact]
    public async Task Apply_TwoPromotionsToTheSamePhase_OneConflicts()
    {
        var first = await _scenario.ReleaseAsync("v1");
        var second = await _scenario.ReleaseAsync("v2");
        var one = await _scenario.ProposePromotionAsync(first.Id, Phases.Grey);
        var other = await _scenario.ProposePromotionAsync(second.Id, Phases.Grey);

        Assert.Equal(ChangeState.Applied, (await _scenario.ApplyAsync(one)).State);
        Assert.Equal(ChangeState.Conflicted, (await _scenario.ApplyAsync(other)).State);

        Assert.Equal(Phases.Grey, (await _scenario.PhasesAsync())["v1"]);
        Assert.Equal(Phases.Staging, (await _scenario.PhasesAsync())["v2"]);
    }
}
