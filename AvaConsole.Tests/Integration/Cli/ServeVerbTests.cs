using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Support.OnnxModels;
using AvaConsole.Web.Cli.Serve;

namespace AvaConsole.Tests.Integration.Cli;

public sealed class ServeVerbTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Serve_UntilTheSignal_ServesWhatLoadsAndEndsCleanly(string signal)
    {
        Write("good", TestModels.Classifier());
        Write("bad", TestModels.UnknownOperator());
        // Whoever runs the tests in the background has them, and what they start, ignore INT.
        string[] command = ["--default-signal=INT", AsectlProcess.Launcher, "serve", "--models", ".", "--urls", "http://127.0.0.1:0", "--provider", "cpu", "--format", "json"];
        using var process = AsectlProcess.Start(_folder.FullPath, null, command, launcher: "env");
        var document = JsonNode.Parse(await ReadAsync(process).WaitAsync(s_patience))!;

        using var client = new HttpClient { BaseAddress = new Uri((string)document["urls"]![0]!) };
        var status = (await client.GetAsync(new Uri("/v2/models/good/ready", UriKind.Relative))).StatusCode;
        await ChildProcess.RunAsync("/bin/kill", $"-{signal}", $"{process.Id}");
        await process.WaitForExitAsync().WaitAsync(s_patience);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(["bad", "good"], document["models"]!.AsArray().Select(model => (string)model!["name"]!));
        Assert.Equal([false, true], document["models"]!.AsArray().Select(model => (bool)model!["ready"]!));
        Assert.Contains("NoSuchOp", (string)document["models"]![0]!["reason"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:8000", "--allow-remote")]
    [InlineData("https://127.0.0.1:8000", "https://")]
    [InlineData("http://example.org:8000", "example.org")]
    [InlineData("8000", "8000")]
    public async Task Serve_AddressThatMayNotBe_IsRefusedWithTheReason(string url, string word)
    {
        var run = await AsectlProcess.RunAsync(_folder.FullPath, "serve", "--models", ".", "--urls", url);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(word, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_NoFolder_SaysSo()
    {
        var run = await AsectlProcess.RunAsync(_folder.FullPath, "serve", "--models", "nowhere");

        Assert.Equal((2, "nowhere: there is no such folder.\n"), (run.ExitCode, run.Errors));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8000", "http://127.0.0.1:8000", true)]
    [InlineData("h2c://[::1]:81", "h2c://[::1]:81", true)]
    [InlineData("http://localhost", "http://localhost:80", true)]
    [InlineData("http://*:5", "http://0.0.0.0:5", false)]
    [InlineData("http://10.0.0.1:5/", "http://10.0.0.1:5", false)]
    public void Parse_Address_IsReadAndJudged(string text, string shown, bool isLoopback)
    {
        var url = ServeUrl.Parse(text)!;

        Assert.Equal((shown, isLoopback), (url.ToString(), url.IsLoopback));
    }

    [Fact]
    public async Task BenchHttp_Json_MeasuresBothForms()
    {
        Write("good", TestModels.Classifier());

        var run = await AsectlProcess.RunAsync(_folder.FullPath, "bench", "http", "--models", ".", "--model", "good", "--clients", "2", "--seconds", "1", "--rounds", "1", "--format", "json");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var cases = run.Json.GetProperty("cases").EnumerateArray().ToList();
        Assert.Equal(["json", "binary"], cases.Select(one => one.GetProperty("form").GetString()));
        Assert.All(cases, one => Assert.True(one.GetProperty("server").GetProperty("perSecond").GetDouble() > 0));
        Assert.All(cases, one => Assert.Equal(0, one.GetProperty("server").GetProperty("errors").GetInt64()));
    }

    private void Write(string name, byte[] model)
    {
        Directory.CreateDirectory(_folder.Combine(name));
        File.WriteAllBytes(_folder.Combine(name, "model.onnx"), model);
    }

    /// <summary>The indented document, whose last line is a brace alone.</summary>
    private static async Task<string> ReadAsync(Process process)
    {
        var text = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            text.AppendLine(line);
            if (line == "}")
            {
                break;
            }
        }

        return text.ToString();
    }
}
