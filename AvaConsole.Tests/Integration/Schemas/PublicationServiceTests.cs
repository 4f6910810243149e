using AvaConsole.Core.Accounts;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Lint;
using AvaConsole.Core.Schemas.Publication;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Schemas;

[Trait("Category", "Integration")]
public sealed class PublicationServiceTests : IAsyncLifetime
{
    private const string Key = "/ava/console/schemas/default/default/digits/1.0.0/apischema.json";

    private static readonly ApiSchema s_draft = new()
    {
        Service = "digits",
        Description = "Reads digits",
        Parameters = [new ApiParameter { Name = "top_k", Type = ParameterTypes.Integer, Minimum = 1, Maximum = 10, Description = "how many" }],
        Response = [new PayloadEntry { Name = "answer", Type = PayloadTypes.Json, Description = "the digit" }],
    };

    private TestConsole _console = null!;

    public async Task InitializeAsync() => _console = await TestConsole.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Publish_ApprovedAndApplied_IsAtItsKeyAndBesideItTheGatewaysFile()
    {
        var version = await VersionAsync(s_draft);
        Assert.Equal(PublicationState.NotPublished, await StateAsync(version));

        var plan = await ProposeAsync(version, PublicationStep.Publish);
        Assert.Equal((ChangeKind.Publication, "digits 1.0.0", ""), (plan.Kind, plan.Subject, plan.NoticeCode));
        Assert.Equal([Key, Key.Replace("apischema.json", "schema_digits.json")], plan.Operations.Select(operation => operation.Key));
        Assert.Equal(PublicationState.Pending, await StateAsync(version));
        plan = await ApplyAsync(plan);

        var entry = await _console.Store.GetAsync(Key, default);
        Assert.Equal(ApiSchemaJson.Write(version.Schema), entry!.Value.ToArray());
        var published = Assert.Single(await _console.Published.ListAsync(version.ApiId, default));
        Assert.Equal((PublicationState.Live, plan.AppliedRevision, (int?)plan.Number), (published.State, published.Revision, published.PlanNumber));
        Assert.EndsWith("schema_digits.json", published.GatewayKey);
        Assert.Equal(version.Schema.Service, Assert.Single(await _console.Published.ListLiveAsync(version.ApiId, default)).Schema.Service);
    }

    [Fact]
    public async Task Publish_WhatTheGatewayCannotSay_LeavesItsFileOutAndSaysWhy()
    {
        var version = await VersionAsync(s_draft with { Parameters = [new ApiParameter { Name = "x", Type = ParameterTypes.Number, ExclusiveMinimum = 0, Description = "x" }] });

        var preview = (await _console.Publications.PreviewAsync(version.Id, PublicationStep.Publish, _console.Alice, default)).Value!;

        Assert.Equal(Key, Assert.Single(preview.Plan.Operations).Key);
        Assert.Equal("export.webgate_exclusive", Assert.Single(preview.GatewayRefusals).Code);
    }

    [Fact]
    public async Task Publish_Twice_SaysThatItIsThere()
    {
        var version = await VersionAsync(s_draft);
        var plan = await ProposeAsync(version, PublicationStep.Publish);
        Assert.Equal("publication.plan_pending", await RefusalAsync(version, PublicationStep.Publish));

        await ApplyAsync(plan);

        Assert.Equal("publication.already_live", await RefusalAsync(version, PublicationStep.Publish));
    }

    [Fact]
    public async Task Publish_OtherBytesAtTheKey_AreNeverReplaced()
    {
        var version = await VersionAsync(s_draft);
        await PutAsync(Key, ApiSchemaJson.Write(version.Schema with { Description = "somebody else's" }));

        Assert.Equal("publication.immutable", await RefusalAsync(version, PublicationStep.Publish));
        Assert.Equal(PublicationState.Different, await StateAsync(version));
    }

    [Fact]
    public async Task Publish_SameDocumentWrittenByAnotherVersionOfTheConsole_IsLeftAsItIs()
    {
        var version = await VersionAsync(s_draft);
        var older = System.Text.Encoding.UTF8.GetString(ApiSchemaJson.Write(version.Schema)).Replace("\"region\": \"\",", "").Replace("\"interaction\": \"once\",", "");
        await PutAsync(Key, System.Text.Encoding.UTF8.GetBytes(older));

        Assert.Equal(PublicationState.Live, await StateAsync(version));
        await ApplyAsync(await ProposeAsync(version, PublicationStep.Publish));

        Assert.Equal(older, System.Text.Encoding.UTF8.GetString((await _console.Store.GetAsync(Key, default))!.Value.Span));
    }

    [Fact]
    public async Task Withdraw_NobodyUsesIt_RemovesBothKeysAndCanBePublishedAgain()
    {
        var version = await VersionAsync(s_draft);
        Assert.Equal("publication.not_live", await RefusalAsync(version, PublicationStep.Withdraw));
        await ApplyAsync(await ProposeAsync(version, PublicationStep.Publish));

        await ApplyAsync(await ProposeAsync(version, PublicationStep.Withdraw));

        Assert.Empty((await _console.Store.RangeAsync(ConfigKey.SchemaPrefix, default)).Entries);
        Assert.Equal(PublicationState.Withdrawn, await StateAsync(version));
        await ApplyAsync(await ProposeAsync(version, PublicationStep.Publish));
        Assert.Equal(PublicationState.Live, await StateAsync(version));
    }

    [Fact]
    public async Task TakeBack_DesignerWhoProposed_MayAndNobodyElse()
    {
        var designer = _console.Viewer with { Roles = [Roles.Designer] };
        var plan = await ProposeAsync(await VersionAsync(s_draft), PublicationStep.Publish, designer);

        Assert.Equal("change.not_proposer", (await _console.Changes.WithdrawAsync(plan.Id, _console.Alice, default)).Error?.Code);
        Assert.Equal("permission.denied", (await _console.Changes.WithdrawAsync(plan.Id, _console.Viewer, default)).Error?.Code);
        Assert.Equal(ChangeState.Withdrawn, (await _console.Changes.WithdrawAsync(plan.Id, designer, default)).Value?.State);
    }

    [Fact]
    public async Task Withdraw_ReleaseIsValidatedByIt_IsRefused()
    {
        var scenario = await ReleaseScenario.CreateAsync(_console);
        var pending = await scenario.ProposeReleaseAsync();
        await PutAsync(KeyOf(scenario.ApiVersion.Schema), ApiSchemaJson.Write(scenario.ApiVersion.Schema));
        Assert.Equal("publication.release_pending", await RefusalAsync(scenario.ApiVersion, PublicationStep.Withdraw));
        Assert.Null((await _console.Changes.WithdrawAsync(pending.Id, _console.Alice, default)).Error);

        var release = await scenario.ReleaseAsync("20261101-v2");

        Assert.Equal("publication.in_use", await RefusalAsync(scenario.ApiVersion, PublicationStep.Withdraw));
        var published = Assert.Single(await _console.Published.ListAsync(scenario.ApiVersion.ApiId, default));
        Assert.Equal([$"{scenario.Command} {release.Version}"], published.UsedBy);
        Assert.Equal(PublicationState.Live, published.State);
    }

    [Fact]
    public async Task Submit_WithdrawalUnderWay_IsRefused()
    {
        var scenario = await ReleaseScenario.CreateAsync(_console);
        await ApplyAsync(await ProposeAsync(scenario.ApiVersion, PublicationStep.Publish));
        await ProposeAsync(scenario.ApiVersion, PublicationStep.Withdraw);
        var release = await scenario.DraftAsync();
        await scenario.VerifyAsync(release.Id);

        Assert.Equal("release.api_version_withdrawn", (await _console.Releases.PreviewSubmitAsync(release.Id, _console.Alice, default)).Error?.Code);
    }

    [Fact]
    public async Task Submit_LintErrorsUnderTodaysSettings_AreRefusedWithTheSameFindings()
    {
        var scenario = await ReleaseScenario.CreateAsync(_console);
        var release = await scenario.DraftAsync();
        await scenario.VerifyAsync(release.Id);
        await _console.LintSettings.SetAsync("default", "default", "schema.description_missing", LintSeverity.Error, _console.Alice, default);

        var refused = Assert.IsType<InvalidError>((await _console.Releases.PreviewSubmitAsync(release.Id, _console.Alice, default)).Error);

        Assert.Equal([("", "release.api_version_findings"), ("Description", "schema.description_missing")], refused.Problems.Select(problem => (problem.Field, problem.Code)));
        Assert.Contains((await _console.Publications.PreviewAsync(scenario.ApiVersion.Id, PublicationStep.Publish, _console.Alice, default)).Error is InvalidError invalid ? invalid.Problems : [], problem => problem.Code == "schema.description_missing");
        await _console.LintSettings.SetAsync("default", "default", "schema.description_missing", LintSeverity.Warn, _console.Alice, default);
        Assert.Null((await _console.Releases.PreviewSubmitAsync(release.Id, _console.Alice, default)).Error);
    }

    [Fact]
    public async Task Propose_PreviewOutdated_IsRefused()
    {
        var version = await VersionAsync(s_draft);
        var preview = (await _console.Publications.PreviewAsync(version.Id, PublicationStep.Publish, _console.Alice, default)).Value!;
        await PutAsync(Key.Replace("apischema.json", "schema_digits.json"), "{}"u8.ToArray());

        Assert.Equal("change.preview_outdated", (await _console.Publications.ProposeAsync(version.Id, PublicationStep.Publish, "", preview.Plan.ContentHash, _console.Alice, default)).Error?.Code);
    }

    [Fact]
    public async Task Propose_WithoutPermission_IsRefusedAndAudited()
    {
        var version = await VersionAsync(s_draft);

        Assert.IsType<ForbiddenError>((await _console.Publications.ProposeAsync(version.Id, PublicationStep.Publish, "", "", _console.Viewer, default)).Error);
        Assert.Single(await _console.AuditAsync("change.denied"));
    }

    [Fact]
    public async Task CreateVersion_SmallerNumber_NeedsAReasonAndAnApprovalBeforeARelease()
    {
        var scenario = await ReleaseScenario.CreateAsync(_console);
        var breaking = scenario.ApiVersion.Schema with { Version = "1.0.1", Payload = [], Parameters = [] };
        Assert.Null((await _console.Schemas.SaveDraftAsync(scenario.ApiVersion.ApiId, breaking, 1, _console.Alice, default)).Error);

        var refused = Assert.IsType<InvalidError>((await _console.Versions.CreateAsync(scenario.ApiVersion.ApiId, 2, " ", _console.Alice, default)).Error);
        Assert.Equal(("Reason", "api.version_smaller", "2.0.0"), (refused.Problems[0].Field, refused.Problems[0].Code, refused.Problems[0].Args[1]));
        var version = (await _console.Versions.CreateAsync(scenario.ApiVersion.ApiId, 2, "nobody sends it", _console.Alice, default)).Value!;
        Assert.Equal(("nobody sends it", "2.0.0"), (version.SmallerReason, version.ProposedVersion));

        var release = (await _console.Releases.CreateAsync(scenario.App.Id, scenario.Request() with { ApiVersionId = version.Id }, _console.Alice, default)).Value!;
        await scenario.VerifyAsync(release.Id);
        Assert.Equal("release.api_version_not_approved", (await _console.Releases.PreviewSubmitAsync(release.Id, _console.Alice, default)).Error?.Code);

        var plan = await ProposeAsync(version, PublicationStep.Publish);
        Assert.Equal(("nobody sends it", "publication.smaller_version"), (plan.Reason, plan.NoticeCode));
        Assert.Equal(["1.0.1", "2.0.0"], plan.NoticeArgs);
        Assert.Equal("change.own_plan", (await _console.Changes.ApproveAsync(plan.Id, plan.ContentHash, "", _console.Alice, default)).Error?.Code);
        Assert.Equal("release.api_version_not_approved", (await _console.Releases.PreviewSubmitAsync(release.Id, _console.Alice, default)).Error?.Code);
        await ApplyAsync(plan);

        Assert.Null((await _console.Releases.PreviewSubmitAsync(release.Id, _console.Alice, default)).Error);
    }

    [Fact]
    public async Task CreateVersion_NumberTheChangesCallFor_NeedsNothing()
    {
        var version = await VersionAsync(s_draft);
        var wider = s_draft with { Version = "1.1.0", Parameters = [s_draft.Parameters[0] with { Maximum = 20 }] };
        Assert.Null((await _console.Schemas.SaveDraftAsync(version.ApiId, wider, 1, _console.Alice, default)).Error);

        var next = (await _console.Versions.CreateAsync(version.ApiId, 2, "unneeded", _console.Alice, default)).Value!;

        Assert.Equal(("1.1.0", ""), (next.ProposedVersion, next.SmallerReason));
    }

    private async Task<ApiVersion> VersionAsync(ApiSchema draft)
    {
        var api = (await _console.Schemas.CreateAsync(draft, _console.Alice, default)).Value!;
        var version = await _console.Schemas.CreateVersionAsync(api.Id, 1, _console.Alice, default);
        Assert.Null(version.Error);
        return version.Value!;
    }

    private async Task<ChangePlan> ProposeAsync(ApiVersion version, PublicationStep step, Actor? actor = null)
    {
        actor ??= _console.Alice;
        var preview = await _console.Publications.PreviewAsync(version.Id, step, actor, default);
        Assert.Null(preview.Error);
        var plan = await _console.Publications.ProposeAsync(version.Id, step, "", preview.Value!.Plan.ContentHash, actor, default);
        Assert.Null(plan.Error);
        return plan.Value!;
    }

    private async Task<ChangePlan> ApplyAsync(ChangePlan plan)
    {
        Assert.Null((await _console.Changes.ApproveAsync(plan.Id, plan.ContentHash, "fine", _console.Bob, default)).Error);
        Assert.Null((await _console.Changes.ApplyAsync(plan.Id, _console.Alice, default)).Error);
        await _console.ApplyDueAsync();
        var applied = (await _console.Changes.GetAsync(plan.Id, default)).Value!;
        Assert.Equal((ChangeState.Applied, ""), (applied.State, applied.FailureCode));
        return applied;
    }

    private async Task<string?> RefusalAsync(ApiVersion version, PublicationStep step) =>
        (await _console.Publications.PreviewAsync(version.Id, step, _console.Alice, default)).Error?.Code;

    private async Task<PublicationState> StateAsync(ApiVersion version) =>
        (await _console.Published.ListAsync(version.ApiId, default)).Single(known => known.VersionId == version.Id).State;

    private Task<ConfigTxnResult> PutAsync(string key, byte[] value) => _console.Store.TxnAsync(new ConfigTxn([], [ConfigOperation.Put(key, value)]), default);

    private static string KeyOf(ApiSchema schema) => ConfigKey.Schema(schema.Group, schema.Project, schema.Service, schema.Version, "apischema.json");
}
