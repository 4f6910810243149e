using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.Hosting;

namespace AvaConsole.Inference.Execution.Benchmarks;

/// <summary>What a release is asked while it is measured: its test cases in turn, through its pipeline, or made-up tensors past it.</summary>
internal sealed class ReleaseLoad
{
    private readonly LoadedModel _model;
    private readonly Func<ValueTask<bool>> _askAsync;

    private ReleaseLoad(LoadedModel model, IReadOnlyList<string> names, Func<ValueTask<bool>> askAsync) => (_model, Names, _askAsync) = (model, names, askAsync);

    /// <summary>Of the test cases; empty for made-up tensors.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The test cases that the model answers, each asked once to find out; without any, one row of tensors made up by its signature, unless it is an ensemble.</summary>
    /// <returns><c>benchmark.no_input</c> where it takes neither.</returns>
    public static async Task<Result<ReleaseLoad>> ChooseAsync(LoadedModel model, IReadOnlyList<TestCase> tests, CancellationToken ct)
    {
        var served = new ServedModel(model, Phases.Staging, new AppMetadataDocument(), null, null);
        var (names, requests) = (new List<string>(), new List<InferenceRequest>());
        foreach (var test in tests)
        {
            var request = CaseRequest.Of(test);
            if ((await served.InferAsync(request, ct).ConfigureAwait(false)).IsSuccess)
            {
                names.Add(test.Name);
                requests.Add(request);
            }
        }

        if (requests.Count > 0)
        {
            var next = -1;
            return new ReleaseLoad(model, names, async () =>
            {
                var request = requests[(int)((uint)Interlocked.Increment(ref next) % (uint)requests.Count)];
                return (await served.InferAsync(request, CancellationToken.None).ConfigureAwait(false)).IsSuccess;
            });
        }

        // What an ensemble takes are payloads, which nobody can make up; its first model's figures would pass for the whole.
        return model is not { Path: not null, Model.Sample: { } sample } ? new InvalidError("", "benchmark.no_input") : new ReleaseLoad(model, [], async () =>
        {
            var answer = await served.InferAsync(sample, CancellationToken.None).ConfigureAwait(false);
            answer.Value?.Dispose();
            return answer.IsSuccess;
        });
    }

    /// <summary>So many callers that each ask again as soon as they are answered.</summary>
    /// <param name="ct">Ends them early, without an exception.</param>
    public BenchmarkCase Callers(int clients, CancellationToken ct) => BenchmarkCase.OfCallers("release", 1, clients, _model.Model, _askAsync, ct);
}
