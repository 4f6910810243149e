using AvaConsole.Core.Benchmarks;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.OnnxRuntime;
using Microsoft.Extensions.Options;

namespace AvaConsole.Inference.Execution.Benchmarks;

/// <summary>Loads a release once more beside the live ones, and measures it by its own requests. It shares the machine's runs and the models' memory with them.</summary>
internal sealed class ReleaseBenchmark(ReleaseLoader loader, OrtRuntime runtime, IOptions<InferenceOptions> options) : IReleaseBenchmark
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    // A caller that waits long is a latency to be shown, not an error.
    private const long Timeout = 120_000_000_000;

    public string Host => options.Value.HostName ?? Environment.MachineName;

    public async Task<Result<BenchmarkReport>> RunAsync(
        Release release, IReadOnlyList<TestCase> tests, BenchmarkSettings settings, WorkerDocument worker, Func<BenchmarkReport, Task> progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(release);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(worker);
        var spec = ReleaseSpec.From(release);
        if (!spec.IsSuccess)
        {
            return spec.Error;
        }

        // Its delay is the release's; its bound on callers would end the measurement where it gets interesting.
        var unbounded = worker with { MaxConcurrent = settings.Clients.Max(), Timeout = Timeout };
        var loaded = await loader.LoadAsync(spec.Value, unbounded, release.BatchSize, LoadPurpose.Benchmark, _ => { }, ct).ConfigureAwait(false);
        if (!loaded.IsSuccess)
        {
            return loaded.Error;
        }

        try
        {
            return await new ReleaseMeasurement(loaded.Value, runtime, settings, progress).RunAsync(tests, ct).ConfigureAwait(false);
        }
        finally
        {
            await loaded.Value.RetireAsync(s_patience).ConfigureAwait(false);
        }
    }
}
