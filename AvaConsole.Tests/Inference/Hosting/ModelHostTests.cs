using System.Text;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Support.OnnxModels;

namespace AvaConsole.Tests.Inference.Hosting;

public sealed class ModelHostTests : IAsyncLifetime
{
    private HostScenario _scenario = null!;

    public async Task InitializeAsync() => _scenario = await HostScenario.StartAsync();

    public async Task DisposeAsync() => await _scenario.DisposeAsync();

    [Fact]
    public async Task Release_InProduction_IsServedAndReported()
    {
        var revision = await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Production);

        var status = await _scenario.StateAsync("v1", ModelStates.Serving);

        Assert.Equal(("colors", Phases.Production, revision, ""), (status.App, status.Phase, status.Revision, status.ReasonCode));
        Assert.Equal("red", await _scenario.AskAsync());
        Assert.Equal("nothing serves", await _scenario.AskAsync(Phases.Grey));
        Assert.Null(_scenario.Host.TryAcquire("unknown", Phases.Production));
        Assert.True(_scenario.Host.IsReady);
        await ReportedAsync(report => report.Revision >= revision && report.Models is [{ State: ModelStates.Serving }] && report.Provider == "CPU");
    }

    [Fact]
    public async Task Release_InStaging_IsReachedByItsVersionOnly()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Staging);
        await _scenario.StateAsync("v1", ModelStates.Serving);

        using var lease = _scenario.Host.TryAcquireVersion("colors", "v1");

        Assert.Equal("red", await HostScenario.AskAsync(lease!.Model));
        Assert.Equal("nothing serves", await _scenario.AskAsync());
        Assert.Null(_scenario.Host.TryAcquireVersion("colors", "v2"));
    }

    [Fact]
    public async Task Infer_Answer_HasConfidencesAndTiming()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Production);
        await _scenario.StateAsync("v1", ModelStates.Serving);
        using var lease = _scenario.Host.TryAcquire("colors", Phases.Production)!;

        var answer = await lease.Model.InferAsync(HostScenario.RedPicture(), default);

        var red = Math.Round(Math.E / (Math.E + 2), 4);
        var confidences = answer.Value!.Result["confidences"]!.AsArray();
        Assert.Equal(["red", "green", "blue"], confidences.Select(one => (string)one!["class"]!));
        Assert.Equal([0, 1, 2], confidences.Select(one => (int)one!["index"]!));
        Assert.Equal(red, Math.Round((double)confidences[0]!["score"]!, 4));
        Assert.Equal(1, answer.Value.Timing.BatchSize);
        Assert.True(answer.Value.Timing.Total >= answer.Value.Timing.Run);
    }

    [Fact]
    public async Task Infer_Tensors_GoPastThePipeline()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Production);
        await _scenario.StateAsync("v1", ModelStates.Serving);
        using var lease = _scenario.Host.TryAcquire("colors", Phases.Production)!;
        var white = new Tensor("image", TensorType.Fp32, [2, 3, 8, 8]) { Data = new byte[2 * 3 * 8 * 8 * sizeof(float)] };

        using var answer = (await lease.Model.InferAsync(new TensorRequest([white], []), default)).Value!;
        var wrong = await lease.Model.InferAsync(new TensorRequest([], []), default);

        var scores = Assert.IsType<Tensor>(Assert.Single(answer.Outputs));
        Assert.Equal(("scores", TensorType.Fp32), (scores.Name, scores.Type));
        Assert.Equal([2, 3], scores.Shape);
        Assert.Equal("tensor.input_missing", Support.InferenceParts.Problem(wrong.Error).Code);
        Assert.Equal(["image"], lease.Model.Signature.Inputs.Select(port => port.Name));
        Assert.Equal(["red", "green", "blue"], lease.Model.Labels);
        Assert.Equal((2, 1), (lease.Model.Figures.Rows, lease.Model.Figures.Executions));
    }

    [Fact]
    public async Task Infer_ModelWithoutPipeline_AnswersTensorsOnly()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(new TarBuilder().File("model.onnx", TestModels.StringInput())), Phases.Production);
        await _scenario.StateAsync("v1", ModelStates.Serving);
        using var lease = _scenario.Host.TryAcquire("colors", Phases.Production)!;
        var text = new Tensor("text", TensorType.Bytes, [1]) { Texts = ["hello"u8.ToArray()] };

        using var answer = (await lease.Model.InferAsync(new TensorRequest([text], ["echo"]), default)).Value!;
        var picture = await lease.Model.InferAsync(HostScenario.RedPicture(), default);

        Assert.Equal("hello"u8.ToArray(), Assert.IsType<Tensor>(answer.Outputs[0]).Texts[0].ToArray());
        Assert.Equal("serving.no_pipeline", picture.Error!.Code);
    }

    [Fact]
    public async Task Release_ThatDoesNotAnswerItsTestCase_IsNotServedAndTheOldOneIs()
    {
        var package = _scenario.AddPackage(TarFixtures.Package());
        var asked = new WarmUpCase("red", TestPictures.Rgb(8, 8, TestPictures.Red));
        await _scenario.PutAsync(
            (ConfigKey.AppRelease("colors", "v1"), HostScenario.Document(Phases.Production)),
            (ConfigKey.ReleaseManifest("colors", "v1"), HostScenario.Manifest(package) with { WarmUp = [asked] }));
        await _scenario.StateAsync("v1", ModelStates.Serving);

        await _scenario.PutAsync(
            (ConfigKey.AppRelease("colors", "v1"), HostScenario.Document(Phases.Retired)),
            (ConfigKey.AppRelease("colors", "v2"), HostScenario.Document(Phases.Production)),
            (ConfigKey.ReleaseManifest("colors", "v2"), HostScenario.Manifest(package) with { WarmUp = [asked, new WarmUpCase("text", "text"u8.ToArray())] }));
        var failed = await _scenario.StateAsync("v2", ModelStates.Failed);

        Assert.Equal(("model.warm_up_case_failed", "text"), (failed.ReasonCode, Assert.Single(failed.ReasonArgs)));
        Assert.Equal("red", await _scenario.AskAsync());
    }

    [Theory]
    [InlineData("[[1, 2]]", ModelStates.Serving)]
    [InlineData("[[1]]", ModelStates.Failed)]
    public async Task Release_OfTensorsAlone_AnswersItsTestCaseFirst(string json, string state)
    {
        var asked = new WarmUpCase("two", Encoding.UTF8.GetBytes(json)) { Entry = "a", More = new Dictionary<string, byte[]> { ["b"] = "[[3, 4]]"u8.ToArray() } };
        var package = _scenario.AddPackage(new TarBuilder().File("model.onnx", TensorModels.SumAndProduct()));

        await _scenario.PutAsync(
            (ConfigKey.AppRelease("colors", "v1"), HostScenario.Document(Phases.Production)),
            (ConfigKey.ReleaseManifest("colors", "v1"), HostScenario.Manifest(package) with { WarmUp = [asked] }));

        await _scenario.StateAsync("v1", state);
    }

    [Fact]
    public async Task Unload_LiveApp_IsOutOfServiceUntilLoaded()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Production);
        await _scenario.StateAsync("v1", ModelStates.Serving);

        Assert.Equal(Result.Success, await _scenario.Host.UnloadAsync("colors", default));

        Assert.Equal("nothing serves", await _scenario.AskAsync());
        Assert.Null(_scenario.Host.TryAcquireVersion("colors", "v1"));
        Assert.Equal((ModelStates.Unloaded, Phases.Production), (Assert.Single(_scenario.Host.Statuses).State, _scenario.Host.Statuses[0].Phase));
        await ReportedAsync(report => report.Models is [{ State: ModelStates.Unloaded }]);

        // What comes while it is out of service stays out, too.
        await _scenario.ReleaseAsync("v2", _scenario.AddPackage(TarFixtures.Package()), Phases.Grey);
        await _scenario.StateAsync("v2", ModelStates.Unloaded);
        Assert.Equal(Result.Success, await _scenario.Host.LoadAsync("colors", default));
        Assert.Equal("red", await _scenario.AskAsync());
        Assert.Equal("red", await _scenario.AskAsync(Phases.Grey));
        Assert.Equal("serving.app_not_found", (await _scenario.Host.UnloadAsync("unknown", default)).Error!.Code);
    }

    [Fact]
    public async Task Unload_UnderARequest_WaitsForItsAnswer()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Production);
        await _scenario.StateAsync("v1", ModelStates.Serving);
        var lease = _scenario.Host.TryAcquire("colors", Phases.Production)!;

        var unloading = _scenario.Host.UnloadAsync("colors", default);
        await _scenario.StateAsync("v1", ModelStates.Draining);

        Assert.False(unloading.IsCompleted);
        Assert.Equal("red", await HostScenario.AskAsync(lease.Model));
        lease.Dispose();
        Assert.Equal(Result.Success, await unloading);
    }

    [Fact]
    public async Task Load_ReleaseThatCannotBe_NamesItsVersion()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package(TestModels.Truncated())), Phases.Production);
        await _scenario.StateAsync("v1", ModelStates.Failed);

        var loaded = await _scenario.Host.LoadAsync("colors", default);

        Assert.Equal("serving.load_failed", loaded.Error!.Code);
        Assert.Equal(["colors", "v1"], loaded.Error.Args);
    }

    [Fact]
    public async Task Infer_WrongRequests_NameTheField()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Production);
        await _scenario.StateAsync("v1", ModelStates.Serving);
        using var lease = _scenario.Host.TryAcquire("colors", Phases.Production)!;
        var picture = HostScenario.RedPicture().Payload;

        var noPicture = await lease.Model.InferAsync(new InferenceRequest(new Dictionary<string, ReadOnlyMemory<byte>>(), default), default);
        var text = await lease.Model.InferAsync(
            new InferenceRequest(new Dictionary<string, ReadOnlyMemory<byte>> { ["photo"] = Encoding.UTF8.GetBytes("hello") }, default), default);
        using var parameters = System.Text.Json.JsonDocument.Parse("""{"top_k": 0}""");
        var topK = await lease.Model.InferAsync(new InferenceRequest(picture, parameters.RootElement), default);
        using var one = System.Text.Json.JsonDocument.Parse("""{"top_k": 1}""");
        var single = await lease.Model.InferAsync(new InferenceRequest(picture, one.RootElement), default);

        Assert.Equal("request.entry_missing", Support.InferenceParts.Problem(noPicture.Error).Code);
        Assert.Equal(("photo", "picture.not_a_picture"), (Support.InferenceParts.Problem(text.Error).Field, Support.InferenceParts.Problem(text.Error).Code));
        Assert.Equal("$.parameters.top_k", Support.InferenceParts.Problem(topK.Error).Field);
        Assert.Single(single.Value!.Result["confidences"]!.AsArray());
    }

    [Fact]
    public async Task Promotion_UnderRequests_FailsNone()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package(labels: "one\nx\ny\n")), Phases.Production);
        await _scenario.ReleaseAsync("v2", _scenario.AddPackage(TarFixtures.Package(labels: "two\nx\ny\n")), Phases.Retired);
        await _scenario.StateAsync("v1", ModelStates.Serving);
        using var over = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(() => AskUntilAsync(over.Token))).ToList();

        // Each of these loads the coming release anew, because the going one is unloaded when it is retired.
        for (var round = 0; round < 6; round++)
        {
            var (coming, going) = round % 2 == 0 ? ("v2", "v1") : ("v1", "v2");
            await _scenario.MoveAsync((coming, Phases.Production), (going, Phases.Retired));
            await _scenario.StateAsync(coming, ModelStates.Serving);
            await _scenario.GoneAsync(going);
            Assert.Equal(coming == "v2" ? "two" : "one", await _scenario.AskAsync());
        }

        await over.CancelAsync();
        var answers = (await Task.WhenAll(clients)).SelectMany(known => known).ToHashSet();
        Assert.Equal(["one", "two"], answers.Order());
    }

    [Fact]
    public async Task PhaseMoves_OfALoadedRelease_LoadNothing()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Staging);
        await _scenario.StateAsync("v1", ModelStates.Serving);
        var loaded = Loaded("v1");

        foreach (var phase in (string[])[Phases.Grey, Phases.Production])
        {
            await _scenario.MoveAsync(("v1", phase));
            await _scenario.WaitAsync(() => _scenario.Host.Statuses.FirstOrDefault(status => status.Phase == phase), phase);

            Assert.Equal("red", await _scenario.AskAsync(phase));
            Assert.Same(loaded, Loaded("v1"));
        }

        Assert.Equal("nothing serves", await _scenario.AskAsync(Phases.Grey));
    }

    [Fact]
    public async Task Retired_WithoutSuccessor_IsUnloaded()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Production);
        await _scenario.StateAsync("v1", ModelStates.Serving);

        await _scenario.MoveAsync(("v1", Phases.Retired));

        await _scenario.GoneAsync("v1");
        Assert.Equal("nothing serves", await _scenario.AskAsync());
    }

    [Fact]
    public async Task BrokenSuccessor_LeavesTheOldServingAndSaysWhy()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package(labels: "one\nx\ny\n")), Phases.Production);
        await _scenario.StateAsync("v1", ModelStates.Serving);

        await _scenario.PutAsync(
            (ConfigKey.AppRelease("colors", "v1"), HostScenario.Document(Phases.Retired)),
            (ConfigKey.AppRelease("colors", "v2"), HostScenario.Document(Phases.Production)),
            (ConfigKey.ReleaseManifest("colors", "v2"), HostScenario.Manifest(_scenario.AddPackage(TarFixtures.Package(TestModels.UnknownOperator())))));
        var failed = await _scenario.StateAsync("v2", ModelStates.Failed);

        Assert.Equal("package.unknown_operator", failed.ReasonCode);
        Assert.Contains("NoSuchOp", Assert.Single(failed.ReasonArgs), StringComparison.Ordinal);
        Assert.Equal("one", await _scenario.AskAsync());
        var kept = await _scenario.StateAsync("v1", ModelStates.Serving);
        Assert.Equal(Phases.Production, kept.Phase);
        await ReportedAsync(report => report.Models.Any(model => model is { Version: "v2", State: ModelStates.Failed, ReasonCode: "package.unknown_operator" }));

        // A good one after all.
        await _scenario.PutAsync(
            (ConfigKey.ReleaseManifest("colors", "v2"), HostScenario.Manifest(_scenario.AddPackage(TarFixtures.Package(labels: "two\nx\ny\n")))));
        await _scenario.StateAsync("v2", ModelStates.Serving);
        Assert.Equal("two", await _scenario.AskAsync());
        await _scenario.GoneAsync("v1");
    }

    [Fact]
    public async Task UnreadableDocument_OfAServingRelease_ChangesNothing()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Production);
        await _scenario.StateAsync("v1", ModelStates.Serving);

        await _scenario.PutAsync((ConfigKey.AppRelease("colors", "v1"), "{\"phase\":"u8.ToArray()), (ConfigKey.AppRelease("colors", "v2"), "[]"u8.ToArray()));
        var failed = await _scenario.StateAsync("v2", ModelStates.Failed);

        Assert.Equal("model.document_invalid", failed.ReasonCode);
        Assert.Equal("red", await _scenario.AskAsync());
    }

    [Fact]
    public async Task ManifestComesLater_IsServedThen()
    {
        var sha256 = _scenario.AddPackage(TarFixtures.Package());
        await _scenario.PutAsync((ConfigKey.AppRelease("colors", "v1"), HostScenario.Document(Phases.Production)), (ConfigKey.ReleaseManifest("colors", "v0"), HostScenario.Manifest(sha256)));
        var failed = await _scenario.StateAsync("v1", ModelStates.Failed);
        Assert.Equal("model.manifest_missing", failed.ReasonCode);

        await _scenario.PutAsync((ConfigKey.ReleaseManifest("colors", "v1"), HostScenario.Manifest(sha256)));

        await _scenario.StateAsync("v1", ModelStates.Serving);
    }

    [Fact]
    public async Task Retired_WithARequestInFlight_DrainsFirst()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package(TestModels.Slow(20_000))), Phases.Production);
        await _scenario.StateAsync("v1", ModelStates.Serving);
        var requests = Enumerable.Range(0, 4).Select(_ => Task.Run(() => _scenario.AskAsync())).ToList();
        var loaded = Loaded("v1");
        await _scenario.WaitAsync(() => loaded.Model.InFlight == 4 ? "all" : null, "four requests in flight");

        await _scenario.MoveAsync(("v1", Phases.Retired));
        await _scenario.StateAsync("v1", ModelStates.Draining);
        Assert.Null(_scenario.Host.TryAcquire("colors", Phases.Production));

        Assert.All(await Task.WhenAll(requests), answer => Assert.Equal("red", answer));
        await _scenario.GoneAsync("v1");
        Assert.True(loaded.Users.Idle.IsCompleted);
    }

    [Fact]
    public async Task Stop_WithRequestsInFlight_AnswersThemAndTakesItsStatusAway()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package(TestModels.Slow(TestModels.Endless))), Phases.Staging, batchSize: 1);
        await _scenario.ReleaseAsync("v2", _scenario.AddPackage(TarFixtures.Package(TestModels.Slow(20_000))), Phases.Production);
        await _scenario.StateAsync("v2", ModelStates.Serving);
        await ReportedAsync(report => report.Models.Count == 2);
        var requests = Enumerable.Range(0, 3).Select(_ => Task.Run(() => _scenario.AskAsync())).ToList();
        var loaded = Loaded("v2");
        await _scenario.WaitAsync(() => loaded.Model.InFlight == 3 ? "all" : null, "three requests in flight");

        await _scenario.StopHostAsync();

        Assert.All(await Task.WhenAll(requests), answer => Assert.Contains(answer, (string[])["red", "serving.unloaded"]));
        Assert.Null(await _scenario.Store.GetAsync(ConfigKey.Host(HostScenario.HostName), default));
    }

    [Fact]
    public async Task WorkerDocument_Changes_TakeEffectWithoutRestart()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Production);
        await _scenario.StateAsync("v1", ModelStates.Serving);
        var loaded = Loaded("v1");

        await _scenario.PutAsync((ConfigKey.WorkerAppDefault("colors"), new WorkerDocument { Delay4Batch = 1_000_000, MaxConcurrent = 3, Timeout = 0 }));
        await _scenario.WaitAsync(() => loaded.Model.Settings.MaxConcurrent == 3 ? "3" : null, "three at a time");
        Assert.Equal("serving.timeout", await _scenario.AskAsync());

        await _scenario.PutAsync(
            (ConfigKey.WorkerRelease("colors", "v1"), new WorkerDocument { MaxConcurrent = 1, Timeout = 60_000_000_000 }),
            (ConfigKey.AppRelease("colors", "v1"), HostScenario.Document(Phases.Production, batchSize: 7)));
        await _scenario.WaitAsync(() => loaded.Model.Settings is { MaxConcurrent: 1, BatchSize: 7 } ? "1" : null, "one at a time");
        Assert.Equal("red", await _scenario.AskAsync());
        using (loaded.Model.TryEnter().Value)
        {
            Assert.Equal("serving.busy", await _scenario.AskAsync());
        }

        Assert.Same(loaded, Loaded("v1"));
    }

    [Fact]
    public async Task CustomValues_Change_LoadsAgainAndSwaps()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Production);
        await _scenario.StateAsync("v1", ModelStates.Serving);
        var loaded = Loaded("v1");

        // The other way round: what was red is blue now.
        await _scenario.PutAsync((ConfigKey.AppRelease("colors", "v1"), HostScenario.Document(Phases.Production, values: new JsonObject { ["color"] = "bgr", ["other"] = 1 })));
        await _scenario.WaitAsync(() => Loaded("v1") == loaded ? null : "new", "another model");

        Assert.Equal("blue", await _scenario.AskAsync());
        await loaded.Users.Idle.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Package_IsNotHere_IsFetchedAndChecked()
    {
        var good = TarFixtures.Package().ToGzip();
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(good));
        var url = new Uri("https://packages.example/colors.tar.gz");
        await _scenario.ReleaseAsync("v1", sha256, Phases.Production, tarFile: url.AbsoluteUri);
        var unreachable = await _scenario.StateAsync("v1", ModelStates.Failed);
        Assert.Equal(("egress.unreachable", "packages.example"), (unreachable.ReasonCode, Assert.Single(unreachable.ReasonArgs)));

        // An outage is tried again by itself.
        _scenario.Egress.Bodies[url] = good;
        await _scenario.StateAsync("v1", ModelStates.Serving);
        Assert.True(File.Exists(_scenario.Data.PackagePath(sha256)));

        var other = new string('0', 64);
        await _scenario.ReleaseAsync("v2", other, Phases.Grey, tarFile: url.AbsoluteUri);
        var failed = await _scenario.StateAsync("v2", ModelStates.Failed);
        Assert.Equal("package.digest_differs", failed.ReasonCode);
        Assert.Equal([other, sha256], failed.ReasonArgs);
        Assert.False(File.Exists(_scenario.Data.PackagePath(other)));
    }

    [Fact]
    public async Task Restart_ServesWhatIsLive()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Production);
        await _scenario.StateAsync("v1", ModelStates.Serving);
        await _scenario.StopHostAsync();

        await _scenario.StartHostAsync();
        await _scenario.WaitAsync(() => _scenario.Host.IsReady ? "ready" : null, "ready");

        Assert.Equal("red", await _scenario.AskAsync());
    }

    [Fact]
    public async Task ManyRequests_OfASlowModel_ShareRuns()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package(TestModels.Slow(2_000))), Phases.Production);
        await _scenario.StateAsync("v1", ModelStates.Serving);
        using var lease = _scenario.Host.TryAcquire("colors", Phases.Production)!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(() => lease.Model.InferAsync(HostScenario.RedPicture(), default))));

        Assert.All(answers, answer => Assert.True(answer.IsSuccess, $"{answer.Error}"));
        Assert.Contains(answers, answer => answer.Value!.Timing.BatchSize == 4);
    }

    private async Task<HashSet<string>> AskUntilAsync(CancellationToken over)
    {
        var answers = new HashSet<string>();
        while (!over.IsCancellationRequested)
        {
            answers.Add(await _scenario.AskAsync(ct: CancellationToken.None));
        }

        return answers;
    }

    private LoadedModel Loaded(string version)
    {
        using var lease = _scenario.Host.TryAcquireVersion("colors", version);
        return ((ServedModel)lease!.Model).Loaded;
    }

    private async Task ReportedAsync(Func<HostStatusDocument, bool> condition)
    {
        var key = ConfigKey.Host(HostScenario.HostName);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await _scenario.Store.GetAsync(key, patience.Token) is { LeaseId: not 0 } entry
                && ConfigJson.TryParse<HostStatusDocument>(entry.Value, out var report) && condition(report))
            {
                return;
            }

            await Task.Delay(20, patience.Token);
        }
    }
}
