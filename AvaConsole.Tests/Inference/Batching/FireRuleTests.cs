using AvaConsole.Inference.Batching;
using FsCheck;
using FsCheck.Fluent;

namespace AvaConsole.Tests.Inference.Batching;

public sealed class FireRuleTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void Wait_AnyState_StaysWithinEveryBound() => Prop.ForAll(States().ToArbitrary(), both =>
    {
        var (state, cost) = both;
        var wait = FireRule.Wait(state, cost);

        // A wait of nothing is always within the bounds.
        return wait == 0
            || (wait > 0
                && wait <= state.Delay - state.OldestAge
                && wait <= cost.MostToWait - state.OldestAge
                && wait <= state.Left - cost.Predict(state.Rows + 1)
                && state.Rows < state.Limit
                && state.Preparing > 0
                && state.Interval <= cost.MostToWait
                && cost.PaysToWait(state.Limit));
    }).Check(s_config);

    [Fact]
    public void Wait_MoreRows_NeverWaitsLonger() => Prop.ForAll(States().ToArbitrary(), both =>
        FireRule.Wait(both.State with { Rows = both.State.Rows + 1 }, both.Cost) <= FireRule.Wait(both.State, both.Cost)).Check(s_config);

    /// <summary>
    /// Closed loops of 1, 4 and 16 callers on one run at a time, with made-up costs of runs and of preparing a request: what batching answers
    /// in an hour of the simulated clock against what it answers when it is off.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public void Wait_CallersInClosedLoops_BatchingIsNeverWorseThanOffByMoreThanFivePercent(int callers) =>
        Prop.ForAll(Loads().ToArbitrary(), load =>
        {
            var off = ClosedLoop.Run(callers, 1, load);
            var on = ClosedLoop.Run(callers, 8, load);
            return (on >= 0.95 * off).Label($"{load}: {on} answers with batching, {off} without");
        }).Check(s_config.WithMaxTest(200));

    [Fact]
    public void LimitRows_LargerBatchesAreNoFaster_IsTheSmallestThatIsAsGood()
    {
        var cost = new BatchCost();
        foreach (var (rows, milliseconds) in new[] { (1, 10.0), (2, 12.0), (4, 23.9), (8, 50.0) })
        {
            cost.Learn(rows, milliseconds);
        }

        Assert.Equal(2, cost.LimitRows(8));
        Assert.Equal(1, cost.LimitRows(1));
    }

    [Fact]
    public void LimitRows_TheLargestIsBest_IsNoBound()
    {
        var cost = new BatchCost();
        cost.Learn(1, 10);
        cost.Learn(8, 11);

        Assert.Equal(64, cost.LimitRows(64));
    }

    [Fact]
    public void Record_RunsOfOneSize_MovesTheMeanAndKeepsTheSlope()
    {
        var cost = new BatchCost();
        cost.Learn(1, 2);
        cost.Learn(8, 9);
        Assert.Equal(1, cost.Predict(2) - cost.Predict(1), 6);

        for (var run = 0; run < 60; run++)
        {
            cost.Record(4, 20);
        }

        Assert.Equal(20, cost.Predict(4), 3);
        Assert.True(cost.Predict(8) > 20);
    }

    private static Gen<(FireState State, BatchCost Cost)> States() =>
        from load in Loads()
        from limit in Gen.Choose(1, 32)
        from rows in Gen.Choose(1, 40)
        from preparing in Gen.Choose(0, 5)
        from age in Milliseconds(50)
        from left in Milliseconds(2000)
        from delay in Milliseconds(100)
        from interval in Milliseconds(20)
        select (new FireState(rows, limit, preparing, age, left, delay, interval), load.ToCost());

    private static Gen<Load> Loads() =>
        from perRow in Milliseconds(10)
        from perRun in Milliseconds(10)
        from prepare in Milliseconds(30)
        from delay in Milliseconds(100)
        select new Load(0.05 + perRow, 0.05 + perRun, prepare, delay);

    private static Gen<double> Milliseconds(int most) => Gen.Choose(0, most * 100).Select(hundredths => hundredths / 100.0);
}

/// <summary>A model, and those who call it. Milliseconds.</summary>
/// <param name="Prepare">From an answer to the caller's next decoded request, a fifth more or less.</param>
internal sealed record Load(double PerRow, double PerRun, double Prepare, double Delay)
{
    public double Time(int rows) => (PerRow * rows) + PerRun;

    public BatchCost ToCost()
    {
        var cost = new BatchCost();
        foreach (var rows in BatchSizes)
        {
            cost.Learn(rows, Time(rows));
        }

        return cost;
    }

    private static int[] BatchSizes => [1, 2, 4, 8];
}

/// <summary>Callers that each ask again when they are answered, one run at a time, on a clock that only the simulation moves.</summary>
internal static class ClosedLoop
{
    private const double Hour = 3_600_000;
    private const int Enough = 4000;
    private const double Scatter = 0.2;

    /// <returns>Answers a second.</returns>
    public static double Run(int callers, int batchSize, Load load)
    {
        var cost = load.ToCost();
        var limit = cost.LimitRows(batchSize);

        // Callers whose preparation always took equally long would stay in step for ever; nobody's does.
        var random = new Random(callers);
        var arrivals = new PriorityQueue<double, double>();
        var waiting = new Queue<double>();
        var (now, answers, interval, lastArrival) = (0.0, 0L, 0.0, 0.0);
        for (var caller = 0; caller < callers; caller++)
        {
            // Not all at once: nobody starts a hundred programs in the same microsecond.
            var at = load.Prepare * (caller + 1) / callers;
            arrivals.Enqueue(at, at);
        }

        while (answers < Enough && now < Hour)
        {
            while (arrivals.TryPeek(out var next, out _) && next <= now)
            {
                arrivals.Dequeue();
                waiting.Enqueue(next);
                interval = interval == 0 ? next - lastArrival : interval + (0.1 * (next - lastArrival - interval));
                lastArrival = next;
            }

            if (waiting.Count == 0)
            {
                now = arrivals.Peek();
                continue;
            }

            var state = new FireState(waiting.Count, limit, arrivals.Count, now - waiting.Peek(), Hour, load.Delay, interval);
            var wait = Math.Floor(FireRule.Wait(state, cost));
            if (wait > 0)
            {
                now = Math.Min(now + wait, arrivals.Count > 0 ? arrivals.Peek() : double.MaxValue);
                continue;
            }

            var rows = Math.Min(cost.RowsToTake(waiting.Count, limit), waiting.Count);
            now += load.Time(rows);
            for (var row = 0; row < rows; row++)
            {
                waiting.Dequeue();
                var next = now + (load.Prepare * (1 + (Scatter * ((2 * random.NextDouble()) - 1))));
                arrivals.Enqueue(next, next);
                answers++;
            }
        }

        return answers / now * 1000;
    }
}
