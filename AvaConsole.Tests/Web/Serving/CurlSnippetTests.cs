using System.Diagnostics;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas;
using AvaConsole.Web.Serving;

namespace AvaConsole.Tests.Web.Serving;

/// <summary>The commands are run by a real shell and a real curl against the real routes.</summary>
public sealed class CurlSnippetTests : IClassFixture<ServingServer>, IDisposable
{
    private readonly ServingServer _server;
    private readonly FakeModel _model = new() { App = "digits" };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ava-curl-");

    public CurlSnippetTests(ServingServer server)
    {
        _server = server;
        _server.Host.Models.Add(_model);
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _server.Host.Models.Clear();
    }

    [Fact]
    public void Content_Simple_ReadsAsDocumented() => Assert.Equal(
        """
        { printf %s '{"payload":{"image":{"data":"'; base64 < 'three.png' | tr -d '\n'; printf %s '"}}}'; } \
          | curl -sS -H 'Content-Type: application/json' --data-binary @- 'http://127.0.0.1:5080/ava/api/content/digits'
        """,
        CurlSnippet.Content(new CurlCall(new Uri("http://127.0.0.1:5080/ava/"), "digits", "image", "three.png")));

    [Theory]
    [InlineData("three.png", 70)]
    [InlineData("a picture's $(name) `of` \"mine\" 100%\\n.png", 70)]
    [InlineData("-n", 70)]
    [InlineData("照片.jpg", 70)]
    [InlineData("empty lines\n.png", 70)]
    // Longer than an argument (128 KiB on Linux) and than all arguments together (2 MiB) may be.
    [InlineData("large.png", 5_000_000)]
    public async Task Both_AnyFile_ReachTheModelWhole(string name, int length)
    {
        var picture = new byte[length];
        new Random(7).NextBytes(picture);
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, name), picture);
        var call = new CurlCall(_server.Address, "digits", "image", name) { Parameters = new JsonObject { ["top_k"] = 2, ["mode"] = "no" } };

        var content = await RunAsync(CurlSnippet.Content(call));
        var eval = await RunAsync(CurlSnippet.Eval(call));

        Assert.Equal((0, "three"), ((int)content["code"]!, (string)content["result"]!["confidences"]![0]!["class"]!));
        Assert.Equal((0, "three"), ((int)eval["code"]!, (string)eval["result"]!["confidences"]![0]!["class"]!));
        Assert.All(_model.Requests, request =>
        {
            Assert.Equal(picture, request.Payload["image"].ToArray());
            Assert.Equal("""{"top_k":2,"mode":"no"}""", request.Parameters.GetRawText());
        });
        Assert.Equal(2, _model.Requests.Count);
    }

    [Fact]
    public async Task Content_ParametersWithQuotes_ArriveAsTheyWere()
    {
        var schema = new ApiSchema { Service = "words", Parameters = [new ApiParameter { Name = "word" }], Payload = Core.Schemas.Sample.Digits.Payload };
        var model = new FakeModel { App = "words", ApiSchema = schema };
        _server.Host.Models.Add(model);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "x"), "x");
        const string Word = "it's 100% \"said\" \\ $HOME `id` 数字\n";

        await RunAsync(CurlSnippet.Content(new CurlCall(_server.Address, "words", "image", "x") { Parameters = new JsonObject { ["word"] = Word } }));

        Assert.Equal(Word, Assert.Single(model.Requests).Parameters.GetProperty("word").GetString());
    }

    [Fact]
    public async Task Both_PrivateApp_TakeTheKeysFromTheEnvironment()
    {
        _server.Host.Models[0] = new FakeModel { App = "digits", Phase = "grey", Version = "v2", Metadata = new() { Owner = new() { Ak = "AK", Sk = "S K" } } };
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "x"), "x");
        var call = new CurlCall(_server.Address, "digits", "image", "x") { NeedsKeys = true, Grey = true, Version = "v2" };

        Assert.Equal(0, (int)(await RunAsync(CurlSnippet.Content(call), ("AVA_AK", "AK"), ("AVA_SK", "S K")))["code"]!);
        Assert.Equal(0, (int)(await RunAsync(CurlSnippet.Eval(call), ("AVA_AK", "AK"), ("AVA_SK", "S K")))["code"]!);
        Assert.Equal(10313, (int)(await RunAsync(CurlSnippet.Content(call), ("AVA_AK", "AK"), ("AVA_SK", "x")))["code"]!);
    }

    private async Task<JsonNode> RunAsync(string command, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_PROXY"] = "127.0.0.1";
        start.Environment["no_proxy"] = "127.0.0.1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal("", await errors);
        Assert.Equal(0, process.ExitCode);
        return JsonNode.Parse(output)!;
    }
}
