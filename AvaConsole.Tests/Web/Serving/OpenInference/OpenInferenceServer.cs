using System.Text;
using System.Text.Json.Nodes;
using AvaConsole.Inference.Folders;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Support.OnnxModels;
using AvaConsole.Web.Cli.Serve;

namespace AvaConsole.Tests.Web.Serving.OpenInference;

/// <summary><c>asectl serve</c>'s own server, in process, over models that the tests make and those of the shared data.</summary>
public sealed class OpenInferenceServer : IAsyncLifetime
{
    /// <summary>A name as some have them.</summary>
    public const string OddName = "a model: with spaces";

    private ServeHost? _host;

    public HttpClient Client { get; } = new();

    public Uri Http2 { get; private set; } = null!;

    internal ModelFolder Folder => _host!.Folder;

    private TemporaryDirectory Folders { get; } = new();

    /// <summary>Gives back what it takes, of any two lengths.</summary>
    public static string Echo(TensorType type) => "echo_" + TensorTypes.NameOf(type);

    public async Task InitializeAsync()
    {
        foreach (var type in Enum.GetValues<TensorType>())
        {
            Write(Echo(type), EchoModel(OnnxTypeOf(type)));
        }

        Write(OddName, EchoModel(OnnxType.Float));
        Write("classes", TestModels.Classifier(classes: 5));
        File.WriteAllLines(Folders.Combine("classes", "labels.txt"), ["red", "green", "blue"]);
        Write(Path.Combine("versioned", "1"), EchoModel(OnnxType.Float));
        Write(Path.Combine("versioned", "12"), EchoModel(OnnxType.Int64));
        Write(Path.Combine("versioned", "012"), EchoModel(OnnxType.Bool));
        Write("zipped", TensorModels.RowMaps());
        Write("broken", TestModels.Truncated());
        Write("slow", TestModels.Slow(trips: 20_000));
        Directory.CreateDirectory(Folders.Combine("empty"));
        foreach (var path in SharedModels())
        {
            Directory.CreateDirectory(Folders.Combine(Path.GetFileName(path)));
            File.Copy(Path.Combine(path, "model.onnx"), Folders.Combine(Path.GetFileName(path), "model.onnx"));
        }

        _host = await ServeHost.StartAsync(
            new ServeOptions
            {
                Models = new ModelFolderOptions { Path = Folders.FullPath },
                Urls = [ServeUrl.Parse("http://127.0.0.1:0")!, ServeUrl.Parse("h2c://127.0.0.1:0")!],
                Provider = "cpu",
            },
            CancellationToken.None);
        var urls = _host.Urls.Select(url => new Uri(url)).ToList();
        (Client.BaseAddress, Http2) = (urls[0], urls[1]);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _host!.DisposeAsync();
        Folders.Dispose();
    }

    public static IEnumerable<string> SharedModels() => SharedData.Has("models")
        ? Directory.EnumerateDirectories(SharedData.Combine("models")).Where(path => File.Exists(Path.Combine(path, "model.onnx"))).Order(StringComparer.Ordinal)
        : [];

    public async Task<(HttpResponseMessage Response, JsonNode Body)> GetAsync(string path)
    {
        var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return (response, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public Task<(HttpResponseMessage Response, JsonNode Body)> PostAsync(string path, string body) => PostAsync(path, Encoding.UTF8.GetBytes(body));

    public async Task<(HttpResponseMessage Response, JsonNode Body)> PostAsync(string path, byte[] body, params (string Name, string Value)[] headers)
    {
        var response = await SendAsync(path, body, headers);
        return (response, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public async Task<HttpResponseMessage> SendAsync(string path, byte[] body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await Client.SendAsync(request);
    }

    private void Write(string folder, byte[] model)
    {
        Directory.CreateDirectory(Folders.Combine(folder));
        File.WriteAllBytes(Folders.Combine(folder, "model.onnx"), model);
    }

    private static byte[] EchoModel(OnnxType type) => OnnxModelWriter.Write(new OnnxGraphWriter("echo")
        .Input("in", type, "N", "M")
        .Output("out", type, "N", "M")
        .Node("Identity", ["in"], ["out"]));

    /// <summary>The numbers of onnx.proto3's TensorProto.DataType.</summary>
    private static OnnxType OnnxTypeOf(TensorType type) => (OnnxType)(type switch
    {
        TensorType.Fp32 => 1,
        TensorType.UInt8 => 2,
        TensorType.Int8 => 3,
        TensorType.UInt16 => 4,
        TensorType.Int16 => 5,
        TensorType.Int32 => 6,
        TensorType.Int64 => 7,
        TensorType.Bytes => 8,
        TensorType.Bool => 9,
        TensorType.Fp16 => 10,
        TensorType.Fp64 => 11,
        TensorType.UInt32 => 12,
        TensorType.UInt64 => 13,
        _ => 16,
    });
}
