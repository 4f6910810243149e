using AvaConsole.Tests.Support;
using AvaConsole.Web.Cli;

namespace AvaConsole.Tests.Integration.Cli;

/// <summary>What all verbs have in common.</summary>
public sealed class AsectlTests(AsectlFiles files) : IClassFixture<AsectlFiles>
{
    public static TheoryData<string> Verbs => [.. Below(Asectl.CreateCommand(), [])];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_OfAVerb_ShowsAnExampleAndTheExitCodes(string verb)
    {
        var run = await RunAsync([.. verb.Split(' '), "--help"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains($"asectl {verb}", run.Output, StringComparison.Ordinal);
        Assert.Matches($"Example:\n  .*asectl {verb}.*\n\nExit codes:\n  0  ", run.Output);
        Assert.Contains("--format <text|json>", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no verb 'ap'. Did you mean 'api'? See asectl --help.", "ap")]
    [InlineData("There is no verb 'lnit'. Did you mean 'lint'? See asectl api --help.", "api", "lnit")]
    [InlineData("There is no verb 'zzz'. See asectl --help.", "zzz")]
    [InlineData("There is no option '--fromat'. Did you mean '--format'? See asectl api lint --help.", "api", "lint", "api.yml", "--fromat", "json")]
    [InlineData("--format: 'jsn' is none of text, json. See asectl api lint --help.", "api", "lint", "api.yml", "--format", "jsn")]
    [InlineData("--to: 'yaml' is none of ase, webgate, openapi, jsonschema. See asectl api convert --help.", "api", "convert", "-f", "api.yml", "--to", "yaml")]
    public async Task Run_WrongCommandLine_SaysWhatWouldBeRightInOneLine(string problem, params string[] arguments)
    {
        var run = await RunAsync(arguments);

        Assert.Equal((2, "", $"asectl: {problem}\n"), (run.ExitCode, run.Output, run.Errors));
    }

    [Fact]
    public async Task Run_WithoutAVerb_ShowsTheVerbs()
    {
        var run = await RunAsync([]);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("completion", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_IsOneLine() => Assert.Matches(@"\Aasectl \d+\.\d+\.\d+\n\z", (await RunAsync(["--version"])).Output);

    [Fact]
    public async Task Run_ThroughALinkFromAnotherFolder_FindsTheProgram()
    {
        var link = files.Combine("link");
        File.CreateSymbolicLink(link, AsectlProcess.Launcher);

        var run = await AsectlProcess.RunAsync("/", null, null, ["api", "lint", files.Combine("api.yml")], link);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
    }

    [Theory]
    [InlineData("LANG", "zh_CN.UTF-8")]
    [InlineData("LC_ALL", "zh_TW")]
    public async Task Run_ChineseEnvironment_SpeaksChinese(string name, string value)
    {
        var run = await AsectlProcess.RunAsync(files.FullPath, null, new Dictionary<string, string> { [name] = value }, ["api", "lint", "missing.yml"]);

        Assert.Equal((2, "missing.yml：文件不存在。请检查路径，或用 - 表示标准输入。\n"), (run.ExitCode, run.Errors));
    }

    [Fact]
    public async Task Run_LangOption_IsStrongerThanTheEnvironment()
    {
        var run = await AsectlProcess.RunAsync(files.FullPath, null, new Dictionary<string, string> { ["LANG"] = "zh_CN.UTF-8" }, ["api", "lint", "--lang", "en", "missing.yml"]);

        Assert.Equal("missing.yml: there is no such file. Check the path, or give - for standard input.\n", run.Errors);
    }

    /// <summary>The program waits for its input when everything that it needs is loaded; the kernel knows what that is.</summary>
    [Fact]
    public async Task Run_AVerb_LoadsNoWebServerAndNoDatabase()
    {
        using var process = AsectlProcess.Start(files.FullPath, null, ["api", "validate", "--schema", "api.yml", "--request", "-"]);
        var maps = "";
        var deadline = DateTime.UtcNow.AddSeconds(60);
        while (!maps.Contains("/YamlDotNet.dll", StringComparison.Ordinal) && DateTime.UtcNow < deadline)
        {
            await Task.Delay(20);
            maps = await File.ReadAllTextAsync($"/proc/{process.Id}/maps");
        }

        await process.StandardInput.WriteAsync("{}");
        process.StandardInput.Close();
        await process.WaitForExitAsync();

        Assert.Equal(1, process.ExitCode);
        Assert.Contains("/AvaConsole.Web.dll", maps, StringComparison.Ordinal);
        Assert.All(
            (string[])["/Microsoft.AspNetCore.", "/Microsoft.EntityFrameworkCore", "/Microsoft.Extensions.", "/Quartz", "/Npgsql", "/Radzen"],
            name => Assert.DoesNotContain(name, maps, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("asectl ", "api bench names serve completion doctor image")]
    [InlineData("asectl a", "api")]
    [InlineData("asectl api co", "convert")]
    [InlineData("asectl api convert --to ", "ase webgate openapi jsonschema")]
    [InlineData("asectl api convert --to w", "webgate")]
    [InlineData("asectl api convert -f ", "")]
    [InlineData("asectl api lint --fa", "--fail-on")]
    [InlineData("asectl api lint ap", "")]
    public async Task Completion_Bash_CompletesVerbsOptionsAndWords(string line, string expected)
    {
        var script = files.Combine("completion.bash");
        await File.WriteAllTextAsync(script, (await RunAsync(["completion", "bash"])).Output);
        var words = string.Join(' ', line.Split(' ').Select(word => $"'{word}'"));
        var test = files.Combine("complete.sh");
        await File.WriteAllTextAsync(test, $"source {script}; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _asectl; echo \"${{COMPREPLY[*]}}\"");

        var run = await AsectlProcess.RunAsync(files.FullPath, null, null, [test], "/bin/bash");

        Assert.Equal((0, expected + "\n", ""), (run.ExitCode, run.Output, run.Errors));
    }

    [Fact]
    public async Task Completion_Zsh_NamesEveryVerb()
    {
        var script = (await RunAsync(["completion", "zsh"])).Output;

        Assert.StartsWith("#compdef asectl\n", script, StringComparison.Ordinal);
        Assert.All(Below(Asectl.CreateCommand(), []), verb => Assert.Contains($"'asectl {verb}'", script, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Below(System.CommandLine.Command command, IReadOnlyList<string> path) => command.Subcommands.Count == 0
        ? [string.Join(' ', path)]
        : command.Subcommands.SelectMany(verb => Below(verb, [.. path, verb.Name]));

    private Task<AsectlRun> RunAsync(IReadOnlyList<string> arguments) => AsectlProcess.RunAsync(files.FullPath, arguments);
}
