using AvaConsole.Core.Benchmarks;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;

namespace AvaConsole.Tests.Support;

/// <summary>Finds the same model in every archive, or what the test says.</summary>
public sealed class FakePackageInspector : IPackageInspector
{
    public Result<PackageInspection> Answer { get; set; } = new PackageInspection
    {
        Files = [new PackageFile("model.onnx", 3)],
        Labels = ["0", "1"],
        Pipeline = "classification",
    };

    public Task<Result<PackageInspection>> InspectAsync(string archivePath, CancellationToken ct) => Task.FromResult(Answer);
}

/// <summary>A model that gives every picture the label of its first byte.</summary>
public sealed class FakeReleaseVerifier : IReleaseVerifier
{
    public Error? LoadError { get; set; }

    public double Score { get; set; } = 0.9;

    public Task<Result<IVerificationTarget>> LoadAsync(Release release, CancellationToken ct) =>
        Task.FromResult<Result<IVerificationTarget>>(LoadError is { } error ? error : new Target(this));

    private sealed class Target(FakeReleaseVerifier owner) : IVerificationTarget
    {
        public Task<Result<VerificationAnswer>> RunAsync(TestCase testCase, CancellationToken ct) =>
            Task.FromResult<Result<VerificationAnswer>>(new VerificationAnswer($"{(char)testCase.Content[0]}", owner.Score, 1.5));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>Notes what was scheduled; the test runs it.</summary>
public sealed class FakeVerificationScheduler : IVerificationScheduler
{
    public List<Guid> Scheduled { get; } = [];

    public Exception? Failure { get; set; }

    public Task ScheduleAsync(Guid verificationRunId, CancellationToken ct)
    {
        if (Failure is { } failure) throw failure;
        Scheduled.Add(verificationRunId);
        return Task.CompletedTask;
    }
}

public sealed class FakeEgressClient : IEgressClient
{
    public Func<Uri, Result<Stream>> Answer { get; set; } = _ => new UnavailableError("egress.refused");

    public Task<Result<Stream>> GetAsync(Uri url, long maxBytes, CancellationToken ct) => Task.FromResult(Answer(url));
}

public sealed class FakeConsoleAddress : IConsoleAddress
{
    public string PublicUrl => "http://console.test";
}

/// <summary>Measures what the test says, one load after the other.</summary>
public sealed class FakeReleaseBenchmark : IReleaseBenchmark
{
    public string Host => "test-host";

    public Error? Failure { get; set; }

    /// <summary>Awaited after the first load was told.</summary>
    public Func<CancellationToken, Task> Pause { get; set; } = _ => Task.CompletedTask;

    /// <summary>Knee at 4 callers, 200 requests a second times <see cref="Speed"/>.</summary>
    public double Speed { get; set; } = 1;

    public async Task<Result<BenchmarkReport>> RunAsync(
        Release release, IReadOnlyList<TestCase> tests, BenchmarkSettings settings, WorkerDocument worker, Func<BenchmarkReport, Task> progress, CancellationToken ct)
    {
        if (Failure is { } failure) return failure;
        var report = new BenchmarkReport
        {
            Device = "CPU",
            Sent = [.. tests.Select(test => test.Name)],
            Plan = new BenchmarkPlan(2, 1, false, 4, [new RunCost(1, 10), new RunCost(2, 12), new RunCost(4, 16), new RunCost(8, 40)]),
            Batchable = true,
            BatchSize = release.BatchSize,
            DelayMilliseconds = worker.Delay4Batch / 1e6,
            Steps = settings.Clients.Count + 1,
        };
        foreach (var clients in settings.Clients)
        {
            var perSecond = Math.Min(clients, 4) * 50 * Speed;
            var point = new BenchmarkPoint(clients, perSecond, clients / perSecond * 1000, clients / perSecond * 1200, clients / perSecond * 1500, Math.Min(clients, 4), 0);
            report = report with { Points = [.. report.Points, point], StepsDone = report.StepsDone + 1 };
            await progress(report);
            await Pause(ct);
            ct.ThrowIfCancellationRequested();
        }

        return report with
        {
            Raw = new BenchmarkPoint(2, 250 * Speed, 8, 9, 10, 0, 0),
            Delays = [new DelayPoint(0, report.Points[^1]), new DelayPoint(5, report.Points[^1] with { PerSecond = 400 })],
            StepsDone = report.Steps,
        };
    }
}
