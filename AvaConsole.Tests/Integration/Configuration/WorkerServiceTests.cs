using System.Text;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Configuration;

[Trait("Category", "Integration")]
public sealed class WorkerServiceTests : IAsyncLifetime
{
    private const string App = "digits";
    private static readonly WorkerRequest s_request = new(5_000_000, 8, 3_000_000_000);

    private TestConsole _console = null!;

    public async Task InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        Assert.Null((await _console.Apps.CreateAsync(new AppRequest(App, "", true, null, 0, "", null), _console.Alice, default)).Error);
    }

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Get_EmptyStore_IsBuiltIn()
    {
        var layers = (await _console.Workers.GetAsync(App, null, default)).Value!;

        Assert.Equal(new EffectiveWorker(WorkerDocument.BuiltIn, null), layers.Effective);
        Assert.Equal((false, false), (layers.Global.Exists, layers.App!.Exists));
    }

    [Fact]
    public async Task Propose_ApprovedAndApplied_HoldsForTheApp()
    {
        var plan = await ProposeAsync(App, s_request);
        Assert.Equal((ChangeKind.Configuration, ConfigKey.WorkerAppDefault(App)), (plan.Kind, Assert.Single(plan.Operations).Key));
        Assert.Equal(plan.Number, (await _console.Workers.GetAsync(App, null, default)).Value!.Pending?.Number);

        await ApplyAsync(plan);

        var layers = (await _console.Workers.GetAsync(App, null, default)).Value!;
        Assert.Equal(ConfigKey.WorkerAppDefault(App), layers.Effective.SourceKey);
        Assert.Equal(s_request, RequestOf(layers.Effective.Document));
        Assert.Null(layers.Pending);
        Assert.Contains(await _console.AuditAsync("change.proposed"), entry => entry.SubjectId == plan.Id && entry.ActorName == "alice");
    }

    [Fact]
    public async Task Propose_GlobalDefault_HoldsForAppsWithoutTheirOwn()
    {
        await ApplyAsync(await ProposeAsync(null, s_request));

        var layers = (await _console.Workers.GetAsync(App, null, default)).Value!;
        Assert.Equal((ConfigKey.WorkerDefault, s_request), (layers.Effective.SourceKey, RequestOf(layers.Effective.Document)));
    }

    [Fact]
    public async Task Propose_NewAppLayer_CopiesWhatTheGlobalHoldsBesides()
    {
        await PutAsync(ConfigKey.WorkerDefault, """{"delay4batch":1,"max_concurrent":2,"timeout":3,"kodo":{"rs_host":"rs.example"},"odd":{"x":1.50}}""");

        await ApplyAsync(await ProposeAsync(App, s_request));

        var document = (await _console.Workers.GetAsync(App, null, default)).Value!.App!.Document!;
        Assert.Equal((s_request, "rs.example", """{"x":1.50}"""), (RequestOf(document), document.Kodo?.RsHost, document.Unknown!["odd"].GetRawText().Replace(" ", "").Replace("\n", "")));
    }

    [Fact]
    public async Task Propose_PresentAppLayer_KeepsItsUnknownMembers()
    {
        await PutAsync(ConfigKey.WorkerAppDefault(App), """{"delay4batch":1,"max_concurrent":2,"timeout":3,"odd":"kept"}""");

        await ApplyAsync(await ProposeAsync(App, s_request));

        var document = (await _console.Workers.GetAsync(App, null, default)).Value!.App!.Document!;
        Assert.Equal((s_request, "kept"), (RequestOf(document), document.Unknown!["odd"].GetString()));
    }

    [Fact]
    public async Task Propose_Removal_DeletesTheKey()
    {
        await ApplyAsync(await ProposeAsync(App, s_request));

        await ApplyAsync(await ProposeAsync(App, null));

        Assert.Null(await _console.Store.GetAsync(ConfigKey.WorkerAppDefault(App), default));
        Assert.Null((await _console.Workers.GetAsync(App, null, default)).Value!.Effective.SourceKey);
    }

    [Fact]
    public async Task Preview_SameValuesInOtherBytes_ChangesNothing()
    {
        await PutAsync(ConfigKey.WorkerAppDefault(App), """{"timeout":3000000000,"delay4batch":5000000,"max_concurrent":8,"odd":1}""");

        var same = await _console.Workers.PreviewAsync(App, s_request, _console.Alice, default);

        Assert.Equal("change.nothing_to_change", same.Error?.Code);
    }

    [Fact]
    public async Task Preview_ValuesOutOfRange_NamesEveryField()
    {
        var low = Assert.IsType<InvalidError>((await _console.Workers.PreviewAsync(App, new WorkerRequest(-1, 0, 999_999), _console.Alice, default)).Error);
        var high = Assert.IsType<InvalidError>((await _console.Workers.PreviewAsync(App, new WorkerRequest(60_000_000_001, 100_001, 3_600_000_000_001), _console.Alice, default)).Error);

        Assert.Equal(["Delay4Batch", "MaxConcurrent", "Timeout"], low.Problems.Select(problem => problem.Field));
        Assert.Equal(["Delay4Batch", "MaxConcurrent", "Timeout"], high.Problems.Select(problem => problem.Field));
        Assert.True((await _console.Workers.PreviewAsync(App, new WorkerRequest(60_000_000_000, 100_000, 3_600_000_000_000), _console.Alice, default)).IsSuccess);
        Assert.True((await _console.Workers.PreviewAsync(App, new WorkerRequest(0, 1, 1_000_000), _console.Alice, default)).IsSuccess);
    }

    [Fact]
    public async Task Propose_LayerMovedSincePreview_IsRefused()
    {
        var preview = (await _console.Workers.PreviewAsync(App, s_request, _console.Alice, default)).Value!;
        await PutAsync(ConfigKey.WorkerAppDefault(App), "{}");

        var refused = await _console.Workers.ProposeAsync(App, s_request, "late", preview.ContentHash, _console.Alice, default);

        Assert.Equal("change.preview_outdated", refused.Error?.Code);
    }

    [Fact]
    public async Task Propose_WhileAnotherIsOpen_IsRefusedForThisLayerOnly()
    {
        await ProposeAsync(App, s_request);

        Assert.Equal("worker.plan_pending", (await _console.Workers.PreviewAsync(App, s_request with { MaxConcurrent = 9 }, _console.Alice, default)).Error?.Code);
        Assert.True((await _console.Workers.PreviewAsync(null, s_request, _console.Alice, default)).IsSuccess);
    }

    [Fact]
    public async Task Propose_Viewer_IsRefusedAndAudited()
    {
        var viewer = (await _console.Accounts.CreateAsync("vera", TestConsole.Password, [Roles.Viewer], _console.Alice, default)).Value!;
        var actor = new Actor(viewer.Id, "vera", viewer.Roles, null);

        var refused = await _console.Workers.ProposeAsync(App, s_request, "", "", actor, default);

        Assert.IsType<ForbiddenError>(refused.Error);
        Assert.Single(await _console.AuditAsync("change.denied"));
        Assert.IsType<ForbiddenError>((await _console.Workers.PreviewAsync(App, s_request, actor, default)).Error);
    }

    [Fact]
    public async Task Get_ReleaseWithItsOwn_IsNamedAndComesFirst()
    {
        await PutAsync(ConfigKey.WorkerAppDefault(App), "not json");
        await PutAsync(ConfigKey.WorkerRelease(App, "v1"), """{"max_concurrent":3}""");

        var app = (await _console.Workers.GetAsync(App, null, default)).Value!;
        var release = (await _console.Workers.GetAsync(App, "v1", default)).Value!;

        Assert.Equal(["v1"], app.OwnReleases);
        Assert.Equal((true, (WorkerDocument?)null, (string?)null), (app.App!.Exists, app.App.Document, app.Effective.SourceKey));
        Assert.Equal((ConfigKey.WorkerRelease(App, "v1"), 3), (release.Effective.SourceKey, release.Effective.Document.MaxConcurrent));
    }

    [Fact]
    public async Task Get_UnknownApp_IsNotFound() => Assert.Equal("app.not_found", (await _console.Workers.GetAsync("nonesuch", null, default)).Error?.Code);

    private static WorkerRequest RequestOf(WorkerDocument document) => new(document.Delay4Batch, document.MaxConcurrent, document.Timeout);

    private async Task<ChangePlan> ProposeAsync(string? app, WorkerRequest? request)
    {
        var preview = (await _console.Workers.PreviewAsync(app, request, _console.Alice, default)).Value!;
        var proposed = await _console.Workers.ProposeAsync(app, request, "tuning", preview.ContentHash, _console.Alice, default);
        Assert.Null(proposed.Error);
        return proposed.Value!;
    }

    private async Task ApplyAsync(ChangePlan plan)
    {
        Assert.Null((await _console.Changes.ApproveAsync(plan.Id, plan.ContentHash, "fine", _console.Bob, default)).Error);
        Assert.Null((await _console.Changes.ApplyAsync(plan.Id, _console.Alice, default)).Error);
        Assert.Equal(ChangeState.Applied, (await _console.ApplyUntilEndedAsync(plan.Id)).State);
    }

    private async Task PutAsync(string key, string value) =>
        Assert.True((await _console.Store.TxnAsync(new ConfigTxn([], [ConfigOperation.Put(key, Encoding.UTF8.GetBytes(value))]), default)).Succeeded);
}
