using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Api;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Web.Endpoints;

/// <summary>Uploads over real HTTP to Kestrel, with Core on a real database behind it.</summary>
public sealed class PackageUploadTests : IAsyncLifetime, IAsyncDisposable
{
    private TestConsole _console = null!;
    private EndpointServer _server = null!;

    private HttpClient Client => _server.Client;

    public async Task InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        _server = await EndpointServer.StartAsync(
            services => services.AddSingleton(_console.Packages).AddSingleton(_console.Apps),
            endpoints => endpoints.MapPackageUploads().MapTestCasePictures());
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _console.DisposeAsync();
    }

    [Fact]
    public async Task Upload_Archive_IsKeptByDigest()
    {
        var content = new byte[3 * 1024 * 1024];
        Random.Shared.NextBytes(content);

        using var answer = await UploadAsync(content, Roles.Releaser, "../we ird/数字.tar");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var package = Assert.Single(await _console.Packages.ListAsync(default));
        Assert.Equal(("数字.tar", content.Length), (package.FileName, package.SizeBytes));
        Assert.Equal(package.Id, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Upload_WithoutTheTokenHeader_IsRefused()
    {
        using var answer = await UploadAsync([1], Roles.Releaser, "a.tar", token: "");

        Assert.Equal((HttpStatusCode.BadRequest, "package.upload_not_ours"), (answer.StatusCode, await CodeAsync(answer)));
        Assert.Empty(await _console.Packages.ListAsync(default));
    }

    [Fact]
    public async Task Upload_Viewer_IsRefused()
    {
        using var answer = await UploadAsync([1], Roles.Viewer, "a.tar");

        Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), (answer.StatusCode, await CodeAsync(answer)));
    }

    [Fact]
    public async Task Upload_NotSignedIn_IsRefused()
    {
        using var answer = await UploadAsync([1], roles: null, "a.tar");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Upload_WhatTheInspectorRefuses_SaysWhyInWords()
    {
        ((FakePackageInspector)_console.Get<IPackageInspector>()).Answer = new InvalidError("", "package.no_model", "model.onnx");

        using var answer = await UploadAsync([1], Roles.Releaser, "a.tar");

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("model.onnx", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_OfATestCase_IsServedToSignedInPeopleOnly()
    {
        var app = (await _console.Apps.CreateAsync(new AppRequest("digits", "", true, null, 0, "", null), _console.Alice, default)).Value!;
        var test = (await _console.Apps.AddTestCaseAsync(app.Id, new TestCaseRequest("one", "1.png", "image/png", [1, 2, 3], "1", null), _console.Alice, default)).Value!;
        var page = (await _console.Apps.AddTestCaseAsync(app.Id, new TestCaseRequest("two", "2.svg", "image/svg+xml", "<svg/>"u8.ToArray(), "1", null), _console.Alice, default)).Value!;

        using var anonymous = await Client.GetAsync($"/api/test-cases/{test.Id}/picture");
        using var picture = await _server.GetAsync($"/api/test-cases/{test.Id}/picture");
        using var active = await _server.GetAsync($"/api/test-cases/{page.Id}/picture");
        using var missing = await _server.GetAsync($"/api/test-cases/{Guid.NewGuid()}/picture");

        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        Assert.Equal([1, 2, 3], await picture.Content.ReadAsByteArrayAsync());
        Assert.Equal(("application/octet-stream", "attachment"), (active.Content.Headers.ContentType!.MediaType, active.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    private async Task<HttpResponseMessage> UploadAsync(byte[] content, string? roles, string name, string? token = null)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/token");
        using var post = new HttpRequestMessage(HttpMethod.Post, PackageEndpoints.Path + "?name=" + Uri.EscapeDataString(name)) { Content = new ByteArrayContent(content) };
        if (roles is not null)
        {
            ask.Headers.Add("X-Roles", roles);
            post.Headers.Add("X-Roles", roles);
        }

        using var answer = await Client.SendAsync(ask);
        post.Headers.Add("RequestVerificationToken", token ?? await answer.Content.ReadAsStringAsync());
        return await Client.SendAsync(post);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
}
