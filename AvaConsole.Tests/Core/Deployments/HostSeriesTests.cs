using AvaConsole.Core.Deployments;

namespace AvaConsole.Tests.Core.Deployments;

public sealed class HostSeriesTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0.05, 0)]
    [InlineData(0.1, 0)]
    [InlineData(0.11, 1)]
    [InlineData(30000, 16)]
    [InlineData(30001, 17)]
    public void Find_Value_IsInTheFirstClassThatHoldsIt(double milliseconds, int expected) =>
        Assert.Equal(expected, FigureBuckets.Find(FigureBuckets.Milliseconds, milliseconds));

    [Fact]
    public void Percentile_EvenClass_IsSpreadInsideIt()
    {
        // All between 10 and 25 ms.
        var latency = Latency((7, 100));

        Assert.Equal(17.5, FigureBuckets.Percentile(latency, 0.5)!.Value, 6);
        Assert.Equal(25, FigureBuckets.Percentile(latency, 1)!.Value, 6);
    }

    [Fact]
    public void Percentile_TwoClasses_FallsIntoTheRightOne()
    {
        var latency = Latency((0, 90), (9, 10));

        Assert.InRange(FigureBuckets.Percentile(latency, 0.5)!.Value, 0, 0.1);
        Assert.InRange(FigureBuckets.Percentile(latency, 0.99)!.Value, 50, 100);
    }

    [Fact]
    public void Percentile_Nothing_IsNull() => Assert.Null(FigureBuckets.Percentile(Latency(), 0.5));

    [Fact]
    public void Percentile_BeyondTheLastBound_IsThatBound() => Assert.Equal(30000, FigureBuckets.Percentile(Latency((17, 4)), 0.5));

    [Fact]
    public void From_IntervalsOfOneStep_AreAddedUp()
    {
        HostFigures[] rows = [Row(0, 100, Served(10, 1)), Row(10, 200, Served(30, 0), Served(20, 0, "cats")), Row(70, 50)];

        var series = HostSeries.From("gpu-1", rows, TimeSpan.FromMinutes(1));

        Assert.Equal([3.0, 0.0], series.Points.Select(point => point.PerSecond));
        Assert.Equal((0.05, 200L, 4.0), (series.Points[0].FailedPerSecond, series.Points[0].MemoryBytes, series.Points[0].MeanBatch));
        Assert.Null(series.Points[1].P50);
        Assert.Equal(3, series.Batches[2]);
        Assert.Equal(2.0, HostSeries.From("gpu-1", rows, TimeSpan.FromMinutes(1), "digits").Points[0].PerSecond);
    }

    [Fact]
    public void From_FailuresOfOneKind_AreOneWithTheLastOnesValues()
    {
        ServedFigures Failing(string code, string value, int second, long count) =>
            Served(1, 1) with { Failures = [new ServedFailure(code, [value], count, s_start.AddSeconds(second))] };
        HostFigures[] rows = [Row(0, 1, Failing("serving.busy", "4", 0, 2)), Row(10, 1, Failing("serving.timeout", "", 10, 1)), Row(20, 1, Failing("serving.busy", "8", 20, 3))];

        var failures = HostSeries.From("gpu-1", rows, TimeSpan.FromMinutes(1)).Failures;

        Assert.Equal([("serving.busy", "8", 5L), ("serving.timeout", "", 1L)], failures.Select(one => (one.Failure.Code, one.Failure.Args[0], one.Failure.Count)));
    }

    internal static ServedFigures Served(long requests, long failed, string app = "digits") =>
        new(app, "v1", requests, failed, 4, 1, 0, 0, Latency((7, requests)), [0, 0, 1]);

    private static HostFigures Row(int second, long memory, params ServedFigures[] models) =>
        new() { Host = "gpu-1", At = s_start.AddSeconds(second), Seconds = 10, MemoryBytes = memory, Models = models };

    private static long[] Latency(params (int Class, long Count)[] counts)
    {
        var latency = new long[FigureBuckets.Milliseconds.Count + 1];
        foreach (var (index, count) in counts)
        {
            latency[index] = count;
        }

        return latency;
    }
}
