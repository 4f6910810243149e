using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Inference.Hosting;

/// <summary>
/// Asks a loaded model what it was asked when it was verified, before anybody else may ask it: alone, and as many at a time as share a run. Made-up numbers
/// warm the model; these show that payloads of the kind that will come are answered on this host, too.
/// </summary>
internal static class CaseWarmUp
{
    // Each copy is decoded, too: beyond this, only the decoder would be tried.
    private const int MostAtOnce = 16;

    /// <summary>Null where all were answered.</summary>
    public static async Task<Error?> RunAsync(LoadedModel model, IReadOnlyList<WarmUpCase> cases, ILogger logger, CancellationToken ct)
    {
        var served = new ServedModel(model, Phases.Staging, new AppMetadataDocument(), null, null);
        var atOnce = Math.Clamp(Math.Min(model.Model.Settings.BatchSize, model.Model.Settings.MaxConcurrent), 1, MostAtOnce);
        foreach (var asked in cases)
        {
            foreach (var copies in new[] { 1, atOnce }.Distinct())
            {
                var request = CaseRequest.Of(asked);
                var answers = await Task.WhenAll(Enumerable.Range(0, copies).Select(_ => served.AnswerCaseAsync(request, ct))).ConfigureAwait(false);
                if (Array.Find(answers, answer => Condemns(answer.Error)) is { Error: { } error })
                {
                    logger.LogWarning("{App} {Version} does not answer the test case {Name}, {Copies} at once: {Error}", model.Spec.App, model.Spec.Version, asked.Name, copies, error);
                    return new InvalidError("warm_up", "model.warm_up_case_failed", asked.Name);
                }
            }
        }

        return null;
    }

    /// <summary>Too late or too many is for the worker document, which may change.</summary>
    private static bool Condemns(Error? error) => error is InvalidError or UnavailableError;
}
