using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Cli;

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

    [Fact]
    public async Task Host_Json_ComparesWithTheBareSession()
    {
        var model = RepositoryRoot.Combine("samples", "digits", "model.onnx");

        var run = await AsectlProcess.RunAsync(files.FullPath, "bench", "host", "--model", model, "--batch", "1,4", "--clients", "2", "--seconds", "0.02", "--provider", "cpu", "--format", "json");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.True(run.Json.GetProperty("ratio").GetDouble() > 0);
        Assert.Equal("CPU", run.Json.GetProperty("plan").GetProperty("device").GetString());
        var figures = run.Json.GetProperty("figures").EnumerateArray().ToList();
        Assert.Contains(figures, figure => figure.GetProperty("way").GetString() == "host" && figure.GetProperty("rows").GetInt32() == 4);
        Assert.All(figures, figure => Assert.Equal(0, figure.GetProperty("errors").GetInt64()));
        Assert.All(figures, figure => Assert.True(figure.GetProperty("rowsPerSecond").GetDouble() > 0));
    }

    [Theory]
    [InlineData("--batch", "0")]
    [InlineData("--clients", "1,x")]
    public async Task Host_NumbersThatAreNone_AreRefused(string option, string given)
    {
        var run = await AsectlProcess.RunAsync(files.FullPath, "bench", "host", "--model", "model.onnx", option, given);

        Assert.Equal((2, $"asectl: {option}: '{given}' is no list of numbers from 1 to 1024, such as 1,4,16. See asectl bench host --help.\n"), (run.ExitCode, run.Errors));
    }
}
