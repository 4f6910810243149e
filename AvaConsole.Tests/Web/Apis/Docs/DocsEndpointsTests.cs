using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AvaConsole.Core.Configuration;
using AvaConsole.Tests.Core.Schemas;
using AvaConsole.Tests.Web.Serving;

namespace AvaConsole.Tests.Web.Apis.Docs;

public sealed class DocsEndpointsTests : IAsyncLifetime
{
    private readonly ServingServer _server = new();

    public Task InitializeAsync()
    {
        _server.Host.Models.Add(new FakeModel { App = "digits" });
        _server.Host.Models.Add(new FakeModel { App = "digits", Phase = Phases.Grey, Version = "20261102-v1", ApiSchema = Sample.Digits with { Version = "2.0.0" } });
        _server.Host.Models.Add(new FakeModel { App = "secret", Metadata = new AppMetadataDocument { Public = false, Owner = new OwnerDocument { Ak = "key", Sk = "word" } } });
        _server.Host.Models.Add(new FakeModel { App = "bare", ApiSchema = null });
        return _server.InitializeAsync();
    }

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task OpenApi_PublicApp_IsTheLiveDocument()
    {
        var document = JsonNode.Parse(await _server.Client.GetStringAsync("/docs/digits/openapi.json"))!;

        Assert.Equal("1.2.0", (string?)document["info"]!["version"]);
        Assert.Equal(_server.Address.GetLeftPart(UriPartial.Authority), (string?)document["servers"]![0]!["url"]);
        Assert.StartsWith("openapi: ", await _server.Client.GetStringAsync("/docs/digits/openapi.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenApi_Grey_IsTheGreyRelease() =>
        Assert.Equal("2.0.0", (string?)JsonNode.Parse(await _server.Client.GetStringAsync("/docs/digits/openapi.json?phase=grey"))!["info"]!["version"]);

    [Theory]
    [InlineData("/docs/nobody/openapi.json", HttpStatusCode.NotFound)]
    [InlineData("/docs/secret/openapi.json", HttpStatusCode.Unauthorized)]
    [InlineData("/docs/secret/openapi.yaml", HttpStatusCode.Unauthorized)]
    [InlineData("/docs/bare/openapi.json", HttpStatusCode.ServiceUnavailable)]
    [InlineData("/docs/digits/openapi.json?phase=staging", HttpStatusCode.OK)]
    public async Task OpenApi_NotForThisCaller_IsRefused(string path, HttpStatusCode expected)
    {
        using var response = await _server.Client.GetAsync(path);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.Unauthorized, response.Headers.WwwAuthenticate.Count > 0);
    }

    [Theory]
    [InlineData("key:word", HttpStatusCode.OK)]
    [InlineData("key:guess", HttpStatusCode.Unauthorized)]
    public async Task OpenApi_NotPublic_TakesTheOwnersKeys(string keys, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/docs/secret/openapi.json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(keys)));

        using var response = await _server.Client.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task OpenApi_RefusedInChinese_SaysItInChinese()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/docs/nobody/openapi.json");
        request.Headers.Add("Accept-Language", "zh-CN");

        using var response = await _server.Client.SendAsync(request);

        Assert.Contains(JsonNode.Parse(await response.Content.ReadAsStringAsync())!["message"]!.GetValue<string>(), letter => letter >= '一');
    }
}
