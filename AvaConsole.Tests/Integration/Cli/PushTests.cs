using System.Net;
using System.Net.Http.Json;
using System.Text;
using AvaConsole.Core.Schemas;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Cli;

/// <summary><c>asectl api create --push</c> and <c>api web</c> against a console that runs.</summary>
public sealed class PushTests(RunningConsole console) : IClassFixture<RunningConsole>
{
    [Fact]
    public async Task Push_AnsweredYes_CreatesTheDraftAndGuardsItAfterwards()
    {
        using var files = new AsectlFiles();
        string[] push = ["api", "create", "-f", "api.yml", "--push"];

        var first = await RunAsync(files, "y\n", push);
        var again = await RunAsync(files, "y\n", push);
        var replaced = await RunAsync(files, "", [.. push, "--yes", "--format", "json"]);
        var declined = await RunAsync(files, "n\n", push);

        Assert.Equal((0, 3, 0, 0), (first.ExitCode, again.ExitCode, replaced.ExitCode, declined.ExitCode));
        Assert.Matches($"Pushed voice: {console.Process.BaseUrl}apis/[0-9a-f-]+\n", first.Output);
        Assert.Contains("There is an API voice already; lin saved its draft last.", again.Errors, StringComparison.Ordinal);
        Assert.True(replaced.Json.GetProperty("pushed").GetBoolean());
        Assert.DoesNotContain("Pushed", declined.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_WrongPassword_IsRefused()
    {
        using var files = new AsectlFiles();

        var run = await RunAsync(files, "", ["api", "create", "-f", "api.yml", "--push", "--yes"], password: "wrong");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("refused (401)", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Web_RunningConsole_PrintsThePage()
    {
        using var files = new AsectlFiles();

        var run = await RunAsync(files, "", ["api", "web", "voice"]);

        Assert.Equal((0, $"{console.Process.BaseUrl}apis?q=voice\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Post_WithASessionCookieAlone_IsNotAdmitted()
    {
        using var client = await console.SignInAsync();
        using var content = new ByteArrayContent(ApiSchemaJson.Write(new ApiSchema { Service = "from-a-cookie" }));
        content.Headers.ContentType = new("application/json");

        var response = await client.Http.PostAsync(new Uri("/api/schemas", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("application/json", "{\"service\": 1}", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("application/json", "{}", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("text/plain", "{}", HttpStatusCode.UnsupportedMediaType, "push.not_json")]
    public async Task Post_WhatIsNoDescription_IsRefused(string mediaType, string body, HttpStatusCode status, string code)
    {
        using var client = console.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/schemas") { Content = new StringContent(body, Encoding.UTF8, mediaType) };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{RunningConsole.Admin}:{RunningConsole.Password}")));

        using var response = await client.Http.SendAsync(request);
        var problem = await response.Content.ReadFromJsonAsync<Dictionary<string, object>>();

        Assert.Equal((status, code), (response.StatusCode, problem!["code"].ToString()));
    }

    private Task<AsectlRun> RunAsync(AsectlFiles files, string input, IReadOnlyList<string> arguments, string password = RunningConsole.Password) => AsectlProcess.RunAsync(
        files.FullPath,
        input,
        new Dictionary<string, string>
        {
            ["ASECTL_CONSOLE"] = console.Process.BaseUrl.GetLeftPart(UriPartial.Authority),
            ["ASECTL_USER"] = RunningConsole.Admin,
            ["ASECTL_PASSWORD"] = password,
        },
        arguments);
}
