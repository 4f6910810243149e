using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;
using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Hosting;

/// <summary>Loads a release just as it would be served, but routes nothing to it.</summary>
internal sealed class ReleaseVerifier(ReleaseLoader loader) : IReleaseVerifier
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    // Test cases run one after the other, and on a busy machine; they test the answer, not the time.
    private static readonly WorkerDocument s_worker = new() { MaxConcurrent = 1, Timeout = 120_000_000_000 };

    public async Task<Result<IVerificationTarget>> LoadAsync(Release release, CancellationToken ct)
    {
        var spec = ReleaseSpec.From(release);
        if (!spec.IsSuccess)
        {
            return spec.Error;
        }

        var loaded = await loader.LoadAsync(spec.Value, s_worker, release.BatchSize, LoadPurpose.Verification, _ => { }, ct).ConfigureAwait(false);
        return loaded.IsSuccess ? new Target(loaded.Value, release.ApiVersion?.Schema) : loaded.Error;
    }

    private sealed class Target(LoadedModel model, ApiSchema? api) : IVerificationTarget
    {
        private readonly ServedModel _served = new(model, Phases.Staging, new AppMetadataDocument(), api, null);

        public async Task<Result<VerificationAnswer>> RunAsync(TestCase testCase, CancellationToken ct)
        {
            var answer = await _served.AnswerCaseAsync(CaseRequest.Of(testCase), ct).ConfigureAwait(false);
            if (!answer.IsSuccess)
            {
                return answer.Error;
            }

            // Best first in either; other kinds have no class.
            var best = (answer.Value.Result["confidences"] ?? answer.Value.Result["detections"]) is JsonArray { Count: > 0 } found ? found[0] : null;
            return new VerificationAnswer((string?)best?["class"] ?? "", (double?)best?["score"] ?? 0, answer.Value.Timing.Total) { Result = answer.Value.Result };
        }

        public async ValueTask DisposeAsync() => await model.RetireAsync(s_patience).ConfigureAwait(false);
    }
}
