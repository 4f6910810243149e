using AvaConsole.Web.Cli.Bench.Soak;

namespace AvaConsole.Tests.Integration.Cli;

public sealed class SoakVerbTests(AsectlFiles files) : IClassFixture<AsectlFiles>
{
    /// <summary>Short, with a host, a PostgreSQL and changes of its own: what holds for minutes has to hold for seconds.</summary>
    [Fact]
    [Trait("Category", "Integration")]
    public async Task Soak_UnderChanges_FailsNoRequest()
    {
        var run = await AsectlProcess.RunAsync(files.FullPath, "bench", "soak", "--minutes", "0.1", "--clients", "2", "--interval", "0.5", "--format", "json");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal(0, run.Json.GetProperty("failures").GetInt64());
        Assert.True(run.Json.GetProperty("requests").GetInt64() > 0);
        Assert.True(run.Json.GetProperty("changes").GetInt32() > 4);
        Assert.True(run.Json.GetProperty("memory_last_mb").GetDouble() > 0);
    }

    [Theory]
    [InlineData("--minutes", "0")]
    [InlineData("--clients", "x")]
    public async Task Soak_NumbersThatAreNone_AreRefused(string option, string given)
    {
        var run = await AsectlProcess.RunAsync(files.FullPath, "bench", "soak", option, given);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"asectl: {option}: '{given}' is no number above 0", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Percentile_KnownLatencies_AreWithinTwoPercent()
    {
        var latencies = new LatencyHistogram();
        for (var milliseconds = 1; milliseconds <= 1000; milliseconds++)
        {
            latencies.Add(milliseconds);
        }

        Assert.InRange(latencies.Percentile(0.5), 490, 510);
        Assert.InRange(latencies.Percentile(0.99), 970, 1000);
        Assert.Equal((1000, 1000.0), (latencies.Count, latencies.Largest));
        Assert.Equal(0, new LatencyHistogram().Percentile(0.99));
    }
}
