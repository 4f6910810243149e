using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Tests.Web.Serving.OpenInference;

[Collection(OpenInferenceCollection.Name)]
public sealed class OpenInferenceRouteTests(OpenInferenceServer server)
{
    private const string HeaderLength = "Inference-Header-Content-Length";
    private const string Echo = "/v2/models/echo_FP32/infer";
    private const string Two = """{"id":"7","inputs":[{"name":"in","shape":[1,2],"datatype":"FP32","data":[1.5,-2]}]}""";

    [Fact]
    public async Task Infer_OddName_IsFoundByItsEncodedName()
    {
        var (response, body) = await server.PostAsync($"/v2/models/{Uri.EscapeDataString(OpenInferenceServer.OddName)}/infer", Two);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(OpenInferenceServer.OddName, (string?)body["model_name"]);
        Assert.Equal("7", (string?)body["id"]);
    }

    [Fact]
    public async Task Infer_WithoutVersion_TakesTheHighest()
    {
        var (_, highest) = await server.GetAsync("/v2/models/versioned");
        var (_, first) = await server.GetAsync("/v2/models/versioned/versions/1");
        var (unknown, _) = await server.GetAsync("/v2/models/versioned/versions/012");

        Assert.Equal("INT64", (string?)highest["inputs"]![0]!["datatype"]);
        Assert.Equal("FP32", (string?)first["inputs"]![0]!["datatype"]);
        Assert.Equal(["1", "12"], highest["versions"]!.AsArray().Select(version => (string)version!));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Theory]
    [InlineData("INT64", "[-9223372036854775808,9223372036854775807]")]
    [InlineData("UINT64", "[18446744073709551615,9007199254740993]")]
    [InlineData("FP64", "[0.1,5E-324]")]
    public async Task Infer_LongNumbers_KeepEveryDigit(string type, string data)
    {
        var response = await server.SendAsync($"/v2/models/echo_{type}/infer", Encoding.UTF8.GetBytes($$"""{"inputs":[{"name":"in","shape":[2,1],"datatype":"{{type}}","data":{{data}}}]}"""));

        Assert.Contains($"\"data\":{data}", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_ZeroLength_HasNoData()
    {
        var (response, body) = await server.PostAsync(Echo, """{"inputs":[{"name":"in","shape":[3,0],"datatype":"FP32","data":[]}]}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("[]", body["outputs"]![0]!["data"]!.ToJsonString());
        Assert.Equal("[3,0]", body["outputs"]![0]!["shape"]!.ToJsonString());
    }

    [Fact]
    public async Task Infer_BinaryBothWays_KeepsEveryBit()
    {
        float[] values = [1.5f, float.NaN, float.NegativeInfinity, -0f];
        var json = Encoding.UTF8.GetBytes("""{"parameters":{"binary_data_output":true},"inputs":[{"name":"in","shape":[2,2],"datatype":"FP32","parameters":{"binary_data_size":16}}]}""");

        var response = await server.SendAsync(Echo, [.. json, .. MemoryMarshal.AsBytes<float>(values)], (HeaderLength, $"{json.Length}"));

        var body = await response.Content.ReadAsByteArrayAsync();
        var header = int.Parse(Assert.Single(response.Headers.GetValues(HeaderLength)), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(16, (int)JsonNode.Parse(body.AsSpan(0, header))!["outputs"]![0]!["parameters"]!["binary_data_size"]!);
        Assert.Equal(MemoryMarshal.AsBytes<float>(values).ToArray(), body[header..]);
    }

    [Fact]
    public async Task Infer_NotFiniteAsJson_NamesTheBinaryForm()
    {
        var json = Encoding.UTF8.GetBytes("""{"inputs":[{"name":"in","shape":[1,1],"datatype":"FP32","parameters":{"binary_data_size":4}}]}""");

        var (response, body) = await server.PostAsync(Echo, [.. json, .. MemoryMarshal.AsBytes<float>([float.NaN])], (HeaderLength, $"{json.Length}"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("binary_data", (string)body["error"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_BytesInBinary_AreLengthsAndBytes()
    {
        var json = Encoding.UTF8.GetBytes(
            """{"inputs":[{"name":"in","shape":[2,1],"datatype":"BYTES","parameters":{"binary_data_size":10}}],"outputs":[{"name":"out","parameters":{"binary_data":true}}]}""");
        byte[] texts = [2, 0, 0, 0, 0xFF, 0x00, 0, 0, 0, 0];

        var response = await server.SendAsync("/v2/models/echo_BYTES/infer", [.. json, .. texts], (HeaderLength, $"{json.Length}"));

        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(texts, body[^10..]);
    }

    [Fact]
    public async Task Infer_BodyOfOneTensor_IsThatTensor()
    {
        var response = await server.SendAsync(Echo, [.. MemoryMarshal.AsBytes<float>([1f, 2f, 3f])], (HeaderLength, "0"));

        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(3f, BinaryPrimitives.ReadSingleLittleEndian(body.AsSpan()[^4..]));
        Assert.Contains("[1,3]", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_Classification_GivesTheHighestWithTheirLabels()
    {
        var picture = string.Join(',', Enumerable.Range(0, 3 * 64).Select(index => index / 64 == 1 ? 1 : 0));

        var (_, body) = await server.PostAsync(
            "/v2/models/classes/infer",
            $$"""{"inputs":[{"name":"image","shape":[1,3,8,8],"datatype":"FP32","data":[{{picture}}]}],"outputs":[{"name":"scores","parameters":{"classification":9} }]}""");

        var output = body["outputs"]![0]!;
        var texts = output["data"]!.AsArray().Select(text => (string)text!).ToList();
        Assert.Equal("BYTES", (string?)output["datatype"]);
        Assert.Equal("[1,5]", output["shape"]!.ToJsonString());
        Assert.Matches(@"^0\.\d{6}:1:green$", texts[0]);
        Assert.Contains(texts, text => text.EndsWith(":4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Infer_Gzip_IsUnpacked()
    {
        var (response, body) = await server.PostAsync(Echo, Zip(Encoding.UTF8.GetBytes(Two)), ("Content-Encoding", "gzip"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("[1.5,-2]", body["outputs"]![0]!["data"]!.ToJsonString());
    }

    [Fact]
    public async Task Infer_GzipBomb_IsRefused()
    {
        var (response, body) = await server.PostAsync(Echo, Zip(new byte[20_000_000]), ("Content-Encoding", "gzip"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("100", (string)body["error"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", HttpStatusCode.BadRequest)]
    [InlineData("br", HttpStatusCode.UnsupportedMediaType)]
    public async Task Infer_BadEncoding_IsRefused(string encoding, HttpStatusCode status) =>
        Assert.Equal(status, (await server.PostAsync(Echo, Encoding.UTF8.GetBytes(Two), ("Content-Encoding", encoding))).Response.StatusCode);

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("100000")]
    public async Task Infer_BadHeaderLength_IsRefused(string length) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync(Echo, Encoding.UTF8.GetBytes(Two), (HeaderLength, length))).Response.StatusCode);

    [Fact]
    public async Task Infer_TooLargeABody_IsRefused() =>
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await server.PostAsync(Echo, new byte[(64 << 20) + 1], ("Expect", "100-continue"))).Response.StatusCode);

    [Fact]
    public async Task Infer_Timeout_ShortensTheRequest()
    {
        var picture = string.Join(',', Enumerable.Repeat(0, 3 * 64));

        var (response, _) = await server.PostAsync(
            "/v2/models/slow/infer", $$"""{"parameters":{"timeout":1000},"inputs":[{"name":"image","shape":[1,3,8,8],"datatype":"FP32","data":[{{picture}}]}]}""");

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/v2/models/echo_FP32/infer", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/v2/models/echo_FP32", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/v2", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/v2/repository/index", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/v2/nothing/here", HttpStatusCode.NotFound)]
    [InlineData("GET", "/v2/models/nothing/ready", HttpStatusCode.NotFound)]
    [InlineData("POST", "/v2/models/nothing/infer", HttpStatusCode.NotFound)]
    [InlineData("POST", "/v2/models/broken/infer", HttpStatusCode.NotFound)]
    [InlineData("GET", "/v2/health/live", HttpStatusCode.OK)]
    [InlineData("GET", "/v2/health/ready", HttpStatusCode.OK)]
    [InlineData("GET", "/v2/models/classes/versions/1/ready", HttpStatusCode.OK)]
    public async Task Any_Path_AnswersAsItShould(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));

        using var response = await server.Client.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        Assert.Equal(status != HttpStatusCode.OK, body.ContainsKey("error"));
        Assert.Equal(status == HttpStatusCode.MethodNotAllowed, response.Content.Headers.Allow.Count > 0);
    }

    [Fact]
    public async Task Index_BrokenModel_IsListedWithItsReason()
    {
        var (_, all) = await server.PostAsync("/v2/repository/index", "");
        var (_, ready) = await server.PostAsync("/v2/repository/index", """{"ready":true}""");

        var broken = all.AsArray().Single(model => (string?)model!["name"] == "broken")!;
        Assert.Equal("UNAVAILABLE", (string?)broken["state"]);
        Assert.NotEmpty((string)broken["reason"]!);
        Assert.DoesNotContain(ready.AsArray(), model => (string?)model!["name"] == "broken");
        Assert.Contains(ready.AsArray(), model => (string?)model!["name"] == "classes" && (string?)model["state"] == "READY");
    }

    [Fact]
    public async Task Load_AfterUnload_ServesAgain()
    {
        const string model = "echo_UINT16";
        var (unloaded, _) = await server.PostAsync($"/v2/repository/models/{model}/unload", "");
        var (gone, _) = await server.GetAsync($"/v2/models/{model}/ready");
        var (loaded, _) = await server.PostAsync($"/v2/repository/models/{model}/load", "{}");
        var (back, _) = await server.GetAsync($"/v2/models/{model}/ready");

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.OK],
            new[] { unloaded, gone, loaded, back }.Select(response => response.StatusCode));
    }

    [Theory]
    [InlineData("""{"parameters":{"config":"{}"}}""", null, HttpStatusCode.BadRequest)]
    [InlineData("""{"parameters":{"file:1/model.onnx":"AAAA"}}""", null, HttpStatusCode.BadRequest)]
    [InlineData("", "http://evil.example", HttpStatusCode.Unauthorized)]
    public async Task Load_WithFilesOrFromAPage_IsRefused(string body, string? origin, HttpStatusCode status)
    {
        var headers = origin is null ? [] : new[] { ("Origin", origin) };

        var (response, _) = await server.PostAsync("/v2/repository/models/classes/load", Encoding.UTF8.GetBytes(body), headers);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Statistics_AfterInference_CountRowsAndRuns()
    {
        await server.PostAsync("/v2/models/echo_INT8/infer", """{"inputs":[{"name":"in","shape":[3,1],"datatype":"INT8","data":[1,2,3]}]}""");

        var (_, one) = await server.GetAsync("/v2/models/echo_INT8/versions/1/stats");
        var (_, all) = await server.GetAsync("/v2/models/stats");

        var stats = Assert.Single(one["model_stats"]!.AsArray())!;
        Assert.True((long)stats["inference_count"]! >= 3);
        Assert.True((long)stats["inference_stats"]!["success"]!["count"]! >= 1);
        Assert.True((long)stats["last_inference"]! > 0);
        Assert.NotEmpty(stats["batch_stats"]!.AsArray());
        Assert.Contains(all["model_stats"]!.AsArray(), model => (string?)model!["name"] == "versioned" && (string?)model["version"] == "12");
    }

    [Fact]
    public async Task Infer_Http2WithoutTls_HasAPortOfItsOwn()
    {
        using var client = new HttpClient { BaseAddress = server.Http2 };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Echo, UriKind.Relative))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StringContent(Two),
        };

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Contains("[1.5,-2]", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_ChineseCaller_IsToldInChinese()
    {
        var (_, body) = await server.PostAsync(Echo, "{}"u8.ToArray(), ("Accept-Language", "zh-CN"));

        Assert.Contains("缺失", (string)body["error"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_AfterInference_CountTheRoute()
    {
        await server.PostAsync(Echo, Two);

        var metrics = await server.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Contains("ava_serving_requests", metrics, StringComparison.Ordinal);
        Assert.Contains("route=\"oip\"", metrics, StringComparison.Ordinal);
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }
}
