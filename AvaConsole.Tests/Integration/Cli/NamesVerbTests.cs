using System.Text.Json;

namespace AvaConsole.Tests.Integration.Cli;

public sealed class NamesVerbTests
{
    [Theory]
    [InlineData(1, "version/v20180228/1 version/v20180228-1/0", "20180301-v20180228-1", "--as", "version")]
    [InlineData(0, "version/v20180228/0", "20180301-v20180228", "--as", "version")]
    public async Task Parse_Version_GivesEveryReading(int exitCode, string expected, params string[] arguments)
    {
        var run = await RunAsync(["parse", .. arguments, "--format", "json"]);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Errors));
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(expected, string.Join(' ', json.RootElement.GetProperty("readings").EnumerateArray()
            .Select(reading => $"{reading.GetProperty("kind")}/{reading.GetProperty("imageVersion")}/{reading.GetProperty("sequence")}")));
    }

    [Theory]
    [InlineData("app: command=foos  instance=ava-foos\nreference: repository=ava-foos  tag=  digest=\n", "ava-foos")]
    [InlineData("tag: python=2.7  device=gpu  cuda=8.0  cudnn=6\n", "py27-cuda80-cudnn6", "--as", "tag")]
    [InlineData("image: framework=caffe  device=gpu  type=classify  date=2018-02-28  sequence=1  version=v20180228-1\n", "ava-caffe-gpu-classify-v20180228-1", "--as", "image")]
    public async Task Parse_Text_ShowsTheParts(string expected, params string[] arguments) => Assert.Equal((0, expected, ""), await PlainAsync(["parse", .. arguments]));

    [Theory]
    [InlineData("“A b” is no name of an app, a version, an image, a tag or a reference.\n", "parse", "A b")]
    [InlineData("“v1” cannot be read as version.\n", "parse", "v1", "--as", "version")]
    [InlineData("“x” cannot be read as app.\n", "check", "comics", "--beside", "x")]
    [InlineData("“latest” is neither a version (20180301-v20180228-1) nor an image's name (ava-caffe-gpu-classify-v20180228-1).\n", "next", "latest")]
    public async Task Run_NoSuchName_SaysWhatItWouldBe(string problem, params string[] arguments) => Assert.Equal((2, "", problem), await PlainAsync(arguments));

    [Theory]
    [InlineData(0, "", "digits")]
    [InlineData(1, "bg-comics", "comics-bg")]
    [InlineData(1, "new-comics", "comics")]
    public async Task Check_Command_ProposesAFreeOne(int exitCode, string proposal, string command)
    {
        var run = await RunAsync(["check", command, "--beside", "ava-comics", "--format", "json"]);

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal((exitCode, exitCode == 0, proposal), (run.ExitCode, json.RootElement.GetProperty("free").GetBoolean(), json.RootElement.GetProperty("proposal").GetString() ?? ""));
    }

    [Theory]
    [InlineData("20180301-v20180228-1\n", "20180301-v20180228-1")]
    [InlineData("20180301-v20180228-1-1\n", "20180301-v20180228-1", "--taken", "20180301-v20180228-1")]
    [InlineData("20180301-v20180228-2\n", "20180301-v20180228", "--taken", "20180301-v20180228", "20180301-v20180228-1")]
    [InlineData("ava-caffe-classify-v20180228-2\n", "ava-caffe-classify-v20180228-1", "--taken", "ava-caffe-classify-v20180228-1")]
    public async Task Next_Name_IsTheFirstThatIsFree(string expected, params string[] arguments) => Assert.Equal((0, expected, ""), await PlainAsync(["next", .. arguments]));

    private static async Task<(int ExitCode, string Output, string Errors)> PlainAsync(string[] arguments)
    {
        var run = await RunAsync(arguments);
        return (run.ExitCode, run.Output, run.Errors);
    }

    private static Task<AsectlRun> RunAsync(string[] arguments) => AsectlProcess.RunAsync("/", null, null, ["names", .. arguments]);
}
