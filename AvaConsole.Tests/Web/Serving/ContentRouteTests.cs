using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Schemas;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AvaConsole.Tests.Web.Serving;

public sealed class ContentRouteTests : IClassFixture<ServingServer>, IDisposable
{
    private const string Picture = "{\"payload\":{\"image\":{\"data\":\"aGk=\"}}}";

    private readonly ServingServer _server;
    private readonly FakeModel _model = new() { App = "digits" };

    public ContentRouteTests(ServingServer server)
    {
        _server = server;
        _server.Host.Models.Add(_model);
    }

    public void Dispose()
    {
        Assert.Equal(0, _server.Host.OpenLeases);
        _server.Host.Models.Clear();
        _server.Host.IsReady = true;
        _server.Egress.Answers.Clear();
    }

    [Fact]
    public async Task Post_GoodRequest_AnswersInTheDocumentedForm()
    {
        var (response, body) = await _server.PostAsync("/api/content/digits", "{\"parameters\":{\"top_k\":1.0},\"payload\":{\"image\":{\"data\":\"aGk=\"}}}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Matches("^.{8,}$", (string)body["request_id"]!);
        body.AsObject().Remove("request_id");
        Assert.Equal(
            """{"code":0,"message":"success","app":"digits","version":"20261101-v1","result":{"confidences":[{"index":3,"class":"three","score":0.98}]},"timing_ms":{"decode":1.235,"queue":0.5,"run":2,"total":4},"batch_size":2}""",
            body.ToJsonString());
        var request = Assert.Single(_model.Requests);
        Assert.Equal("hi"u8.ToArray(), request.Payload["image"].ToArray());
        Assert.Equal("""{"top_k":1.0}""", request.Parameters.GetRawText());
    }

    [Theory]
    [InlineData("", "request.not_json")]
    [InlineData("{\"payload\":", "request.not_json")]
    [InlineData("{\"payload\":{},\"payload\":{}}", "request.not_json")]
    [InlineData("\u0000", "request.not_json")]
    [InlineData("null", "request.wrong_type")]
    [InlineData("{}", "request.payload_missing")]
    [InlineData("{\"payload\":{\"image\":{\"data\":\"!!\"}}}", "request.not_base64")]
    [InlineData("{\"payload\":{\"image\":{\"uri\":\"data:image/png,raw\"}}}", "request.bad_data_uri")]
    [InlineData("{\"payload\":{\"image\":{\"uri\":\"http://10.0.0.1/x.png\"}}}", "request.uri_not_fetched")]
    [InlineData("{\"payload\":{\"image\":{\"uri\":\"" + FakeEgress.Broken + "\"}}}", "request.uri_not_fetched")]
    [InlineData("{\"parameters\":{\"top_k\":99},\"payload\":{\"image\":{\"data\":\"aGk=\"}}}", "request.above_maximum")]
    public async Task Post_BadRequest_400WithTheField(string text, string code)
    {
        var (response, body) = await _server.PostAsync("/api/content/digits", text);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(10163, (int)body["code"]!);
        Assert.Equal(code, (string)body["errors"]![0]!["code"]!);
        Assert.StartsWith("$", (string)body["errors"]![0]!["field"]!, StringComparison.Ordinal);
        Assert.NotEqual(code, (string)body["errors"]![0]!["message"]!);
        Assert.Contains((string)body["errors"]![0]!["message"]!, (string)body["message"]!, StringComparison.Ordinal);
        Assert.Empty(_model.Requests);
    }

    [Theory]
    [InlineData("{\"parameters\":{\"mode\":\"\\ud800\"}}")]
    [InlineData("{\"parameters\":{\"\\uDC00\":1}}")]
    [InlineData("{\"payload\":{\"image\":{\"uri\":\"\\ud83d\"}}}")]
    [InlineData("\"\\ud83d\"")]
    public async Task Post_HalfASurrogatePair_400(string text)
    {
        var (response, body) = await _server.PostAsync("/api/content/digits", text);

        Assert.Equal((HttpStatusCode.BadRequest, "request.not_utf8"), (response.StatusCode, (string)body["errors"]![0]!["code"]!));
    }

    [Fact]
    public async Task Post_BytesThatAreNoText_400()
    {
        using var content = new ByteArrayContent([.. "{\"parameters\":{\""u8, 0xff, 0xfe, .. "\":1}}"u8]);
        content.Headers.ContentType = new("application/json");

        using var response = await _server.Client.PostAsync(new Uri("/api/content/digits", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("\ufeff" + Picture)]
    [InlineData("{\"parameters\":{\"mode\":\"f\\u0061st\"},\"payload\":{\"image\":{\"data\":\"a\\u0047k=\"}}}")]
    public async Task Post_UnusualButRight_IsAnswered(string text)
    {
        var (response, _) = await _server.PostAsync("/api/content/digits", text);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("hi"u8.ToArray(), Assert.Single(_model.Requests).Payload["image"].ToArray());
    }

    [Theory]
    [InlineData(16, "request.wrong_type")]
    [InlineData(17, "request.too_deep")]
    public async Task Post_Nested_SixteenLevelsAreRead(int depth, string code)
    {
        var (_, body) = await _server.PostAsync("/api/content/digits", new string('[', depth) + new string(']', depth));

        Assert.Equal(code, (string)body["errors"]![0]!["code"]!);
    }

    [Fact]
    public async Task Post_NestedWithoutEnd_SaysSo()
    {
        var (response, body) = await _server.PostAsync("/api/content/digits", new string('[', 200) + new string(']', 200));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("request.too_deep", (string)body["errors"]![0]!["code"]!);
    }

    [Fact]
    public async Task Post_SeveralProblems_ListsAll()
    {
        var (_, body) = await _server.PostAsync("/api/content/digits", "{\"parameters\":{\"top_k\":0,\"treshold\":1}}");

        Assert.Equal(
            ["$.parameters.top_k", "$.parameters.treshold", "$.payload.image"],
            body["errors"]!.AsArray().Select(error => (string)error!["field"]!));
    }

    [Theory]
    [InlineData(null, "0 is below the minimum 1.")]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "0 小于最小值 1。")]
    [InlineData("fr, en;q=0.5, zh;q=0.4", "0 is below the minimum 1.")]
    [InlineData("de", "0 is below the minimum 1.")]
    public async Task Post_BadRequest_SpeaksTheCallersLanguage(string? language, string message)
    {
        var (_, body) = await _server.PostAsync("/api/content/digits", "{\"parameters\":{\"top_k\":0},\"payload\":{\"image\":{\"data\":\"aGk=\"}}}", language: language);

        Assert.Equal(message, (string)body["errors"]![0]!["message"]!);
    }

    [Theory]
    [InlineData("/api/content/nobody")]
    [InlineData("/api/grey/content/digits")]
    [InlineData("/api/content/..%2Fdigits")]
    public async Task Post_NothingServed_404(string path)
    {
        var (response, body) = await _server.PostAsync(path, Picture);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(10404, (int)body["code"]!);
    }

    [Fact]
    public async Task Post_HostStillLoading_503AndLater()
    {
        _server.Host.IsReady = false;

        var (response, _) = await _server.PostAsync("/api/content/nobody", Picture);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.True(response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task Post_Grey_AnswersWithTheGreyRelease()
    {
        _server.Host.Models.Add(new FakeModel { App = "digits", Phase = Phases.Grey, Version = "20261102-v1" });

        var (_, grey) = await _server.PostAsync("/api/grey/content/digits", Picture);
        var (_, production) = await _server.PostAsync("/api/content/digits", Picture);

        Assert.Equal(("20261102-v1", "20261101-v1"), ((string)grey["version"]!, (string)production["version"]!));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Post_ModelDoesNotAnswer_SaysWhy(Error error, HttpStatusCode status, int code)
    {
        _model.Answer = _ => error;

        var (response, body) = await _server.PostAsync("/api/content/digits", Picture);

        Assert.Equal((status, code), (response.StatusCode, (int)body["code"]!));
        Assert.Equal(error is BusyError ? "7" : error is UnavailableError ? "2" : null, response.Headers.RetryAfter?.ToString());
    }

    public static TheoryData<Error, HttpStatusCode, int> Failures => new()
    {
        { new BusyError("serving.busy", 7), HttpStatusCode.TooManyRequests, 429 },
        { new TimeoutError("serving.timeout"), HttpStatusCode.GatewayTimeout, 10114 },
        { new UnavailableError("serving.model_failed"), HttpStatusCode.ServiceUnavailable, 11503 },
        { new InvalidError("$.payload.image", "picture.not_a_picture"), HttpStatusCode.BadRequest, 10161 },
    };

    [Fact]
    public async Task Post_ModelThrows_500WithoutAWordOfIt()
    {
        _model.Answer = _ => throw new InvalidOperationException("secret detail");

        var (response, body) = await _server.PostAsync("/api/content/digits", Picture);

        Assert.Equal((HttpStatusCode.InternalServerError, 12000), (response.StatusCode, (int)body["code"]!));
        Assert.DoesNotContain("secret", body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_SchemaMissing_503()
    {
        _server.Host.Models[0] = new FakeModel { App = "digits", ApiSchema = null };

        var (response, body) = await _server.PostAsync("/api/content/digits", Picture);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, 11502), (response.StatusCode, (int)body["code"]!));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Post_OtherContentType_415(string? mediaType)
    {
        var (response, _) = await _server.PostAsync("/api/content/digits", Picture, mediaType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Post_LongBody_413()
    {
        var (response, body) = await _server.PostAsync("/api/content/digits", new string(' ', (16 * 1024 * 1024) + 1));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, 10200), (response.StatusCode, (int)body["code"]!));
    }

    [Fact]
    public async Task ReadAsync_LongBodyOfUnknownLength_IsRefused()
    {
        var context = new DefaultHttpContext();
        context.Request.Body = new RepeatedStream([], new byte[1024], 1_000_000, []);

        using var share = new BodyBudget(Options.Create(new ServingOptions())).Open();

        var body = await ServingBody.ReadAsync(context.Request, share, CancellationToken.None);

        Assert.IsType<BodyTooLargeError>(body.Error);
        Assert.InRange(context.Request.Body.Position, ServingBody.MaxBytes, ServingBody.MaxBytes + 100_000);
    }

    [Fact]
    public async Task ReadAsync_OtherCallsHoldTheMemory_IsBusyUntilTheyAreDone()
    {
        var budget = new BodyBudget(Options.Create(new ServingOptions { MaxBufferedMegabytes = 32 }));
        var shares = Enumerable.Range(0, 3).Select(_ => budget.Open()).ToList();

        var errors = new List<Type?>();
        foreach (var share in shares)
        {
            var context = new DefaultHttpContext();
            context.Request.Body = new RepeatedStream([], new byte[1024], 12 * 1024, []);
            errors.Add((await ServingBody.ReadAsync(context.Request, share, CancellationToken.None)).Error?.GetType());
        }

        Assert.Equal([null, null, typeof(BusyError)], errors);
        shares.ForEach(share => share.Dispose());
        Assert.Equal(0, budget.Taken);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("AK1:wrong", HttpStatusCode.Unauthorized)]
    [InlineData("AK2:s:ecret", HttpStatusCode.Unauthorized)]
    [InlineData(":", HttpStatusCode.Unauthorized)]
    [InlineData("AK1", HttpStatusCode.Unauthorized)]
    [InlineData("AK1:s:ecret", HttpStatusCode.OK)]
    public async Task Post_PrivateApp_AnswersTheOwnersKeysOnly(string? keys, HttpStatusCode status)
    {
        _server.Host.Models[0] = new FakeModel { App = "digits", Metadata = new() { Owner = new() { Uid = 1, Ak = "AK1", Sk = "s:ecret" } } };

        var (response, body) = await _server.PostAsync("/api/content/digits", Picture, keys: keys);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK ? 0 : 10313, (int)body["code"]!);
        Assert.Equal(status != HttpStatusCode.OK, response.Headers.WwwAuthenticate.Count == 1);
    }

    [Fact]
    public async Task Post_PrivateAppWithoutKeys_AnswersNobody()
    {
        _server.Host.Models[0] = new FakeModel { App = "digits", Metadata = new() { Owner = new() { Uid = 1 } } };

        var (response, _) = await _server.PostAsync("/api/content/digits", Picture, keys: ":");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Post_HttpUri_IsFetchedThroughTheEgressClient()
    {
        _server.Egress.Answers["https://pictures.example/3.png"] = "pixels"u8.ToArray();

        await _server.PostAsync("/api/content/digits", "{\"payload\":{\"image\":{\"uri\":\"https://pictures.example/3.png\"}}}");

        Assert.Equal("pixels"u8.ToArray(), Assert.Single(_model.Requests).Payload["image"].ToArray());
    }

    [Fact]
    public async Task Post_OtherKindsOfPayload_ReachTheModelAsBytes()
    {
        var model = new FakeModel
        {
            App = "mixed",
            ApiSchema = new ApiSchema
            {
                Service = "mixed",
                Payload =
                [
                    new PayloadEntry { Name = "words", Type = "text", Required = true },
                    new PayloadEntry { Name = "facts", Type = "json", Required = true },
                    new PayloadEntry { Name = "packed", Type = "text", Compressions = ["gzip"] },
                ],
            },
        };
        _server.Host.Models.Add(model);
        const string Packed = "H4sIAAAAAAACA8tIzcnJBwCGphA2BQAAAA==";

        var (response, _) = await _server.PostAsync(
            "/api/content/mixed", $"{{\"payload\":{{\"words\":{{\"text\":\"三\"}},\"facts\":{{\"json\":{{\"a\":[1, 2]}}}},\"packed\":{{\"data\":\"{Packed}\"}}}}}}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var payload = Assert.Single(model.Requests).Payload.ToDictionary(entry => entry.Key, entry => Encoding.UTF8.GetString(entry.Value.Span));
        Assert.Equal(("三", "{\"a\":[1, 2]}", "hello"), (payload["words"], payload["facts"], payload["packed"]));
    }

    [Fact]
    public async Task Post_CallerLeaves_LeaseIsGivenBack()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_server.Address.Host, _server.Address.Port);
        await socket.SendAsync("POST /api/content/digits HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray());
        socket.Close();

        var (response, _) = await _server.PostAsync("/api/content/digits", Picture);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(_model.Requests);
    }

    [Fact]
    public async Task Get_Ping_200()
    {
        var body = JsonNode.Parse(await _server.Client.GetStringAsync(new Uri("/api/ping", UriKind.Relative)))!;

        Assert.Equal("""{"code":200,"message":"pong"}""", body.ToJsonString());
    }
}
