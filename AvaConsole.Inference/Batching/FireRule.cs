namespace AvaConsole.Inference.Batching;

/// <summary>What is known when a run could begin. Milliseconds.</summary>
/// <param name="Rows">That wait and could share the run.</param>
/// <param name="Limit">Rows of a run at most.</param>
/// <param name="Preparing">Requests that were admitted and are still being read or decoded: only they can join.</param>
/// <param name="OldestAge">How long the oldest has waited.</param>
/// <param name="Left">Until the oldest's caller gives up.</param>
/// <param name="Delay">The longest that a request may be made to wait.</param>
/// <param name="Interval">Mean time between the latest arrivals; 0 while unknown.</param>
internal readonly record struct FireState(int Rows, int Limit, int Preparing, double OldestAge, double Left, double Delay, double Interval);

/// <summary>
/// When a batch leaves: full, nobody else on the way, batches no faster, the next one not expected before waiting has cost what sharing can
/// save, the delay over, or the oldest's time short. The delay is an upper bound, never a hold.
/// </summary>
internal static class FireRule
{
    private const double Margin = 1.2;

    /// <summary>Of what sharing saves: the next must be expected within that, so that most waits end with somebody joining.</summary>
    private const double Expected = 0.5;

    /// <summary>What can be said without looking at the waiting ones.</summary>
    public static bool IsDueAnyway(int rows, int limit, int preparing, double delay, BatchCost cost) =>
        rows >= limit || preparing == 0 || delay == 0 || !cost.PaysToWait(limit);

    /// <summary>Milliseconds to wait; 0 to run now.</summary>
    public static double Wait(in FireState state, BatchCost cost)
    {
        if (IsDueAnyway(state.Rows, state.Limit, state.Preparing, state.Delay, cost) || state.Interval > Expected * cost.MostToWait)
        {
            return 0;
        }

        var most = Math.Min(state.Delay, cost.MostToWait) - state.OldestAge;
        var slack = state.Left - (Margin * cost.Predict(state.Rows + 1));
        return Math.Max(0, Math.Min(most, slack));
    }
}
