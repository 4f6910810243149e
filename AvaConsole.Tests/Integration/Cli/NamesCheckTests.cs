using System.Text.Json;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Cli;

/// <summary><c>asectl names check</c> against a console that runs.</summary>
public sealed class NamesCheckTests(RunningConsole console) : IClassFixture<RunningConsole>
{
    [Fact]
    public async Task Check_FreeCommand_TellsKeysAndRoutes()
    {
        var run = await RunAsync(["digits", "--format", "json"]);

        Assert.Equal((0, "", true, "ava-digits"), (run.ExitCode, run.Errors, run.Json.GetProperty("free").GetBoolean(), run.Json.GetProperty("instance").GetString()));
        Assert.Contains("/ava/serving/app/metadata/digits", Texts(run.Json, "keys"));
        Assert.Contains("/api/content/digits", Texts(run.Json, "routes"));
    }

    [Theory]
    [InlineData(1, "app.command_reserved", "new-default", "default")]
    [InlineData(1, "app.command_has_prefix", "digits", "ava-digits")]
    [InlineData(1, "app.instance_invalid", null, "digits", "--instance", "Vision")]
    [InlineData(1, "image_name.free_invalid", null, "A/b", "--kind", "image")]
    [InlineData(0, null, null, "ava-caffe-gpu-classify-v20180228-1", "--kind", "image")]
    public async Task Check_Name_ExitsWithTheVerdict(int exitCode, string? code, string? proposal, params string[] arguments)
    {
        var run = await RunAsync([.. arguments, "--format", "json"]);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Errors));
        Assert.Equal(code, run.Json.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("code").GetString()).SingleOrDefault());
        Assert.Equal(proposal, run.Json.GetProperty("proposal").GetString());
    }

    [Fact]
    public async Task Check_FreeNameInWords_SaysThatItNeedsAReason()
    {
        var run = await RunAsync(["keras", "--kind", "image"]);

        Assert.Equal((0, "keras is free.\nIt is not of the recommended form: giving it needs a reason.\n"), (run.ExitCode, run.Output));
    }

    [Theory]
    [InlineData(2, "name it by --app", "20180301-v20180228-1", "--kind", "version")]
    [InlineData(3, "refused (404)", "20180301-v20180228-1", "--kind", "version", "--app", "nonesuch")]
    [InlineData(2, "leave --beside away", "v1", "--kind", "version", "--beside", "comics")]
    public async Task Check_QuestionThatCannotBeAnswered_SaysWhy(int exitCode, string says, params string[] arguments)
    {
        var run = await RunAsync(arguments);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(says, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_WrongPassword_IsRefused()
    {
        var run = await RunAsync(["digits"], password: "wrong");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("refused (401)", run.Errors, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Texts(JsonElement json, string name) => json.GetProperty(name).EnumerateArray().Select(text => text.GetString());

    private Task<AsectlRun> RunAsync(string[] arguments, string password = RunningConsole.Password) => AsectlProcess.RunAsync(
        "/",
        null,
        new Dictionary<string, string>
        {
            ["ASECTL_CONSOLE"] = console.Process.BaseUrl.GetLeftPart(UriPartial.Authority),
            ["ASECTL_USER"] = RunningConsole.Admin,
            ["ASECTL_PASSWORD"] = password,
        },
        ["names", "check", .. arguments]);
}
