using AvaConsole.Core.Configuration;

namespace AvaConsole.Inference.Batching;

/// <summary>What the effective worker document and the release ask of a batcher.</summary>
/// <param name="BatchSize">Requests that share a run at most; at least 1.</param>
/// <param name="Delay">The longest that a request waits for others to share its run.</param>
/// <param name="MaxConcurrent">Requests in flight, decoding included; at least 1.</param>
/// <param name="Timeout">For a whole request; zero lets none through.</param>
internal sealed record BatchSettings(int BatchSize, TimeSpan Delay, int MaxConcurrent, TimeSpan Timeout)
{
    private const long NanosecondsPerTick = 100;

    // What timers take; a timeout of weeks is none.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(20);

    /// <param name="batchable">Otherwise every request runs alone, whatever the release says.</param>
    public static BatchSettings From(WorkerDocument worker, int releaseBatchSize, bool batchable) => new(
        batchable ? Math.Max(1, releaseBatchSize) : 1,
        Span(worker.Delay4Batch),
        Math.Max(1, worker.MaxConcurrent),
        Span(worker.Timeout));

    private static TimeSpan Span(long nanoseconds)
    {
        var span = TimeSpan.FromTicks(Math.Max(0, nanoseconds) / NanosecondsPerTick);
        return span < s_longest ? span : s_longest;
    }
}
