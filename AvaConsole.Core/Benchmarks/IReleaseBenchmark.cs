using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;

namespace AvaConsole.Core.Benchmarks;

/// <summary>Loads a release beside the live ones and measures it. Implemented by the inference project.</summary>
public interface IReleaseBenchmark
{
    /// <summary>The name of this process's inference host.</summary>
    string Host { get; }

    /// <summary>Loads, measures and unloads.</summary>
    /// <param name="release">With app and package.</param>
    /// <param name="tests">What to send, in turn; tensors are made up where there are none that the model answers.</param>
    /// <param name="worker">In force for the release; its delay counts, its limits of callers do not.</param>
    /// <param name="progress">Is told all that is known whenever that is more.</param>
    /// <returns>The last report; errors <c>package.*</c> or <c>model.*</c> where it does not load, <c>benchmark.no_input</c> where nothing can be sent.</returns>
    Task<Result<BenchmarkReport>> RunAsync(
        Release release, IReadOnlyList<TestCase> tests, BenchmarkSettings settings, WorkerDocument worker, Func<BenchmarkReport, Task> progress, CancellationToken ct);
}
