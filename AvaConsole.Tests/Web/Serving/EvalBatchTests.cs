using System.Net;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;

namespace AvaConsole.Tests.Web.Serving;

public sealed class EvalBatchTests : IClassFixture<ServingServer>, IDisposable
{
    private const string Data = "\"data\":{\"uri\":\"data:;base64,aGk=\"}";

    private readonly ServingServer _server;
    private readonly FakeModel _digits = new() { App = "digits" };
    private readonly FakeModel _colors = new() { App = "colors" };

    public EvalBatchTests(ServingServer server)
    {
        _server = server;
        _server.Host.Models.AddRange([_digits, _colors, new FakeModel { App = "colors", Version = "20261102-v1", Phase = Phases.Grey, Answer = _ => FakeModel.Three() with { Result = new JsonObject { ["grey"] = true } } }]);
    }

    public void Dispose()
    {
        Assert.Equal(0, _server.Host.OpenLeases);
        _server.Host.Models.Clear();
    }

    [Fact]
    public async Task Post_SeveralApps_AnswersEachInItsPlace()
    {
        var (response, body) = await PostAsync(Item("/v1/eval/digits"), Item("/v1/eval/colors/20261102-v1"), Item("/v1/eval/digits", ",\"params\":{\"top_k\":1}"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(3, body.AsArray().Count);
        Assert.Equal("""{"code":0,"message":"","result":{"grey":true}}""", body[1]!.ToJsonString());
        Assert.All(body.AsArray(), item => Assert.Equal(0, (int)item!["code"]!));
        Assert.Equal(["COLORS:1", "DIGITS:2"], response.Headers.GetValues("X-Origin-A").Order());
        Assert.True(response.Headers.Contains("X-Reqid"));
    }

    [Fact]
    public async Task Post_OneFails_FailsAll()
    {
        _colors.Answer = _ => new UnavailableError("serving.model_failed");

        var (response, body) = await PostAsync(Item("/v1/eval/digits"), Item("/v1/eval/colors"));

        Assert.Equal((HttpStatusCode.InternalServerError, -2), (response.StatusCode, (int)body["code"]!));
        Assert.False(response.Headers.Contains("X-Origin-A"));
    }

    [Theory]
    [InlineData("{}", 400, 400, "list")]
    [InlineData("[]", 400, 400, "list")]
    [InlineData("[1]", 400, 400, "$[0].op: bad op")]
    [InlineData("[{\"op\":\"/v1/eval/\"}]", 400, 400, "bad op")]
    [InlineData("[{\"op\":\"/v1/eval/digits/1/2\"}]", 400, 400, "bad op")]
    [InlineData("[{\"op\":\"/v2/models/digits\"}]", 400, 400, "bad op")]
    [InlineData("[{\"op\":\"/v1/eval/nothing\"}]", 404, 404, "nothing")]
    [InlineData("[{\"op\":\"/v1/eval/digits\"}]", 400, 400, "$[0].data: ")]
    [InlineData("[{\"op\":\"/v1/eval/digits\",\"data\":{\"uri\":\"file:///etc/passwd\"}}]", 400, 400, "$[0].data.uri: ")]
    [InlineData("[", 400, 400, "not JSON")]
    public async Task Post_BadBatch_NamesTheItem(string text, int status, int code, string message)
    {
        var (response, body) = await _server.PostAsync("/v1/batch", text);

        Assert.Equal((status, code), ((int)response.StatusCode, (int)body["code"]!));
        Assert.Contains(message, (string)body["message"]!, StringComparison.Ordinal);
        Assert.Empty(_digits.Requests);
    }

    [Fact]
    public async Task Post_MoreThanMay_IsMinusOne()
    {
        var (response, body) = await PostAsync([.. Enumerable.Repeat(Item("/v1/eval/digits"), 101)]);

        Assert.Equal((HttpStatusCode.BadRequest, -1), (response.StatusCode, (int)body["code"]!));
        Assert.Empty(_digits.Requests);
    }

    [Fact]
    public async Task Post_CallerWhoMayNot_RunsNothing()
    {
        _server.Host.Models.Add(new FakeModel { App = "closed", Metadata = new AppMetadataDocument { Owner = new OwnerDocument { Ak = "AK", Sk = "SK" } } });

        var (response, body) = await PostAsync(Item("/v1/eval/digits"), Item("/v1/eval/closed"));

        Assert.Equal((HttpStatusCode.NotAcceptable, 406), (response.StatusCode, (int)body["code"]!));
        Assert.Empty(_digits.Requests);
    }

    [Fact]
    public async Task Post_OtherContentType_400WrongContentType()
    {
        var (response, body) = await _server.PostAsync("/v1/batch", "[]", "text/plain");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("wrong content type", (string)body["message"]!, StringComparison.Ordinal);
    }

    private static string Item(string op, string more = "") => $"{{\"op\":\"{op}\",{Data}{more}}}";

    private Task<(HttpResponseMessage Response, JsonNode Body)> PostAsync(params string[] items) => _server.PostAsync("/v1/batch", $"[{string.Join(',', items)}]");
}
