using AvaConsole.Core.Benchmarks;

namespace AvaConsole.Tests.Core.Benchmarks;

public sealed class BenchmarkKneeTests
{
    private const int Seconds = 3;

    [Fact]
    public void Find_HockeyStick_IsTheBend()
    {
        var points = Curve((1, 100, 10), (2, 198, 10.1), (4, 390, 10.3), (8, 410, 19.5), (16, 412, 38.8), (32, 410, 78));

        Assert.Equal(4, BenchmarkKnee.Find(points, Seconds)!.Clients);
    }

    [Fact]
    public void Find_HockeyStickWithNoise_StaysAtTheBend()
    {
        // Wild p99, and medians and throughputs some per cent off.
        var points = Curve((1, 97, 10.4), (2, 203, 9.8), (4, 371, 10.9), (8, 425, 18.7), (16, 398, 40.6), (32, 417, 76))
            .Select((point, index) => point with { P99 = index % 2 == 0 ? 400 : 20 }).ToList();

        Assert.Equal(4, BenchmarkKnee.Find(points, Seconds)!.Clients);
    }

    [Fact]
    public void Find_LoadsAsGoodAsEachOther_IsTheLowest()
    {
        var points = Curve((1, 100, 10), (2, 180, 11), (4, 230, 13.9), (8, 240, 33));

        Assert.Equal(2, BenchmarkKnee.Find(points, Seconds)!.Clients);
    }

    [Fact]
    public void Find_FlatThroughput_IsTheFirstLoad()
    {
        var points = Curve((1, 100, 10), (2, 100, 20), (4, 101, 39.6), (8, 100, 80));

        Assert.Equal(1, BenchmarkKnee.Find(points, Seconds)!.Clients);
    }

    [Fact]
    public void Find_FlatLatency_IsNotSeenYet()
    {
        var points = Curve((1, 100, 10), (2, 200, 10), (4, 400, 10), (8, 800, 10));

        Assert.Null(BenchmarkKnee.Find(points, Seconds));
    }

    [Fact]
    public void Find_SinglePoint_IsNone() => Assert.Null(BenchmarkKnee.Find(Curve((4, 100, 40)), Seconds));

    [Fact]
    public void Find_NoPoint_IsNone() => Assert.Null(BenchmarkKnee.Find([], Seconds));

    [Fact]
    public void Find_AllErrors_IsNone()
    {
        BenchmarkPoint[] points = [new(1, 0, 0, 0, 0, 0, 900), new(2, 0, 0, 0, 0, 0, 1800)];

        Assert.Null(BenchmarkKnee.Find(points, Seconds));
    }

    [Fact]
    public void Find_RefusedBeyondALoad_IsTheLastThatWasAnswered()
    {
        // Who is answered beyond it is answered quickly, because the others are sent away.
        var points = Curve((1, 100, 10), (2, 200, 10), (4, 400, 10), (8, 900, 9));
        points[3] = points[3] with { Errors = 5000 };

        Assert.Equal(4, BenchmarkKnee.Find(points, Seconds)!.Clients);
    }

    private static List<BenchmarkPoint> Curve(params (int Clients, double PerSecond, double P50)[] points) =>
        [.. points.Select(point => new BenchmarkPoint(point.Clients, point.PerSecond, point.P50, point.P50 * 1.2, point.P50 * 2, 1, 0))];
}
