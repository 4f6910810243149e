using AvaConsole.Core.Benchmarks;

namespace AvaConsole.Tests.Core.Benchmarks;

public sealed class BenchmarkComparisonTests
{
    [Fact]
    public void Of_LoadThatBothMeasured_SaysHowMuchMore()
    {
        var compared = Assert.Single(BenchmarkComparison.Of(Report(Point(4, 150, 8)), Report(Point(2, 60, 9), Point(4, 100, 10))));

        Assert.Equal(0.5, compared.PerSecond!.Value, 9);
        Assert.Equal(-0.2, compared.P50!.Value, 9);
        Assert.Equal(-0.2, compared.P99!.Value, 9);
    }

    [Fact]
    public void Of_LoadThatOnlyOneMeasured_SaysNothing()
    {
        var compared = Assert.Single(BenchmarkComparison.Of(Report(Point(4, 150, 8)), Report(Point(2, 60, 9))));

        Assert.Equal((null, null, null), (compared.Other, compared.PerSecond, compared.P99));
    }

    [Fact]
    public void Of_OtherWithoutAnswers_SaysNothing() =>
        Assert.Null(Assert.Single(BenchmarkComparison.Of(Report(Point(4, 150, 8)), Report(Point(4, 0, 0)))).PerSecond);

    [Fact]
    public void Of_Nothing_ListsTheLoads() => Assert.Equal([1, 4], BenchmarkComparison.Of(Report(Point(1, 1, 1), Point(4, 1, 1)), null).Select(point => point.Point.Clients));

    private static BenchmarkPoint Point(int clients, double perSecond, double latency) => new(clients, perSecond, latency, latency, latency, 1, 0);

    private static BenchmarkReport Report(params BenchmarkPoint[] points) => new() { Points = points };
}
