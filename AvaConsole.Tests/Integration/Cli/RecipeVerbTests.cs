namespace AvaConsole.Tests.Integration.Cli;

/// <summary>Each verb of <c>asectl image</c> as a process.</summary>
public sealed class RecipeVerbTests : IDisposable
{
    private readonly AsectlFiles _files = new();

    public RecipeVerbTests()
    {
        _files.Write("recipe.yml", "base: r.example/ava-public/ava-sdk:py35-cpu\npip: [onnxruntime==1.1.0]\n");
        _files.Write("wrong.yml", "base: r.example/ava-public/ava-sdk:py35-cpu\npipp: [six]\napt: [six;id]\n");
        _files.Write("Dockerfile", "FROM ubuntu\nRUN pip install six==1.1\n");
        _files.Write("warned", "FROM ubuntu:16.04\n");
    }

    [Fact]
    public async Task Dockerfile_ForTheGpu_IsWritten()
    {
        var run = await RunAsync("image", "dockerfile", "recipe.yml", "--gpu", "9.0");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.StartsWith("FROM r.example/ava-public/ava-sdk:py35-cuda90\n\nRUN pip install --no-cache-dir \\\n    onnxruntime-gpu==1.1.0\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dockerfile_WrittenOne_HasNoLintError()
    {
        _files.Write("written", (await RunAsync("image", "dockerfile", "recipe.yml")).Output);

        Assert.Equal(0, (await RunAsync("image", "lint", "written")).ExitCode);
    }

    [Fact]
    public async Task Dockerfile_WrongRecipe_NamesEachLine()
    {
        var run = await RunAsync("image", "dockerfile", "wrong.yml");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            ["wrong.yml:2: /pipp: “pipp” is no member. Did you mean pip?", "wrong.yml:3: /apt/0: “six;id” is no Debian package. Write name or name=version, for example git=1:2.7.4-0ubuntu1."],
            run.ErrorLines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Lint_Findings_HaveTheirLinesAndTheFix()
    {
        var text = await RunAsync("image", "lint", "Dockerfile");
        var json = await RunAsync("image", "lint", "Dockerfile", "--format", "json");
        var fix = json.Json.GetProperty("findings")[1].GetProperty("fix");

        Assert.Equal((1, 1, ""), (text.ExitCode, json.ExitCode, text.Errors));
        Assert.Contains("Dockerfile:1: error: ubuntu is another image", text.Output, StringComparison.Ordinal);
        Assert.Equal((2, "RUN pip install --no-cache-dir six==1.1"), (fix.GetProperty("line").GetInt32(), fix.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task Lint_WarningsAndRoots_Decide()
    {
        Assert.Equal(0, (await RunAsync("image", "lint", "warned")).ExitCode);
        Assert.Equal(1, (await RunAsync("image", "lint", "warned", "--fail-on", "warn")).ExitCode);
        Assert.Equal(1, (await RunAsync("image", "lint", "warned", "--allowed-root", "r.example/ava-public")).ExitCode);
    }

    public void Dispose() => _files.Dispose();

    private Task<AsectlRun> RunAsync(params string[] arguments) => AsectlProcess.RunAsync(_files.FullPath, arguments);
}
