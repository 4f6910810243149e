using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Configuration.Embedded;
using AvaConsole.Core.Data;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Images.Recipes;
using AvaConsole.Core.Naming;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Tests.Integration.Naming;

[Trait("Category", "Integration")]
public sealed class NamingServiceTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero));
    private FlakyConfigStore _store = null!;
    private TestConsole _console = null!;

    private NamingService Naming => _console.Get<NamingService>();

    public async Task InitializeAsync() => _console = await TestConsole.StartAsync(database => _store = new FlakyConfigStore(new PostgresConfigStore(database, new PostgresConfigStoreOptions())), _clock);

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task TakeFreeApp_FiftyPagesAtOnce_HoldFiftyNamesThatDoNotClash()
    {
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Naming.TakeFreeAppAsync(new AppNameQuery("digits"), Page(), default)));

        Assert.All(verdicts, verdict => Assert.Empty(verdict.Problems));
        var names = verdicts.Select(verdict => verdict.Name).ToList();
        Assert.All(names, name => Assert.Null(AppName.Check(name, [.. names.Where(other => other != name)])));
        Assert.Equal(50, names.Distinct().Count());
        Assert.Equal(100, (await HeldAsync()).Count);
        await AssertNothingLeaksAsync(async () => Assert.Equal("digits", (await Naming.TakeFreeAppAsync(new AppNameQuery("digits"), Page(), default)).Name), 2);
    }

    [Fact]
    public async Task CheckImage_FiftyPagesAtOnce_GetFiftyNames()
    {
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Naming.CheckImageAsync(Dated, Page(), default)));

        Assert.Equal(
            Enumerable.Range(1, 50).Select(number => $"ava-caffe-gpu-classify-v20261121-{number}").Order(StringComparer.Ordinal),
            verdicts.Select(verdict => verdict.Name).Order(StringComparer.Ordinal));
        await AssertNothingLeaksAsync(async () => Assert.Equal("ava-caffe-gpu-classify-v20261121-1", (await Naming.CheckImageAsync(Dated, Page(), default)).Name), 1);
    }

    [Fact]
    public async Task CheckVersion_FiftyPagesAtOnce_GetFiftyNames()
    {
        var scenario = await ReleaseScenario.CreateAsync(_console);
        var query = new VersionNameQuery(scenario.App.Id, "reg.example/ava/caffe:v20261030-1");

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Naming.CheckVersionAsync(query, Page(), default)));

        Assert.Equal(50, verdicts.Select(verdict => verdict.Value!.Name).Distinct().Count());
        await AssertNothingLeaksAsync(async () => Assert.Equal("20261121-v20261030-1", (await Naming.CheckVersionAsync(query, Page(), default)).Value!.Name), 1);
    }

    [Fact]
    public async Task CheckApp_Free_TellsBothNamesKeysRoutesAndCommands()
    {
        var verdict = await Naming.CheckAppAsync(new AppNameQuery("digits"), null, default);

        Assert.Equal(("digits", "ava-digits", false, ""), (verdict.Name, verdict.Instance, verdict.NeedsReason, verdict.Proposal));
        Assert.Empty(verdict.Problems.Concat(verdict.Warnings));
        Assert.Contains(new NameUse("metadata", "/ava/serving/app/metadata/digits"), verdict.Keys);
        Assert.Contains(new NameUse("release", "/ava/serving/app/release/digits/{version}"), verdict.Keys);
        Assert.Equal(
            ["/api/content/digits", "/api/grey/content/digits", "/v1/eval/digits", "/v1/eval/digits/{version}", "/v2/models/digits", "/docs/digits"],
            verdict.Routes.Select(route => route.Text));
        Assert.Contains(verdict.Commands, command => command.Text.Contains("/v1/eval/digits -H", StringComparison.Ordinal));
        Assert.Empty(await HeldAsync());
    }

    [Theory]
    [InlineData("comics", "app.command_taken_app", "alice", "new-comics")]
    [InlineData("comics-bg", "app.command_prefix_app", "alice", "bg-comics")]
    [InlineData("comi", "app.command_prefix_app", "alice", "new-comi")]
    [InlineData("orphan", "app.command_taken_live", "", "new-orphan")]
    [InlineData("orphan-2", "app.command_prefix_live", "", "new-orphan-2")]
    [InlineData("worked", "app.command_taken_live", "", "new-worked")]
    [InlineData("faces", "app.command_taken_reserved", "bob", "new-faces")]
    [InlineData("faces-x", "app.command_prefix_reserved", "bob", "x-faces")]
    [InlineData("face", "app.command_prefix_reserved", "bob", "new-face")]
    public async Task CheckApp_Clash_SaysWithWhatAndWhoseAndProposes(string command, string code, string who, string proposal)
    {
        await CreateAsync("comics");
        await PutAsync(ConfigKey.AppRelease("orphan", "v1"), ConfigKey.WorkerAppDefault("worked"));

        // What is live is asked for anew every few seconds only.
        _clock.Advance(TimeSpan.FromSeconds(5));
        await Naming.CheckAppAsync(new AppNameQuery("faces"), new NameHolder(Guid.NewGuid(), "bob"), default);
        var page = Page();

        var verdict = await Naming.CheckAppAsync(new AppNameQuery(command), page, default);

        var problem = Assert.Single(verdict.Problems);
        Assert.Equal(("Command", code, who, proposal), (problem.Field, problem.Code, problem.Args[2], verdict.Proposal));
        Assert.DoesNotContain(await HeldAsync(), held => held.Page == page.Page);
        Assert.Empty((await Naming.TakeFreeAppAsync(new AppNameQuery(command), page, default)).Problems);
        Assert.Equal(proposal, Assert.Single(await HeldAsync(), held => held.Page == page.Page && held.Scope == NameReservations.Apps).Name);
    }

    [Fact]
    public async Task CheckApp_AppOfAnOpenPlan_SaysWhichChange()
    {
        var scenario = await ReleaseScenario.CreateAsync(_console);
        var plan = await scenario.ProposeReleaseAsync();
        await _console.QueryAsync(db => db.Plans.Where(one => one.Id == plan.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.AppId, (Guid?)null).SetProperty(one => one.ReleaseId, (Guid?)null)));
        await _console.QueryAsync(db => db.TestCases.ExecuteDeleteAsync());
        await _console.QueryAsync(db => db.Verifications.ExecuteDeleteAsync());
        await _console.QueryAsync(db => db.Releases.ExecuteDeleteAsync());
        await _console.QueryAsync(db => db.Apps.ExecuteDeleteAsync());

        var verdict = await Naming.CheckAppAsync(new AppNameQuery(scenario.Command), null, default);

        var problem = Assert.Single(verdict.Problems);
        Assert.Equal(("app.command_taken_plan", $"#{plan.Number}, alice"), (problem.Code, problem.Args[2]));
    }

    [Theory]
    [InlineData("Digits 2", "digits-2")]
    [InlineData("ava-digits", "digits")]
    [InlineData("default", "new-default")]
    [InlineData("ab", "new-ab")]
    [InlineData("图片", "")]
    public async Task CheckApp_NoCommand_ProposesWhatWasMeant(string command, string proposal)
    {
        var verdict = await Naming.CheckAppAsync(new AppNameQuery(command), Page(), default);

        Assert.Single(verdict.Problems);
        Assert.Equal(proposal, verdict.Proposal);
        Assert.Empty(verdict.Keys);
        Assert.Empty(await HeldAsync());
    }

    [Theory]
    [InlineData("digits", "", false, null)]
    [InlineData("digits", "ava-digits", false, null)]
    [InlineData("digits", "vision-digits", true, null)]
    [InlineData("digits", "Vision", true, "app.instance_invalid")]
    [InlineData("digits", "vision_digits", true, "app.instance_invalid")]
    [InlineData("digits", "digits-", true, "app.instance_invalid")]
    [InlineData("digits", "ava-other", true, "app.instance_of_other")]
    [InlineData("digits", "ava-comics", true, "app.instance_of_other")]
    [InlineData("digits", "held-one", true, "app.instance_reserved")]
    [InlineData("digits", "special", true, "app.instance_taken")]
    public async Task CheckApp_Instance_IsHeldAgainstTheRuleAndOthers(string command, string instance, bool needsReason, string? code)
    {
        await CreateAsync("comics", "special", "Deployed before.");
        await Naming.CheckAppAsync(new AppNameQuery("faces", "held-one"), new NameHolder(Guid.NewGuid(), "bob"), default);

        var verdict = await Naming.CheckAppAsync(new AppNameQuery(command, instance), Page(), default);

        Assert.Equal((needsReason, code, "ava-digits"), (verdict.NeedsReason, verdict.Problems.SingleOrDefault()?.Code, verdict.Recommended));
    }

    [Fact]
    public async Task CheckApp_StoreDown_SaysThatLiveNamesAreUnknownAndCreatingWaits()
    {
        Assert.Empty((await Naming.CheckAppAsync(new AppNameQuery("digits"), null, default)).Warnings);
        _store.IsDown = true;
        _clock.Advance(TimeSpan.FromSeconds(5));

        var verdict = await Naming.CheckAppAsync(new AppNameQuery("digits"), Page(), default);
        var refused = await _console.Apps.CreateAsync(Request("digits"), _console.Alice, default);

        Assert.Equal("app.names_live_unknown", Assert.Single(verdict.Warnings).Code);
        Assert.Equal("config.unavailable", Assert.IsType<UnavailableError>(refused.Error).Code);
    }

    [Fact]
    public async Task CheckApp_Underscore_WarnsAndProposesAHyphen()
    {
        var verdict = await Naming.CheckAppAsync(new AppNameQuery("face_det"), null, default);

        Assert.Empty(verdict.Problems);
        Assert.Equal("app.command_underscore", Assert.Single(verdict.Warnings).Code);
        Assert.Equal(("ava-face-det", "face-det", false), (verdict.Instance, verdict.Proposal, verdict.NeedsReason));
    }

    [Fact]
    public async Task Create_InstanceOfItsOwn_NeedsAReasonWhichIsKept()
    {
        var request = Request("digits") with { InstanceName = "vision-digits" };

        var refused = await _console.Apps.CreateAsync(request, _console.Alice, default);
        var created = await _console.Apps.CreateAsync(request with { NameReason = " Deployed before. " }, _console.Alice, default);

        var problem = Assert.Single(Assert.IsType<InvalidError>(refused.Error).Problems);
        Assert.Equal(("NameReason", "app.name_reason_required"), (problem.Field, problem.Code));
        Assert.Equal(("vision-digits", "Deployed before."), (created.Value!.InstanceName, created.Value.NameReason));
        Assert.Contains("Deployed before.", Assert.Single(await _console.AuditAsync("app.created")).After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_NameThatAnotherPageHolds_IsRefusedAndNamesWho()
    {
        var (mine, other) = (Page(), new NameHolder(Guid.NewGuid(), "bob"));
        Assert.Empty((await Naming.CheckAppAsync(new AppNameQuery("digits"), other, default)).Problems);

        var refused = await _console.Apps.CreateAsync(Request("digits") with { Page = mine.Page }, _console.Alice, default);
        var created = await _console.Apps.CreateAsync(Request("digits") with { Page = other.Page }, _console.Alice, default);

        var problem = Assert.Single(Assert.IsType<InvalidError>(refused.Error).Problems);
        Assert.Equal(("Command", "app.command_taken_reserved", "bob"), (problem.Field, problem.Code, problem.Args[2]));
        Assert.True(created.IsSuccess);
        Assert.Empty(await HeldAsync());
    }

    [Fact]
    public async Task Create_FiftyOfNamesThatBeginAlike_OnlyOneIs()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => _console.Apps.CreateAsync(Request("digits" + new string('x', number % 10)), _console.Alice, default)));

        Assert.Single(results, result => result.IsSuccess);
    }

    [Theory]
    [InlineData("20261121-v20261030-1-2", null, false, null, "20261121 v20261030-1 2")]
    [InlineData("20261121-v20261030-1", null, false, "release.version_ambiguous", null)]
    [InlineData("20261121-v20261030-1", "v20261030-1/0", false, null, "20261121 v20261030-1 0")]
    [InlineData("20261121-v20261030-1", "v20261030/1", true, null, "20261121 v20261030 1")]
    [InlineData("20261121-v7", null, true, null, "20261121 v7 0")]
    [InlineData("hotfix", null, true, null, "20261121 v20261030-1 0")]
    [InlineData("hot fix", null, false, "release.version_invalid", null)]
    [InlineData("20261101-v1", null, true, "release.version_taken", "20261101 v1 0")]
    public async Task CheckVersion_Typed_IsReadAndJudged(string typed, string? meant, bool needsReason, string? code, string? fields)
    {
        var scenario = await ReleaseScenario.CreateAsync(_console);
        await scenario.DraftAsync();
        var query = new VersionNameQuery(scenario.App.Id, "reg.example/ava/caffe:v20261030-1")
        {
            Typed = typed,
            Meant = AppVersion.Readings(typed).FirstOrDefault(reading => $"{reading.ImageVersion}/{reading.Sequence}" == meant),
        };

        var verdict = (await Naming.CheckVersionAsync(query, Page(), default)).Value!;

        Assert.Equal((needsReason, code), (verdict.NeedsReason, verdict.Problems is [var problem, ..] ? problem.Code : null));
        Assert.Equal(fields, verdict.Version is { } version ? $"{version.Date:yyyyMMdd} {version.ImageVersion} {version.Sequence}" : null);
        Assert.Equal("20261121-v20261030-1", verdict.Recommended);
    }

    [Fact]
    public async Task CheckVersion_TypedByTwo_IsTheFirstOnes()
    {
        var scenario = await ReleaseScenario.CreateAsync(_console);
        var query = new VersionNameQuery(scenario.App.Id, "reg.example/ava/caffe:v1") { Typed = "20261121-v1-7" };

        var first = (await Naming.CheckVersionAsync(query with { Meant = AppVersion.Readings(query.Typed)[0] }, new NameHolder(Guid.NewGuid(), "bob"), default)).Value!;
        var second = (await Naming.CheckVersionAsync(query with { Meant = AppVersion.Readings(query.Typed)[0] }, Page(), default)).Value!;

        Assert.Empty(first.Problems);
        var problem = Assert.Single(second.Problems);
        Assert.Equal(("release.version_reserved", "bob", "20261121-v1-8"), (problem.Code, problem.Args[1], second.Proposal));
    }

    [Fact]
    public async Task CheckVersion_Release_TellsKeysAndRoutes()
    {
        var scenario = await ReleaseScenario.CreateAsync(_console);
        var query = new VersionNameQuery(scenario.App.Id, "reg.example/ava/caffe:v1") { ApiVersionId = scenario.ApiVersion.Id };

        var verdict = (await Naming.CheckVersionAsync(query, Page(), default)).Value!;

        Assert.Contains(new NameUse("release", $"/ava/serving/app/release/{scenario.Command}/20261121-v1"), verdict.Keys);
        Assert.Contains(verdict.Keys, key => key.Code == "schema" && key.Text.EndsWith("/apischema.json", StringComparison.Ordinal));
        Assert.Contains(new NameUse("model_version", $"/v2/models/{scenario.Command}/versions/20261121-v1"), verdict.Routes);
    }

    [Fact]
    public async Task CreateRelease_VersionOfItsOwn_NeedsAReasonWhichIsKept()
    {
        var scenario = await ReleaseScenario.CreateAsync(_console);
        var request = scenario.Request("hotfix") with { VersionReason = "" };

        var refused = await _console.Releases.CreateAsync(scenario.App.Id, request, _console.Alice, default);
        var created = await _console.Releases.CreateAsync(scenario.App.Id, request with { VersionReason = "Agreed with the callers." }, _console.Alice, default);
        var usual = await _console.Releases.CreateAsync(scenario.App.Id, scenario.Request() with { VersionReason = "Not needed." }, _console.Alice, default);

        Assert.Equal("release.version_reason_required", Assert.Single(Assert.IsType<InvalidError>(refused.Error).Problems).Code);
        Assert.Equal(("Agreed with the callers.", ""), (created.Value!.VersionReason, usual.Value!.VersionReason));
        Assert.Contains(await _console.AuditAsync("release.created"), entry => entry.After!.Contains("Agreed with the callers.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CheckImage_NamesOfRecipesAndCatalogue_AreCountedPast()
    {
        await AddAsync(new StoredRecipe { Id = Guid.CreateVersion7(), Name = "ava-caffe-gpu-classify-v20261121-1", CreatedBy = "bob", CreatedById = _console.Bob.AccountId });
        await IndexAsync("vision/ava-caffe-gpu-classify-v20261121-2", "latest");

        var verdict = await Naming.CheckImageAsync(Dated with { Registry = "reg.example:5000", Namespace = "vision" }, Page(), default);

        Assert.Equal("ava-caffe-gpu-classify-v20261121-3", verdict.Name);
        Assert.Equal("reg.example:5000/vision/ava-caffe-gpu-classify-v20261121-3:v20261121-3", verdict.Reference);
        Assert.Equal(["build", "login", "tag", "push"], verdict.Commands.Select(command => command.Code));
    }

    [Theory]
    [InlineData(ImageNameForm.Tagged, "ava-keras:py27-cuda80-cudnn6", null, null, false)]
    [InlineData(ImageNameForm.Tagged, "ava-keras:latest", "image_name.tag_invalid", null, false)]
    [InlineData(ImageNameForm.Tagged, "ava-keras", "image_name.part_missing", null, false)]
    [InlineData(ImageNameForm.Tagged, "ava-keras:py27-cpu", null, "image_name.tag_moves", false)]
    [InlineData(ImageNameForm.Free, "keras", null, null, true)]
    [InlineData(ImageNameForm.Free, "ava-keras", null, "image_name.repository_known", true)]
    [InlineData(ImageNameForm.Free, "Keras", "image_name.free_invalid", null, false)]
    [InlineData(ImageNameForm.Free, "a/keras", "image_name.free_invalid", null, false)]
    [InlineData(ImageNameForm.Free, "keras:", "image_name.free_invalid", null, false)]
    [InlineData(ImageNameForm.Free, "mine", "image_name.recipe_taken", null, true)]
    [InlineData(ImageNameForm.Free, "held", "image_name.reserved", null, true)]
    [InlineData(ImageNameForm.Free, "", "image_name.part_missing", null, false)]
    public async Task CheckImage_Typed_IsJudged(ImageNameForm form, string text, string? problem, string? warning, bool needsReason)
    {
        await AddAsync(new StoredRecipe { Id = Guid.CreateVersion7(), Name = "mine", CreatedBy = "bob", CreatedById = _console.Bob.AccountId });
        await IndexAsync("vision/ava-keras", "py27-cpu");
        await Naming.CheckImageAsync(new ImageNameQuery(ImageNameForm.Free) { Text = "held" }, new NameHolder(Guid.NewGuid(), "bob"), default);

        var verdict = await Naming.CheckImageAsync(new ImageNameQuery(form) { Text = text }, Page(), default);

        Assert.Equal((problem, warning, needsReason), (verdict.Problems.SingleOrDefault()?.Code, verdict.Warnings.SingleOrDefault()?.Code, verdict.NeedsReason));
        Assert.Equal(problem is "image_name.recipe_taken" or "image_name.reserved", verdict.Proposal.Length > 0);
    }

    private static ImageNameQuery Dated => new(ImageNameForm.Dated) { Framework = "caffe", Device = "gpu", Kind = "classify" };

    private static NameHolder Page() => new(Guid.NewGuid(), "alice");

    private static AppRequest Request(string command) => new(command, "", true, null, 0, "", null);

    private async Task CreateAsync(string command, string instance = "", string reason = "") =>
        Assert.Null((await _console.Apps.CreateAsync(Request(command) with { InstanceName = instance, NameReason = reason }, _console.Alice, default)).Error);

    private async Task PutAsync(params string[] keys)
    {
        var txn = new ConfigTxn([], [.. keys.Select(key => ConfigOperation.Put(key, "{}"u8.ToArray()))]);
        Assert.True((await _console.Store.TxnAsync(txn, default)).Succeeded);
    }

    private async Task IndexAsync(string path, string tag) => await AddAsync(new ImageRegistry
    {
        Id = Guid.CreateVersion7(),
        Name = "team",
        Address = "https://reg.example",
        Host = "reg.example",
        CreatedBy = "alice",
        Indexed = [new IndexedRepository { Id = Guid.CreateVersion7(), Path = path, Tags = [new IndexedTag { Id = Guid.CreateVersion7(), Name = tag }] }],
    });

    private async Task AddAsync(object thing) => await _console.QueryAsync(db =>
    {
        db.Add(thing);
        return db.SaveChangesAsync();
    });

    private Task<List<NameReservation>> HeldAsync() => _console.QueryAsync(db => db.NameReservations.AsNoTracking().ToListAsync());

    /// <param name="again">Asks for the first name once more, and gets it.</param>
    private async Task AssertNothingLeaksAsync(Func<Task> again, int left)
    {
        _clock.Advance(NameReservations.Lifetime);
        await again();
        Assert.Equal(left, (await HeldAsync()).Count);
    }
}
