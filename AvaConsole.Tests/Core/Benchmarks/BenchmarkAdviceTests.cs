using AvaConsole.Core.Benchmarks;

namespace AvaConsole.Tests.Core.Benchmarks;

public sealed class BenchmarkAdviceTests
{
    [Fact]
    public void Of_CheaperRowsUpToASize_TakesTheSmallestThatIsNearlyBest()
    {
        var advice = BenchmarkAdvice.Of(Report((1, 10), (2, 12), (4, 16), (8, 31)));

        Assert.Equal(4, advice.BatchSize);
    }

    [Fact]
    public void Of_RowsThatCostTheSameTogether_TakesOne()
    {
        var advice = BenchmarkAdvice.Of(Report((1, 10), (2, 19.5), (4, 38), (8, 75)));

        Assert.Equal(1, advice.BatchSize);
    }

    [Fact]
    public void Of_NothingMeasured_SaysNothing()
    {
        Assert.Equal(new BenchmarkAdvice(null, null), BenchmarkAdvice.Of(new BenchmarkReport()));
        Assert.Null(BenchmarkAdvice.Of(Report((1, 10), (2, 12)) with { Batchable = false }).BatchSize);
        Assert.Null(BenchmarkAdvice.Of(Report((1, 10))).BatchSize);
    }

    [Fact]
    public void Of_LongerDelaysThatGainNothing_TakesTheShortest()
    {
        var advice = BenchmarkAdvice.Of(Report() with { Delays = [Delay(0, 300, 13), Delay(2, 305, 13), Delay(5, 290, 14), Delay(10, 200, 20)] });

        Assert.Equal(0, advice.DelayMilliseconds);
    }

    [Fact]
    public void Of_DelayThatPays_TakesIt()
    {
        var advice = BenchmarkAdvice.Of(Report() with { Delays = [Delay(0, 300, 13), Delay(2, 400, 10), Delay(5, 402, 10)] });

        Assert.Equal(2, advice.DelayMilliseconds);
    }

    [Fact]
    public void Of_PresentOneNearlyBest_KeepsIt()
    {
        var advice = BenchmarkAdvice.Of(Report((1, 10), (2, 12), (4, 16), (8, 31)) with
        {
            BatchSize = 8,
            DelayMilliseconds = 5,
            Delays = [Delay(0, 300, 13), Delay(2, 305, 13), Delay(5, 300, 13), Delay(10, 200, 20)],
        });

        Assert.Equal(new BenchmarkAdvice(8, 5), advice);
    }

    [Fact]
    public void Of_DelaysWithoutAnAnswer_SaysNothing() =>
        Assert.Null(BenchmarkAdvice.Of(Report() with { Delays = [Delay(0, 0, 0), Delay(2, 0, 0)] }).DelayMilliseconds);

    private static DelayPoint Delay(double milliseconds, double perSecond, double p50) => new(milliseconds, new BenchmarkPoint(4, perSecond, p50, p50, p50, 2, 0));

    private static BenchmarkReport Report(params (int Rows, double Milliseconds)[] costs) => new()
    {
        Batchable = true,
        Plan = new BenchmarkPlan(2, 1, false, 8, [.. costs.Select(cost => new RunCost(cost.Rows, cost.Milliseconds))]),
    };
}
