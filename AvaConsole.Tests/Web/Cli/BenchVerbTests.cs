namespace AvaConsole.Tests.Web.Cli;

public sealed class BenchVerbTests(AsectlFiles files) : IClassFixture<AsectlFiles>
{
    [Fact]
    public async Task Validate_Json_MeasuresEveryCase()
    {
        var run = await AsectlProcess.RunAsync(files.FullPath, "bench", "validate", "--seconds", "0.01", "--format", "json");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.NotEmpty(run.Json.GetProperty("cases").EnumerateArray());
        Assert.All(run.Json.GetProperty("cases").EnumerateArray(), measured => Assert.True(measured.GetProperty("parsed").GetProperty("perSecond").GetDouble() > 0));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("x")]
    public async Task Validate_SecondsThatAreNone_AreRefused(string seconds)
    {
        var run = await AsectlProcess.RunAsync(files.FullPath, "bench", "validate", "--seconds", seconds);

        Assert.Equal((2, $"asectl: --seconds: '{seconds}' is no number above 0 and up to 60. See asectl bench validate --help.\n"), (run.ExitCode, run.Errors));
    }
}
