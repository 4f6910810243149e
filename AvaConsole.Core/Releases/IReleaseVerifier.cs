using System.Text.Json.Nodes;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Releases;

/// <summary>Loads a release beside the live ones and answers test cases. Implemented by the inference project.</summary>
public interface IReleaseVerifier
{
    /// <summary>Loads and warms the model without routing anything to it. Failures carry codes <c>package.*</c> or <c>model.*</c>.</summary>
    Task<Result<IVerificationTarget>> LoadAsync(Release release, CancellationToken ct);
}

/// <summary>A loaded model that only its verification can reach; unloaded when disposed.</summary>
public interface IVerificationTarget : IAsyncDisposable
{
    Task<Result<VerificationAnswer>> RunAsync(TestCase testCase, CancellationToken ct);
}

/// <param name="Label">The label with the highest score; empty where the pipeline gives none.</param>
/// <param name="Score">Its score, 0–1.</param>
/// <param name="Milliseconds">From decoding to the answer.</param>
public sealed record VerificationAnswer(string Label, double Score, double Milliseconds)
{
    /// <summary>The whole answer, in the shape of the pipeline's kind.</summary>
    public JsonObject Result { get; init; } = [];
}

/// <summary>Starts a verification run in the background. Implemented with the job scheduler.</summary>
public interface IVerificationScheduler
{
    Task ScheduleAsync(Guid verificationRunId, CancellationToken ct);
}
