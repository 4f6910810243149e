using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Naming;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Releases;

[Trait("Category", "Integration")]
public sealed class ReleaseServiceTests : IAsyncLifetime
{
    private TestConsole _console = null!;
    private ReleaseScenario _scenario = null!;

    public async Task InitializeAsync()
    {
        _console = await TestConsole.StartAsync(clock: new FakeClock(new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.Zero)));
        _scenario = await ReleaseScenario.CreateAsync(_console);
    }

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Create_EverythingWrong_NamesEveryField()
    {
        var request = _scenario.Request(version: "a/b") with
        {
            ImageVersion = "",
            Sequence = -1,
            Image = "Not An Image",
            ApiVersionId = Guid.NewGuid(),
            PackageId = Guid.NewGuid(),
            BatchSize = 0,
            ImageWidth = -1,
            CustomFiles = new Dictionary<string, string> { ["../x"] = "ftp://host/x" },
            CustomValues = "[1]",
        };

        var invalid = Assert.IsType<InvalidError>((await _console.Releases.CreateAsync(_scenario.App.Id, request, _console.Alice, default)).Error);

        Assert.Equal(
            [
                "ApiVersionId release.api_version_unknown",
                "BatchSize release.batch_size_range",
                "CustomFiles[../x].Name release.custom_file_name",
                "CustomFiles[../x].Url release.custom_file_url",
                "CustomValues release.custom_values_not_object",
                "Image release.image_invalid",
                "ImageVersion release.image_version_invalid",
                "ImageWidth release.image_width_range",
                "PackageId package.not_found",
                "Sequence release.sequence_range",
                "Version release.version_invalid",
            ],
            invalid.Problems.Select(problem => $"{problem.Field} {problem.Code}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Create_VersionThatExists_IsRefused()
    {
        await _scenario.DraftAsync();

        var again = await _console.Releases.CreateAsync(_scenario.App.Id, _scenario.Request(), _console.Alice, default);

        Assert.Equal("release.version_taken", Assert.Single(Assert.IsType<InvalidError>(again.Error).Problems).Code);
    }

    [Fact]
    public async Task Update_TwoPeopleOnOneDraft_TheSecondIsTold()
    {
        var draft = await _scenario.DraftAsync();
        var request = _scenario.Request() with { BatchSize = 16 };

        var first = await _console.Releases.UpdateAsync(draft.Id, request, draft.Revision, _console.Alice, default);
        var second = await _console.Releases.UpdateAsync(draft.Id, request, draft.Revision, _console.Alice, default);

        Assert.Equal(2, first.Value!.Revision);
        Assert.Equal("release.draft_moved", second.Error?.Code);
    }

    [Fact]
    public async Task Submit_Unverified_IsRefused()
    {
        var draft = await _scenario.DraftAsync();

        Assert.Equal("release.not_verified", (await _console.Releases.PreviewSubmitAsync(draft.Id, _console.Alice, default)).Error?.Code);
        Assert.Equal("release.not_verified", (await _console.Releases.SubmitAsync(draft.Id, "", "", _console.Alice, default)).Error?.Code);
    }

    [Fact]
    public async Task Submit_EditedAfterVerification_IsRefused()
    {
        var draft = await _scenario.DraftAsync();
        await _scenario.VerifyAsync(draft.Id);
        await _console.Releases.UpdateAsync(draft.Id, _scenario.Request() with { BatchSize = 16 }, draft.Revision, _console.Alice, default);

        Assert.Equal("release.not_verified", (await _console.Releases.PreviewSubmitAsync(draft.Id, _console.Alice, default)).Error?.Code);
    }

    [Fact]
    public async Task Submit_TestCaseAddedAfterVerification_IsRefused()
    {
        var draft = await _scenario.DraftAsync();
        await _scenario.VerifyAsync(draft.Id);
        await _console.Apps.AddTestCaseAsync(_scenario.App.Id, new TestCaseRequest("two", "2.png", "image/png", "2"u8.ToArray(), "2", null), _console.Alice, default);

        Assert.Equal("release.not_verified", (await _console.Releases.PreviewSubmitAsync(draft.Id, _console.Alice, default)).Error?.Code);
    }

    [Fact]
    public async Task Submit_PreviewOutdated_IsRefused()
    {
        var draft = await _scenario.DraftAsync();
        await _scenario.VerifyAsync(draft.Id);
        var preview = (await _console.Releases.PreviewSubmitAsync(draft.Id, _console.Alice, default)).Value!;
        await _console.Store.TxnAsync(new ConfigTxn([], [ConfigOperation.Put(ConfigKey.AppMetadata(_scenario.Command), "{}"u8.ToArray())]), default);

        var refused = await _console.Releases.SubmitAsync(draft.Id, "", preview.ContentHash, _console.Alice, default);

        Assert.Equal("change.preview_outdated", refused.Error?.Code);
    }

    [Fact]
    public async Task Submitted_ThenEdited_IsRefusedForEver()
    {
        var plan = await _scenario.ProposeReleaseAsync();
        var release = (await _console.Releases.GetAsync(plan.ReleaseId!.Value, default)).Value!;

        var edited = await _console.Releases.UpdateAsync(release.Id, _scenario.Request() with { BatchSize = 16 }, release.Revision, _console.Alice, default);

        Assert.Equal("release.immutable", edited.Error?.Code);
        Assert.Equal("release.plan_pending", (await _console.Releases.PreviewSubmitAsync(release.Id, _console.Alice, default)).Error?.Code);
    }

    [Fact]
    public async Task Release_Applied_KeepsTheTypesOfCustomValues()
    {
        await _scenario.ReleaseAsync();

        var entry = (await _console.Store.GetAsync(ConfigKey.AppRelease(_scenario.Command, "20261101-v1"), default))!;
        var text = System.Text.Encoding.UTF8.GetString(entry.Value.Span);

        Assert.Contains("\"threshold\": 0.50", text, StringComparison.Ordinal);
        Assert.Contains("\"big\": 12345678901234567890", text, StringComparison.Ordinal);
        Assert.Contains($"\"tar_file\": \"http://console.test/packages/{_scenario.Package.Sha256}.tar\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondRelease_SameApi_LeavesSchemaAndMetadataAlone()
    {
        await _scenario.ReleaseAsync("v1");

        var plan = await _scenario.ProposeReleaseAsync("v2");

        Assert.Equal(
            [ConfigKey.ReleaseManifest(_scenario.Command, "v2"), ConfigKey.AppRelease(_scenario.Command, "v2")],
            plan.Operations.Select(operation => operation.Key));
    }

    [Fact]
    public async Task Promote_ThroughThePhasesAndBack_KeepsOneHolderEach()
    {
        var first = await _scenario.ReleaseAsync("v1");
        var second = await _scenario.ReleaseAsync("v2");
        await _scenario.PromoteAsync(first.Id, Phases.Grey, Phases.Production);

        await _scenario.PromoteAsync(second.Id, Phases.Grey);
        Assert.Equal((Phases.Production, Phases.Grey), await HoldersAsync());

        await _scenario.PromoteAsync(second.Id, Phases.Production);
        Assert.Equal((Phases.Retired, Phases.Production), await HoldersAsync());

        var preview = (await _console.Releases.PreviewRollbackAsync(first.Id, _console.Alice, default)).Value!;
        var rollback = (await _console.Releases.RollbackAsync(first.Id, "v2 is wrong", preview.ContentHash, _console.Alice, default)).Value!;
        Assert.Equal((ChangeKind.Rollback, ChangeState.Applied), (rollback.Kind, (await _scenario.ApplyAsync(rollback)).State));
        Assert.Equal((Phases.Production, Phases.Retired), await HoldersAsync());
        Assert.Equal(Phases.Production, await _console.Releases.GetPhaseAsync(_scenario.Command, "v1", default));
        Assert.Equal(["v2", "v1"], (await _console.Releases.ListAsync(_scenario.App.Id, default)).OrderByDescending(release => release.Version).Select(release => release.Version));
        Assert.Equal("v1", Assert.Single(await _console.Apps.ListAsync(_scenario.Command, default)).ProductionVersion);

        async Task<(string, string)> HoldersAsync()
        {
            var phases = await _scenario.PhasesAsync();
            return (phases["v1"], phases["v2"]);
        }
    }

    [Theory]
    [InlineData(Phases.Production)]
    [InlineData(Phases.Staging)]
    [InlineData(Phases.Retired)]
    [InlineData("everywhere")]
    public async Task Promote_StagingPastGrey_IsRefused(string phase)
    {
        var release = await _scenario.ReleaseAsync();

        Assert.Equal("release.transition", (await _console.Releases.PreviewPromoteAsync(release.Id, phase, _console.Alice, default)).Error?.Code);
    }

    [Fact]
    public async Task Rollback_ToWhatWasNeverInProduction_IsRefused()
    {
        var first = await _scenario.ReleaseAsync("v1");
        var second = await _scenario.ReleaseAsync("v2");
        await _scenario.PromoteAsync(first.Id, Phases.Grey);
        Assert.Equal("release.not_retired", (await _console.Releases.PreviewRollbackAsync(first.Id, _console.Alice, default)).Error?.Code);

        await _scenario.PromoteAsync(second.Id, Phases.Grey);

        Assert.Equal("release.never_in_production", (await _console.Releases.PreviewRollbackAsync(first.Id, _console.Alice, default)).Error?.Code);
    }

    [Fact]
    public async Task ProposeVersion_NameTaken_CountsUp()
    {
        const string Image = "reg.example/ava/ava-caffe-gpu-classify:v20261030-1";
        Assert.Equal(new VersionProposal("20261101-v20261030-1", new DateOnly(2026, 11, 1), "v20261030-1", 0), (await ProposeAsync()).Value);
        await _scenario.DraftAsync("20261101-v20261030-1-1");

        Assert.Equal(new VersionProposal("20261101-v20261030-1-2", new DateOnly(2026, 11, 1), "v20261030-1", 2), (await ProposeAsync()).Value);

        Task<Result<VersionProposal>> ProposeAsync() => _console.Releases.ReserveVersionAsync(_scenario.App.Id, Image, new NameHolder(Guid.NewGuid(), "alice"), default);
    }

    [Fact]
    public async Task Create_WithoutPermission_IsRefusedAndAudited()
    {
        var refused = await _console.Releases.CreateAsync(_scenario.App.Id, _scenario.Request(), _console.Viewer, default);

        Assert.IsType<ForbiddenError>(refused.Error);
        Assert.Contains("release.created", Assert.Single(await _console.AuditAsync("release.denied")).After, StringComparison.Ordinal);
    }
}
