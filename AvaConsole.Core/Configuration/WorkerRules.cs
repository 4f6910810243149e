using AvaConsole.Core.Common;

namespace AvaConsole.Core.Configuration;

/// <summary>What a worker document that a person enters must fulfil. All problems at once; fields are the request's properties.</summary>
internal static class WorkerRules
{
    public const long Millisecond = 1_000_000;
    public const long Second = 1_000 * Millisecond;
    public const long MaxDelay = 60 * Second;
    public const int MaxConcurrent = 100_000;
    public const long MinTimeout = Millisecond;
    public const long MaxTimeout = 3_600 * Second;

    public static List<Problem> Check(WorkerRequest request)
    {
        var problems = new List<Problem>();
        if (request.Delay4Batch is < 0 or > MaxDelay)
        {
            problems.Add(new Problem(nameof(request.Delay4Batch), "worker.delay_range", MaxDelay / Second));
        }

        if (request.MaxConcurrent is < 1 or > MaxConcurrent)
        {
            problems.Add(new Problem(nameof(request.MaxConcurrent), "worker.max_concurrent_range", MaxConcurrent));
        }

        if (request.Timeout is < MinTimeout or > MaxTimeout)
        {
            problems.Add(new Problem(nameof(request.Timeout), "worker.timeout_range", MinTimeout / Millisecond, MaxTimeout / Second));
        }

        return problems;
    }
}
