using System.Text;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Data;
using AvaConsole.Core.Releases;
using AvaConsole.Inference;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Support.OnnxModels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AvaConsole.Tests.Integration.Releases;

/// <summary>Releases that take and give tensors, verified by the real host: from the test case in the database to the evidence.</summary>
[Trait("Category", "Integration")]
public sealed class RawVerificationTests : IAsyncLifetime
{
    private TestConsole _console = null!;
    private ReleaseScenario _scenario = null!;
    private ServiceProvider _host = null!;

    public async Task InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        _scenario = await ReleaseScenario.CreateAsync(_console);
        foreach (var test in (await _console.Apps.GetAsync(_scenario.Command, default)).Value!.TestCases)
        {
            await _console.Apps.RemoveTestCaseAsync(test.Id, _console.Alice, default);
        }

        _host = new ServiceCollection()
            .AddLogging()
            .AddSingleton(_console.Store)
            .AddSingleton(_console.Data)
            .AddSingleton(_console.Get<IEgressClient>())
            .AddAvaInference(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Inference:Provider"] = "cpu" }).Build())
            .BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _console.DisposeAsync();
    }

    [Fact]
    public async Task Run_ModelOfTwoTensors_PassesAndFailsByItsNumbers()
    {
        await AddAsync("right", """{"outputs": [{"name": "sum", "data": [4, 6]}, {"name": "product", "data": [3, 8.00001]}]}""", ("a", "[[1, 2]]"), ("b", "[[3, 4]]"));
        await AddAsync("wrong", """{"outputs": [{}, {"data": [3, 9]}]}""", ("a", "[[1, 2]]"), ("b", "[[3, 4]]"));

        var run = await VerifyAsync(TensorModels.SumAndProduct());

        Assert.Equal(VerificationState.Failed, run.State);
        Assert.Equal(["right:True:", "wrong:False:verification.other_value"], run.Results.Select(result => $"{result.Name}:{result.Passed}:{result.FailureCode}"));
        Assert.Equal(("$.outputs[1].data[1] = 9", "8"), (run.Results[1].ExpectedLabel, run.Results[1].ActualLabel));
    }

    [Fact]
    public async Task Submit_Verified_GivesHostsTheWholePayloadToWarmUpWith()
    {
        await AddAsync("right", """{"outputs": [{"data": [4, 6]}, {}]}""", ("a", "[[1, 2]]"), ("b", "[[3, 4]]"));
        var run = await VerifyAsync(TensorModels.SumAndProduct());
        Assert.Equal(VerificationState.Passed, run.State);

        var preview = (await _console.Releases.PreviewSubmitAsync(run.ReleaseId, _console.Alice, default)).Value!;

        var written = preview.Operations.Single(operation => operation.Key.StartsWith("/ava/console/releases/", StringComparison.Ordinal)).NewDisplay!;
        Assert.True(ConfigJson.TryParse<ReleaseManifest>(Encoding.UTF8.GetBytes(written), out var manifest));
        var asked = Assert.Single(manifest.WarmUp!);
        Assert.Equal(("a", "[[1, 2]]", "[[3, 4]]"), (asked.Entry, Encoding.UTF8.GetString(asked.Content), Encoding.UTF8.GetString(asked.More!["b"])));
    }

    [SharedDataFact("models/sklearn_randomforest")]
    public async Task Run_RandomForestWithMaps_PassesByItsLabelAndItsProbabilities()
    {
        await AddAsync("setosa", """{"outputs": [{"data": [0]}, {"sequence": [{"map": {"0": 1.0, "1": 0.0}}]}]}""", ("X", "[[5.1, 3.5, 1.4, 0.2]]"));

        var run = await VerifyAsync(await File.ReadAllBytesAsync(Directory.EnumerateFiles(SharedData.Combine("models", "sklearn_randomforest"), "*.onnx").Single()));

        Assert.True(run.State == VerificationState.Passed, string.Join('\n', run.Results));
    }

    private async Task AddAsync(string name, string expected, params (string Name, string Json)[] entries)
    {
        var payload = entries.Select(entry => new TestCaseEntry(entry.Name, "", "application/json", Encoding.UTF8.GetBytes(entry.Json))).ToList();
        var request = new TestCaseRequest(name, "", payload[0].MediaType, payload[0].Content, "", null)
        {
            Entry = payload[0].Name,
            More = payload[1..],
            Kind = ExpectationKind.Values,
            Expected = expected,
        };
        Assert.Null((await _console.Apps.AddTestCaseAsync(_scenario.App.Id, request, _console.Alice, default)).Error);
    }

    /// <summary>Of a package that holds the model alone.</summary>
    private async Task<VerificationRun> VerifyAsync(byte[] model)
    {
        using var archive = new MemoryStream(new TarBuilder().File("model.onnx", model).ToTar());
        var package = (await _console.Packages.AddAsync(archive, "raw.tar", null, _console.Alice, default)).Value!;
        var request = _scenario.Request() with { PackageId = package.Id, ImageWidth = 0, CustomValues = "{}" };
        var release = (await _console.Releases.CreateAsync(_scenario.App.Id, request, _console.Alice, default)).Value!;
        var verifications = new VerificationService(
            _console.Get<IDbContextFactory<AvaDbContext>>(),
            _host.GetRequiredService<IReleaseVerifier>(),
            _console.Scheduler,
            _console.Get<AuditLog>(),
            _console.Get<AccessGuard>(),
            _console.Get<ConsoleEvents>(),
            TimeProvider.System,
            NullLogger<VerificationService>.Instance);
        var run = (await verifications.StartAsync(release.Id, _console.Alice, default)).Value!;
        await verifications.RunAsync(run.Id, default);
        return (await _console.Releases.GetAsync(release.Id, default)).Value!.Verifications[0];
    }
}
