using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Schemas;
using AvaConsole.Inference.Hosting;
using AvaConsole.Web.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Web.Serving;

public sealed class EvalRouteTests : IClassFixture<ServingServer>, IDisposable
{
    private const string Picture = "{\"data\":{\"uri\":\"data:application/octet-stream;base64,aGk=\"}}";

    private readonly ServingServer _server;
    private readonly FakeModel _model = new() { App = "digits" };

    public EvalRouteTests(ServingServer server)
    {
        _server = server;
        _server.Host.Models.Add(_model);
    }

    public void Dispose()
    {
        Assert.Equal(0, _server.Host.OpenLeases);
        _server.Host.Models.Clear();
        _server.Egress.Answers.Clear();
    }

    [Theory]
    [InlineData(Picture)]
    [InlineData("{\"data\":{\"uri\":\"data:image/png;base64,aGk=\",\"attribute\":{\"pts\":[]}},\"params\":{},\"op\":\"/v1/eval/digits\"}")]
    [InlineData("{\"data\":{\"uri\":\"DATA:image/png;charset=x;BASE64,aGk=\"},\"params\":null}")]
    [InlineData("{\"data\":{\"uri\":\"https://pictures.example/hi\"}}")]
    public async Task Post_GoodRequest_AnswersInAvasForm(string text)
    {
        _server.Egress.Answers["https://pictures.example/hi"] = "hi"u8.ToArray();

        var (response, body) = await _server.PostAsync("/v1/eval/digits", text);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"code":0,"message":"","result":{"confidences":[{"index":3,"class":"three","score":0.98}]}}""", body.ToJsonString());
        Assert.True(response.Headers.Contains("X-Reqid"));
        var request = Assert.Single(_model.Requests);
        Assert.Equal("hi"u8.ToArray(), request.Payload["image"].ToArray());
        Assert.Equal("""{"top_k":3}""", request.Parameters.GetRawText());
    }

    [Fact]
    public async Task Post_OctetStream_IsThePicture()
    {
        using var content = new ByteArrayContent([0xff, 0xd8, 0x00]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");

        using var response = await _server.Client.PostAsync(new Uri("/v1/eval/digits", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([0xff, 0xd8, 0x00], Assert.Single(_model.Requests).Payload["image"].ToArray());
    }

    [Theory]
    [InlineData("*/*", "application/octet-stream")]
    [InlineData("application/json", "application/json")]
    public async Task Post_Embedding_IsAStreamUnlessJsonIsAskedFor(string accept, string type)
    {
        var feature = new JsonObject { ["feature"] = new JsonArray(1) };
        _model.Answer = _ => new InferenceAnswer(feature, new InferenceTiming(1, 1, 1, 1, 1)) { Octets = new byte[] { 0, 0, 0x80, 0x3f } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/eval/digits") { Content = new StringContent(Picture, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd(accept);

        using var response = await _server.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.True(response.Headers.Contains("X-Reqid"));
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(type == "application/json" ? """{"code":0,"message":"","result":{"feature":[1]}}"""u8.ToArray() : [0, 0, 0x80, 0x3f], body);
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "$.data: ")]
    [InlineData("{}", "$.data: ")]
    [InlineData("{\"data\":[]}", "$.data: A group")]
    [InlineData("{\"data\":[{\"uri\":\"data:image/png;base64,aGk=\"},{\"uri\":\"data:image/png;base64,aGk=\"}]}", "$.data: A group")]
    [InlineData("{\"data\":[7]}", "$.data[0].uri: ")]
    [InlineData("{\"data\":[{\"uri\":\"file:///etc/passwd\"}]}", "$.data[0].uri: ")]
    [InlineData("{\"data\":{}}", "$.data.uri: ")]
    [InlineData("{\"data\":{\"uri\":3}}", "$.data.uri: ")]
    [InlineData("{\"data\":{\"uri\":\"qiniu:///z0/bucket/key\"}}", "bad uri")]
    [InlineData("{\"data\":{\"uri\":\"file:///etc/passwd\"}}", "bad uri")]
    [InlineData("{\"data\":{\"uri\":\"/etc/passwd\"}}", "bad uri")]
    [InlineData("{\"data\":{\"uri\":\"http://169.254.169.254/latest\"}}", "bad uri")]
    [InlineData("{\"data\":{\"uri\":\"https://pictures.example/endless\"}}", "bad uri")]
    [InlineData("{\"data\":{\"uri\":\"data:application/octet-stream;base64,***\"}}", "bad data uri")]
    [InlineData("{\"data\":{\"uri\":\"data:application/octet-stream;base64,\"}}", "bad data uri")]
    [InlineData("{\"data\":{\"uri\":\"data:,hi\"}}", "bad data uri")]
    [InlineData("{\"data\":{\"uri\":\"data:image/png;base64,aGk=\"},\"params\":{\"top_k\":0}}", "$.params.top_k: ")]
    [InlineData("{\"data\":{\"uri\":\"data:image/png;base64,aGk=\"},\"params\":{\"limit\":0}}", "$.params.limit: ")]
    [InlineData("{\"data\":{\"uri\":\"data:image/png;base64,aGk=\"},\"params\":7}", "$.params: ")]
    public async Task Post_BadRequest_400(string text, string message)
    {
        var (response, body) = await _server.PostAsync("/v1/eval/digits", text);

        Assert.Equal((HttpStatusCode.BadRequest, 400), (response.StatusCode, (int)body["code"]!));
        Assert.Contains(message, (string)body["message"]!, StringComparison.Ordinal);
        Assert.Empty(_model.Requests);
    }

    [Fact]
    public async Task Post_ApiWithTwoRequiredInputs_SaysWhere()
    {
        PayloadEntry[] two = [new() { Name = "left", Required = true }, new() { Name = "right", Required = true }];
        _server.Host.Models.Add(new FakeModel { App = "pairs", ApiSchema = new ApiSchema { Service = "pairs", Payload = two } });

        var (_, body) = await _server.PostAsync("/v1/eval/pairs", Picture);

        Assert.Contains("/api/content", (string)body["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OtherContentType_400WrongContentType()
    {
        var (response, body) = await _server.PostAsync("/v1/eval/digits", Picture, "text/plain");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("wrong content type", (string)body["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Post_ModelDoesNotAnswer_HasAvasCode(Error error, HttpStatusCode status, int code)
    {
        _model.Answer = _ => error;

        var (response, body) = await _server.PostAsync("/v1/eval/digits", Picture);

        Assert.Equal((status, code), (response.StatusCode, (int)body["code"]!));
        Assert.Equal(error is BusyError, response.Headers.RetryAfter?.Delta == TimeSpan.FromSeconds(1));
    }

    public static TheoryData<Error, HttpStatusCode, int> Failures => new()
    {
        { new BusyError("serving.busy", 1), HttpStatusCode.TooManyRequests, 429 },
        { new TimeoutError("serving.timeout"), HttpStatusCode.GatewayTimeout, 504 },
        { new UnavailableError("serving.model_failed"), HttpStatusCode.InternalServerError, -2 },
        { new InvalidError("$.payload.image", "picture.not_a_picture"), HttpStatusCode.BadRequest, -3 },
        { new UnavailableError("serving.overloaded", 3), HttpStatusCode.ServiceUnavailable, 503 },
    };

    [Fact]
    public async Task Post_Exception_Is599AndTellsNothingOfItself()
    {
        _model.Answer = _ => throw new InvalidOperationException("/secret/path");

        var (response, body) = await _server.PostAsync("/v1/eval/digits", Picture);

        Assert.Equal((HttpStatusCode.InternalServerError, 599), (response.StatusCode, (int)body["code"]!));
        Assert.DoesNotContain("secret", body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Answered_IsMetered()
    {
        var (answered, _) = await _server.PostAsync("/v1/eval/digits", Picture);
        var (refused, _) = await _server.PostAsync("/v1/eval/digits", "{}");

        Assert.Equal(["DIGITS:1"], answered.Headers.GetValues("X-Origin-A"));
        Assert.False(refused.Headers.Contains("X-Origin-A"));
    }

    [Fact]
    public async Task Post_Group_IsOneRequestOfSeveralInputs()
    {
        PayloadEntry[] three = [new() { Name = "left", Required = true }, new() { Name = "right", Required = true }, new() { Name = "note" }];
        var pairs = new FakeModel { App = "pairs", ApiSchema = new ApiSchema { Service = "pairs", Payload = three } };
        _server.Host.Models.Add(pairs);

        var (response, _) = await _server.PostAsync("/v1/eval/pairs", """{"data":[{"uri":"data:;base64,aGk="},{"uri":"data:;base64,aG8="}]}""");
        var (tooFew, body) = await _server.PostAsync("/v1/eval/pairs", """{"data":[{"uri":"data:;base64,aGk="}]}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var payload = Assert.Single(pairs.Requests).Payload;
        Assert.Equal(["left=hi", "right=ho"], payload.Select(entry => $"{entry.Key}={System.Text.Encoding.UTF8.GetString(entry.Value.Span)}"));
        Assert.Equal(HttpStatusCode.BadRequest, tooFew.StatusCode);
        Assert.Contains("2 to 3", (string)body["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/health", "ok avaconsole", HttpStatusCode.OK)]
    [InlineData("/health/digits", "ok digits", HttpStatusCode.OK)]
    [InlineData("/health/nothing", "serving.app_not_found", HttpStatusCode.NotFound)]
    public async Task Health_OfTheGateAndOfAnApp_IsAvas(string path, string text, HttpStatusCode status)
    {
        using var response = await _server.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal((status, text), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Post_CallerWhoMayNot_406NotAcceptable()
    {
        _server.Host.Models[0] = new FakeModel { App = "digits", Metadata = new() { Owner = new() { Ak = "AK", Sk = "SK" } } };

        var (refused, body) = await _server.PostAsync("/v1/eval/digits", Picture);
        var (owner, _) = await _server.PostAsync("/v1/eval/digits", Picture, keys: "AK:SK");

        Assert.Equal((HttpStatusCode.NotAcceptable, 406), (refused.StatusCode, (int)body["code"]!));
        Assert.StartsWith("not acceptable", (string)body["message"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, owner.StatusCode);
    }

    [Fact]
    public async Task Post_Version_AnswersWithThatRelease()
    {
        var grey = new FakeModel { App = "digits", Phase = Phases.Grey, Version = "20261102-v1" };
        _server.Host.Models.Add(grey);

        var (known, _) = await _server.PostAsync("/v1/eval/digits/20261102-v1", Picture);
        var (unknown, body) = await _server.PostAsync("/v1/eval/digits/20200101-v1", Picture);

        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.Single(grey.Requests);
        Assert.Equal((HttpStatusCode.NotFound, 404), (unknown.StatusCode, (int)body["code"]!));
    }

    [Fact]
    public async Task CallAsync_Staging_ForTheConsoleOnly()
    {
        _server.Host.Models.Add(new FakeModel { App = "digits", Phase = Phases.Staging, Version = "20261103-v1", Metadata = new() { Public = false } });
        var service = _server.Services.GetRequiredService<ServingService>();
        var target = ServingTarget.ForVersion("digits", "20261103-v1");
        var body = ServingJson.ForPicture("image", "hi"u8.ToArray(), new JsonObject { ["top_k"] = 2 });

        var page = await service.CallAsync(target, body, new ServingCaller.ConsoleUser(Actor.System), CancellationToken.None);
        var (shell, _) = await _server.PostAsync("/v1/eval/digits/20261103-v1", Picture);

        Assert.Equal(("digits", "20261103-v1", true), (page.App, page.Version, page.IsSuccess));
        Assert.Equal(HttpStatusCode.NotFound, shell.StatusCode);
    }
}
