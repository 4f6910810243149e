using System.Text;
using System.Text.Json.Nodes;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference.Folders;
using AvaConsole.Inference.Trials;
using AvaConsole.Tests.Inference.Pipelines.Ensembles;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Support.OnnxModels;
using AvaConsole.Web.Cli.Serve;
using AvaConsole.Web.Serving;

namespace AvaConsole.Tests.Web.Serving.OpenInference;

/// <summary>Folders with descriptions, ensembles and models that crash, as <c>asectl serve</c> has them.</summary>
public sealed class ServedFolderTests : IAsyncLifetime
{
    private const string Classes = """
        pipeline: classification
        labels: names.txt
        input: {kind: picture, scale: 0.00392156862745098}
        """;

    private ServeHost? _host;

    private TemporaryDirectory Folder { get; } = new();

    private EnsemblePackage Ensemble { get; } = new();

    private HttpClient Client { get; } = new();

    public async Task InitializeAsync()
    {
        Write("plain", TestModels.Classifier());
        Write("bomb", TestModels.Bomb(1, whenLoaded: false));
        Write("crash", TestModels.Classifier());
        Write("wrong", TestModels.Classifier(), "pipeline: classification\nlabels: nowhere.txt\n");
        Write("unknown", TestModels.Classifier(), "pipeline: guessing\n");
        Write(Path.Combine("described", "3"), TestModels.Classifier());
        await File.WriteAllTextAsync(Folder.Combine("described", "service.yaml"), Classes);
        await File.WriteAllTextAsync(Folder.Combine("described", "names.txt"), "red\ngreen\nblue\n");
        Directory.CreateDirectory(Folder.Combine("pair"));
        foreach (var file in Directory.EnumerateFiles(Ensemble.Folder))
        {
            File.Copy(file, Folder.Combine("pair", Path.GetFileName(file)));
        }

        _host = await ServeHost.StartAsync(
            new ServeOptions
            {
                Models = new ModelFolderOptions { Path = Folder.FullPath },
                Urls = [ServeUrl.Parse("http://127.0.0.1:0")!],
                Provider = "cpu",
                Child = ThatCrashesFor("crash"),
            },
            default);
        Client.BaseAddress = new Uri(_host.Urls.Single());
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _host!.DisposeAsync();
        Ensemble.Dispose();
        Folder.Dispose();
    }

    [Fact]
    public void Start_ModelsThatCannotBeServed_AreListedWithTheirReasons()
    {
        var statuses = _host!.Folder.Statuses.ToDictionary(status => status.App, status => (status.State, status.ReasonCode));

        Assert.Equal((ModelStates.Failed, "model.trial_crashed"), statuses["crash"]);
        Assert.Equal((ModelStates.Failed, "package.labels_missing"), statuses["wrong"]);
        Assert.Equal(ModelStates.Failed, statuses["unknown"].State);
        Assert.All(["plain", "described", "pair"], name => Assert.Equal((ModelStates.Serving, ""), statuses[name]));
    }

    [Fact]
    public async Task Infer_ClassNamesAboveTheVersions_AreTold()
    {
        var data = string.Join(',', Enumerable.Repeat("0", 3 * 8 * 8));

        var body = await PostAsync("/v2/models/described/infer", $$$"""
            {"inputs":[{"name":"{{{await InputOfAsync("described")}}}","shape":[1,3,8,8],"datatype":"FP32","data":[{{{data}}}]}],"outputs":[{"name":"{{{await OutputOfAsync("described")}}}","parameters":{"classification":3}}]}
            """);

        var told = body["outputs"]![0]!["data"]!.AsArray().Select(one => ((string)one!).Split(':')[^1]).Order();
        Assert.Equal(["blue", "green", "red"], told);
    }

    [Fact]
    public async Task Metadata_OfAnEnsemble_IsItsPayloadAndItsAnswer()
    {
        var body = JsonNode.Parse(await Client.GetStringAsync(new Uri("/v2/models/pair", UriKind.Relative)))!;

        Assert.Equal("""[{"name":"image","datatype":"BYTES","shape":[1]},{"name":"parameters","datatype":"BYTES","shape":[1]}]""", body["inputs"]!.ToJsonString());
        Assert.Equal("""[{"name":"result","datatype":"BYTES","shape":[1]}]""", body["outputs"]!.ToJsonString());
    }

    [Fact]
    public async Task Infer_OfAnEnsemble_GoesThroughAllOfIt()
    {
        var result = await AskAsync("""{"threshold":0.6}""");

        var found = Assert.Single(result["detections"]!.AsArray());
        Assert.Equal(("left", "red"), ((string)found!["class"]!, (string)found["color"]!["confidences"]![0]!["class"]!));
    }

    [Theory]
    [InlineData("[]", "JSON")]
    [InlineData("{", "JSON")]
    [InlineData("""{"threshold":7}""", "threshold")]
    public async Task Infer_BadParameters_AreNamed(string parameters, string word)
    {
        var body = await AskForPictureAsync(parameters);

        Assert.Contains(word, (string)body["error"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"inputs":[]}""", "image")]
    [InlineData("""{"inputs":[{"name":"image","shape":[2],"datatype":"BYTES","data":["a","b"]}]}""", "image")]
    [InlineData("""{"inputs":[{"name":"image","shape":[1],"datatype":"BYTES","data":["no picture"]}]}""", "")]
    public async Task Infer_BadPayload_IsRefused(string request, string word)
    {
        var body = await PostAsync("/v2/models/pair/infer", request);

        Assert.Contains(word, (string)body["error"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statistics_OfAnEnsemble_ShowEachOfItsModels()
    {
        await AskAsync("{}");

        var body = JsonNode.Parse(await Client.GetStringAsync(new Uri("/v2/models/pair/stats", UriKind.Relative)))!;

        Assert.Equal(["pair", "pair/finder", "pair/namer"], body["model_stats"]!.AsArray().Select(one => (string)one!["name"]!));
        Assert.All(body["model_stats"]!.AsArray(), one => Assert.True((long)one!["inference_stats"]!["success"]!["count"]! > 0));
    }

    /// <summary>Tens of gigabytes, and more than there can be.</summary>
    [Theory]
    [InlineData("20000000000")]
    [InlineData("288230376151711743")]
    public async Task Infer_ValuesThatAskForTooMuchMemory_AreRefusedAndOthersAnswered(string size)
    {
        var body = await PostAsync("/v2/models/bomb/infer", $$"""{"inputs":[{"name":"size","shape":[1],"datatype":"INT64","data":[{{size}}]}]}""");
        var after = await PostAsync("/v2/models/bomb/infer", """{"inputs":[{"name":"size","shape":[1],"datatype":"INT64","data":[2]}]}""");

        Assert.Contains("inputs", (string)body["error"]!, StringComparison.Ordinal);
        Assert.Equal("[0,0]", after["outputs"]!.AsArray().Single(output => (string)output!["name"]! == "filled")!["data"]!.ToJsonString());
    }

    /// <summary>It fits what runs may take, and would take gigabytes as text.</summary>
    [Theory]
    [InlineData("20000000", "")]
    [InlineData("40000000", ",\"parameters\":{\"binary_data_output\":true}")]
    public async Task Infer_AnswerThatIsTooLarge_IsRefused(string size, string more)
    {
        var body = await PostAsync("/v2/models/bomb/infer", $$"""{"inputs":[{"name":"size","shape":[1],"datatype":"INT64","data":[{{size}}]}]{{more}}}""");

        Assert.Contains("128 MiB", (string)body["error"]!, StringComparison.Ordinal);
    }

    private async Task<JsonNode> AskAsync(string parameters)
    {
        var body = await AskForPictureAsync(parameters);
        return JsonNode.Parse((string)body["outputs"]![0]!["data"]![0]!)!;
    }

    /// <summary>A picture has no JSON form: its bytes follow in binary.</summary>
    private Task<JsonNode> AskForPictureAsync(string parameters)
    {
        var picture = EnsemblePackage.RedAndBlue;
        var json = $$$"""
            {"inputs":[{"name":"image","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":{{{picture.Length + 4}}}}},
            {"name":"parameters","shape":[1],"datatype":"BYTES","data":[{{{JsonValue.Create(parameters).ToJsonString()}}}]}]}
            """;
        return PostAsync("/v2/models/pair/infer", json, [.. BitConverter.GetBytes(picture.Length), .. picture]);
    }

    private async Task<JsonNode> PostAsync(string path, string json, byte[]? binary = null)
    {
        var head = Encoding.UTF8.GetBytes(json);
        using var content = new ByteArrayContent([.. head, .. binary ?? []]);
        content.Headers.Add("Inference-Header-Content-Length", $"{head.Length}");
        var response = await Client.PostAsync(new Uri(path, UriKind.Relative), content);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private async Task<string> InputOfAsync(string model) =>
        (string)JsonNode.Parse(await Client.GetStringAsync(new Uri($"/v2/models/{model}", UriKind.Relative)))!["inputs"]![0]!["name"]!;

    private async Task<string> OutputOfAsync(string model) =>
        (string)JsonNode.Parse(await Client.GetStringAsync(new Uri($"/v2/models/{model}", UriKind.Relative)))!["outputs"]![0]!["name"]!;

    /// <summary>The console's own child, which a signal ends where the model lies in this folder.</summary>
    private static ChildProgram ThatCrashesFor(string name)
    {
        var console = ChildProgram.Of(typeof(ServingService).Assembly);
        return new ChildProgram("/bin/sh", ["-c", $"case \"$*\" in */{name}/*) kill -SEGV $$;; esac; exec \"$0\" \"$@\"", console.FileName, .. console.Arguments]);
    }

    private void Write(string name, byte[] model, string? description = null)
    {
        Directory.CreateDirectory(Folder.Combine(name));
        File.WriteAllBytes(Folder.Combine(name, "model.onnx"), model);
        if (description is not null)
        {
            File.WriteAllText(Folder.Combine(name, "service.yaml"), description);
        }
    }
}
