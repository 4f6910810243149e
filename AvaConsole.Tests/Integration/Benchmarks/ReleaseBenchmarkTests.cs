using AvaConsole.Core.Benchmarks;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Inference.Hosting;
using AvaConsole.Tests.Inference.Pipelines.Ensembles;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Support.OnnxModels;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Integration.Benchmarks;

/// <summary>Real models, measured for as short as may be: that figures are there, not how good they are.</summary>
public sealed class ReleaseBenchmarkTests : IAsyncLifetime
{
    private static readonly BenchmarkSettings s_settings = new() { Clients = [1, 2], SecondsPerStep = 1 };

    private readonly List<BenchmarkReport> _told = [];
    private HostScenario _scenario = null!;

    private IReleaseBenchmark Benchmark => _scenario.Services.GetRequiredService<IReleaseBenchmark>();

    public async Task InitializeAsync() => _scenario = await HostScenario.StartAsync();

    public async Task DisposeAsync() => await _scenario.DisposeAsync();

    [Fact]
    public async Task RunAsync_ReleaseWithTestCases_MeasuresThemAndRoutesNothing()
    {
        TestCase[] tests =
        [
            new() { Name = "green", Content = TestPictures.Rgb(30, 20, TestPictures.Green) },
            new() { Name = "text", Content = "text"u8.ToArray() },
        ];

        var measured = await RunAsync(TarFixtures.Package(), tests);

        Assert.True(measured.IsSuccess, $"{measured.Error}");
        var report = measured.Value;
        Assert.Equal(["green"], report.Sent);
        Assert.Equal(("CPU", 4, 2.0), (report.Device, report.BatchSize, report.DelayMilliseconds));
        Assert.Equal([1, 2], report.Points.Select(point => point.Clients));
        Assert.All([.. report.Points, report.Raw!, .. report.Delays.Select(delay => delay.Point)], IsPlausible);
        Assert.Equal(1, report.Plan!.Costs[0].Rows);
        Assert.Equal(report.Batchable ? [0, 2, 5, 10] : [], report.Delays.Select(delay => delay.DelayMilliseconds));
        Assert.Equal((report.Steps, report.Steps + 1), (report.StepsDone, _told.Count));
        Assert.Null(_scenario.Host.TryAcquireVersion("colors", "v1"));
        Assert.Empty(_scenario.Host.Statuses);
    }

    [Fact]
    public async Task RunAsync_NoTestCases_MakesUpTensors()
    {
        var measured = await RunAsync(TarFixtures.Package(), []);

        Assert.True(measured.IsSuccess, $"{measured.Error}");
        Assert.Empty(measured.Value.Sent);
        Assert.All(measured.Value.Points, IsPlausible);
    }

    [Fact]
    public async Task RunAsync_Ensemble_IsMeasuredByItsTestCases()
    {
        var measured = await RunAsync(EnsembleReleaseTests.Archive(EnsemblePackage.FindAndName), [new TestCase { Name = "halves", Content = EnsemblePackage.RedAndBlue }]);

        Assert.True(measured.IsSuccess, $"{measured.Error}");
        Assert.Equal(["halves"], measured.Value.Sent);
        Assert.All(measured.Value.Points, IsPlausible);
        Assert.Null(measured.Value.Raw);
        Assert.Equal(measured.Value.Steps, measured.Value.StepsDone);
    }

    [Fact]
    public async Task RunAsync_EnsembleWithoutTestCases_SaysThatItNeedsOne()
    {
        var measured = await RunAsync(EnsembleReleaseTests.Archive(EnsemblePackage.FindAndName), []);

        Assert.Equal("benchmark.no_input", InferenceParts.Problem(measured.Error).Code);
    }

    [Fact]
    public async Task RunAsync_NoModel_SaysWhy()
    {
        var measured = await RunAsync(new TarBuilder().File("readme.txt", "no model"), []);

        Assert.StartsWith("package.", InferenceParts.Problem(measured.Error).Code, StringComparison.Ordinal);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task RunAsync_CancelledWhileMeasuring_EndsTheStepEarly()
    {
        using var cancelled = new CancellationTokenSource();
        var settings = s_settings with { SecondsPerStep = 60 };
        var running = Benchmark.RunAsync(Release(TarFixtures.Package()), [], settings, WorkerDocument.BuiltIn, report => cancelled.CancelAsync(), cancelled.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(50)));
    }

    private static void IsPlausible(BenchmarkPoint point)
    {
        Assert.Equal(0, point.Errors);
        Assert.True(point.PerSecond > 0, $"{point}");
        Assert.True(point.P50 > 0 && point.P50 <= point.P90 && point.P90 <= point.P99, $"{point}");
    }

    private Task<AvaConsole.Core.Common.Result<BenchmarkReport>> RunAsync(TarBuilder package, IReadOnlyList<TestCase> tests) =>
        Benchmark.RunAsync(Release(package), tests, s_settings, WorkerDocument.BuiltIn, report =>
        {
            _told.Add(report);
            return Task.CompletedTask;
        }, default);

    private Release Release(TarBuilder package) => new()
    {
        App = new App { Command = "colors" },
        Version = "v1",
        BatchSize = 4,
        Package = new ModelPackage { Sha256 = _scenario.AddPackage(package) },
    };
}
