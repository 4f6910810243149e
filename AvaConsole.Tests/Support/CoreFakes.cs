using AvaConsole.Core.Common;
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
