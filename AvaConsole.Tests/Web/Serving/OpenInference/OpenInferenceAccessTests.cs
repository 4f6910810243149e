using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Tests.Web.Serving.OpenInference;

/// <summary>Who may do what, and what faults of the host become: before a host that fails on demand.</summary>
public sealed class OpenInferenceAccessTests : IAsyncLifetime
{
    private const string Infer = """{"inputs":[{"name":"in","shape":[1],"datatype":"FP32","data":[1]}]}""";

    private readonly ServingServer _server = new();

    public async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        _server.Host.Models.Add(Model("open", new AppMetadataDocument { Public = true }));
        _server.Host.Models.Add(Model("closed", new AppMetadataDocument { Owner = new OwnerDocument { Uid = 1, Ak = "AK1", Sk = "s:ecret" } }));
    }

    public Task DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("open", null, HttpStatusCode.OK)]
    [InlineData("closed", null, HttpStatusCode.Unauthorized)]
    [InlineData("closed", "AK1:wrong", HttpStatusCode.Unauthorized)]
    [InlineData("closed", "AK1:s:ecret", HttpStatusCode.OK)]
    public async Task Model_Caller_IsLetInByTheRuleOfAllRoutes(string model, string? keys, HttpStatusCode status)
    {
        foreach (var (method, path) in ((HttpMethod, string)[])
            [(HttpMethod.Get, ""), (HttpMethod.Get, "/ready"), (HttpMethod.Get, "/stats"), (HttpMethod.Get, "/versions/20261101-v1"), (HttpMethod.Post, "/infer"), (HttpMethod.Post, "/versions/20261101-v1/infer")])
        {
            using var response = await SendAsync(method, $"/v2/models/{model}{path}", keys);

            Assert.Equal(status, response.StatusCode);
        }
    }

    [Fact]
    public async Task Infer_OfStaging_IsNotThere()
    {
        _server.Host.Models.Add(Model("next", new AppMetadataDocument { Public = true }, Phases.Staging));

        using var response = await SendAsync(HttpMethod.Post, "/v2/models/next/versions/20261101-v1/infer", null);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Ready_WhileStarting_IsUnavailable()
    {
        _server.Host.IsReady = false;

        using var ready = await SendAsync(HttpMethod.Get, "/v2/health/ready", null);
        using var live = await SendAsync(HttpMethod.Get, "/v2/health/live", null);
        using var model = await SendAsync(HttpMethod.Get, "/v2/models/later/ready", null);

        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable], new[] { ready, live, model }.Select(response => response.StatusCode));
        Assert.NotNull(model.Headers.RetryAfter);
    }

    public static TheoryData<Error, HttpStatusCode> Faults => new()
    {
        { new InvalidError("inputs", "tensor.refused"), HttpStatusCode.BadRequest },
        { new BusyError("serving.busy", 3), HttpStatusCode.TooManyRequests },
        { new TimeoutError("serving.timeout"), HttpStatusCode.GatewayTimeout },
        { new UnavailableError("serving.model_failed"), HttpStatusCode.InternalServerError },
        { new UnavailableError("serving.unloaded"), HttpStatusCode.ServiceUnavailable },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Infer_FaultOfTheHost_HasItsStatus(Error fault, HttpStatusCode status)
    {
        _server.Host.Models.Find(model => model.App == "open")!.TensorAnswer = _ => fault;

        using var response = await SendAsync(HttpMethod.Post, "/v2/models/open/infer", null);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(fault is BusyError ? TimeSpan.FromSeconds(3) : null, fault is BusyError ? response.Headers.RetryAfter?.Delta : null);
        Assert.NotEmpty((string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!);
        Assert.Equal(0, _server.Host.OpenLeases);
    }

    [Fact]
    public async Task Infer_Exception_TellsNothingOfItself()
    {
        _server.Host.Models.Find(model => model.App == "open")!.TensorAnswer = _ => throw new InvalidOperationException("/secret/path");

        using var response = await SendAsync(HttpMethod.Post, "/v2/models/open/infer", null);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_MapsOfDifferentKeys_HaveNoTensorForm()
    {
        _server.Host.Models.Find(model => model.App == "open")!.TensorAnswer = _ => Answer(new SequenceValue("probabilities", [Map(0, 1), Map(0, 2)]));

        using var response = await SendAsync(HttpMethod.Post, "/v2/models/open/infer", null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Infer_Maps_BecomeValuesAndKeys()
    {
        _server.Host.Models.Find(model => model.App == "open")!.TensorAnswer = _ => Answer(new SequenceValue("probabilities", [Map(4, 7), Map(4, 7)]));

        using var response = await SendAsync(HttpMethod.Post, "/v2/models/open/infer", null);

        var outputs = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["outputs"]!;
        Assert.Equal("""{"name":"probabilities","datatype":"UINT8","shape":[2,2],"data":[9,9,9,9]}""", outputs[0]!.ToJsonString());
        Assert.Equal("""{"name":"probabilities_keys","datatype":"UINT8","shape":[2],"data":[4,7]}""", outputs[1]!.ToJsonString());
    }

    [Fact]
    public async Task Load_WithoutARepository_IsNotImplemented()
    {
        using var response = await SendAsync(HttpMethod.Post, "/v2/repository/models/open/load", null);

        Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
    }

    private static MapValue Map(params byte[] keys) => new(
        "", new Tensor("", TensorType.UInt8, [keys.Length]) { Data = keys }, new Tensor("", TensorType.UInt8, [keys.Length]) { Data = keys.Select(_ => (byte)9).ToArray() });

    private static TensorAnswer Answer(ModelValue value) => new([value], new InferenceTiming(0, 0, 0, 0, 1));

    private static FakeModel Model(string app, AppMetadataDocument metadata, string phase = Phases.Production) => new()
    {
        App = app,
        Metadata = metadata,
        Phase = phase,
        Signature = new ModelSignature([new ModelPort("in", PortKind.Tensor, TensorType.Fp32, [-1])], [new ModelPort("probabilities", PortKind.Sequence, TensorType.Fp32, []) { KeyType = TensorType.UInt8 }]),
        TensorAnswer = _ => Answer(new Tensor("probabilities", TensorType.Fp32, [0])),
    };

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? keys)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = method == HttpMethod.Post ? new StringContent(Infer) : null };
        request.Headers.Authorization = keys is null ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(keys)));
        return await _server.Client.SendAsync(request);
    }
}
