using AvaConsole.Core.Benchmarks;

namespace AvaConsole.Tests.Core.Benchmarks;

public sealed class BenchmarkSettingsTests
{
    [Fact]
    public void Check_Default_IsFine() => Assert.Empty(new BenchmarkSettings().Check());

    [Theory]
    [InlineData(new int[0], "benchmark.clients_range")]
    [InlineData(new[] { 0, 1 }, "benchmark.clients_range")]
    [InlineData(new[] { 1, 513 }, "benchmark.clients_range")]
    [InlineData(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 }, "benchmark.clients_range")]
    [InlineData(new[] { 1, 1 }, "benchmark.clients_order")]
    [InlineData(new[] { 4, 2 }, "benchmark.clients_order")]
    public void Check_Clients_NamesTheField(int[] clients, string code)
    {
        var problem = Assert.Single(new BenchmarkSettings { Clients = clients }.Check());

        Assert.Equal(("Clients", code), (problem.Field, problem.Code));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(61)]
    public void Check_Seconds_NamesTheField(int seconds) =>
        Assert.Equal(("SecondsPerStep", "benchmark.seconds_range"), new BenchmarkSettings { SecondsPerStep = seconds }.Check() is [var problem] ? (problem.Field, problem.Code) : default);

    [Fact]
    public void Delays_PresentOne_IsAmongThem()
    {
        Assert.Equal([0, 2, 5, 10], BenchmarkSettings.Delays(2));
        Assert.Equal([0, 2, 5, 10, 100], BenchmarkSettings.Delays(100));
    }

    [Fact]
    public void Expected_IsTheTimeOfAllSteps() =>
        Assert.Equal(TimeSpan.FromSeconds((3 + 2 + 5) * 5), new BenchmarkSettings { Clients = [1, 2, 4], SecondsPerStep = 5 }.Expected);
}
