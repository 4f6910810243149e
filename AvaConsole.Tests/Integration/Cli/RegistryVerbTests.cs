using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Cli;

/// <summary><c>asectl image registries</c> and <c>image refresh</c> against a console that runs.</summary>
public sealed class RegistryVerbTests(RunningConsole console) : IClassFixture<RunningConsole>
{
    [Fact]
    public async Task Registries_NoneAdded_SaysSo()
    {
        var text = await RunAsync(["registries"]);
        var json = await RunAsync(["registries", "--format", "json"]);

        Assert.Equal((0, "", "No registry was added to this console.\n"), (text.ExitCode, text.Output, text.Errors));
        Assert.Equal(0, json.Json.GetProperty("registries").GetArrayLength());
    }

    [Fact]
    public async Task Refresh_UnknownRegistry_IsRefused()
    {
        var run = await RunAsync(["refresh", "no/such one"]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("refused (404): This registry does not exist", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("registries")]
    [InlineData("refresh", "Team")]
    public async Task Verb_WrongPassword_IsRefused(params string[] arguments)
    {
        var run = await RunAsync(arguments, password: "wrong");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("refused (401)", run.Errors, StringComparison.Ordinal);
    }

    private Task<AsectlRun> RunAsync(string[] arguments, string password = RunningConsole.Password) => AsectlProcess.RunAsync(
        "/",
        null,
        new Dictionary<string, string>
        {
            ["ASECTL_CONSOLE"] = console.Process.BaseUrl.GetLeftPart(UriPartial.Authority),
            ["ASECTL_USER"] = RunningConsole.Admin,
            ["ASECTL_PASSWORD"] = password,
        },
        ["image", .. arguments]);
}
