using AvaConsole.Tests.Integration.Cli;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Images;

public sealed class ImageVerbTests(RegistryFixture fixture, AsectlFiles files) : IClassFixture<RegistryFixture>, IClassFixture<AsectlFiles>
{
    [Fact]
    public async Task Tags_Repository_AreListed()
    {
        var text = await RunAsync("tags", RegistryFixture.Image);
        var json = await RunAsync("tags", RegistryFixture.Image, "--format", "json");

        Assert.Equal((0, ""), (text.ExitCode, text.Errors));
        Assert.Equal(["latest", "py27-cpu", "py27-cuda80-cudnn6", "py35-cpu", "v20261101-1"], text.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        Assert.Equal(5, json.Json.GetProperty("tags").GetArrayLength());
        Assert.False(json.Json.GetProperty("cut").GetBoolean());
    }

    [Fact]
    public async Task Inspect_Index_ShowsPlatformsAndNoValueOfAVariable()
    {
        var text = await RunAsync("inspect", RegistryFixture.MultiPlatform);
        var json = await RunAsync("inspect", RegistryFixture.MultiPlatform + ":latest", "--format", "json");

        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
        Assert.Contains("linux/arm/v7\n", text.Output, StringComparison.Ordinal);
        Assert.Contains("PATH TOKEN\n", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", text.Output + json.Output, StringComparison.Ordinal);
        Assert.Equal(fixture.IndexDigest, json.Json.GetProperty("digest").GetString());
        Assert.Equal(["linux/amd64", "linux/arm/v7"], json.Json.GetProperty("platforms").EnumerateArray().Select(platform => platform.GetProperty("platform").GetString()));
    }

    [Theory]
    [InlineData("inspect", "ava-public/ava-caffe:none", 1)]
    [InlineData("tags", "ava-public/none", 1)]
    [InlineData("tags", "ava-public/ava-caffe:latest", 2)]
    [InlineData("inspect", "ava-public/Ava", 2)]
    public async Task Verb_WhatIsNotThere_HasItsExitCode(string verb, string image, int exitCode)
    {
        var run = await RunAsync(verb, image);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Single(run.ErrorLines);
    }

    [Fact]
    public async Task Tags_WrongOrNoPassword_IsRefusedInTheReadersLanguage()
    {
        var wrong = await AsectlProcess.RunAsync(files.FullPath, "other\n", null, ["image", "tags", Reference(RegistryFixture.Image), "--username", "pusher", "--password-stdin"]);
        var none = await AsectlProcess.RunAsync(files.FullPath, "image", "tags", Reference(RegistryFixture.Image), "--lang", "zh-Hans");

        Assert.Equal((3, 3), (wrong.ExitCode, none.ExitCode));
        Assert.Contains("did not accept the user name and password", wrong.Errors, StringComparison.Ordinal);
        Assert.Contains("需要用户名和密码或令牌", none.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--username", "pusher")]
    [InlineData("--password-stdin")]
    [InlineData("--allow-host", "auth example")]
    public async Task Tags_WrongOption_IsBadInput(params string[] options) =>
        Assert.Equal(2, (await AsectlProcess.RunAsync(files.FullPath, ["image", "tags", Reference("a"), .. options])).ExitCode);

    private Task<AsectlRun> RunAsync(string verb, string image, params string[] options) => AsectlProcess.RunAsync(
        files.FullPath, RegistryServer.Password + "\n", null, ["image", verb, Reference(image), "--username", RegistryServer.UserName, "--password-stdin", .. options]);

    private string Reference(string image) => $"{fixture.Server.Host}/{image}";
}
