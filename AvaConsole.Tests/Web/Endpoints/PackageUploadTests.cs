using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Api;
using AvaConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AvaConsole.Tests.Web.Endpoints;

/// <summary>Uploads over real HTTP to Kestrel, with Core on a real database behind it.</summary>
public sealed class PackageUploadTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly CookieContainer _cookies = new();
    private TestConsole _console = null!;
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddLocalization().AddAntiforgery().AddAuthorization().AddSingleton<ErrorPresenter>();
        builder.Services.AddAuthentication("roles").AddScheme<AuthenticationSchemeOptions, RolesInHeader>("roles", null);
        builder.Services.AddSingleton(_console.Packages).AddSingleton(_console.Apps);
        _app = builder.Build();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapPackageUploads();
        _app.MapTestCasePictures();
        _app.MapGet("/token", (HttpContext context, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(context).RequestToken);
        await _app.StartAsync();
        _client = new HttpClient(new HttpClientHandler { CookieContainer = _cookies }) { BaseAddress = new Uri(_app.Urls.First()) };
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
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

        using var anonymous = await _client.GetAsync($"/api/test-cases/{test.Id}/picture");
        using var picture = await GetAsync($"/api/test-cases/{test.Id}/picture");
        using var active = await GetAsync($"/api/test-cases/{page.Id}/picture");
        using var missing = await GetAsync($"/api/test-cases/{Guid.NewGuid()}/picture");

        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        Assert.Equal([1, 2, 3], await picture.Content.ReadAsByteArrayAsync());
        Assert.Equal(("application/octet-stream", "attachment"), (active.Content.Headers.ContentType!.MediaType, active.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Roles", Roles.Viewer);
        return await _client.SendAsync(request);
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

        using var answer = await _client.SendAsync(ask);
        post.Headers.Add("RequestVerificationToken", token ?? await answer.Content.ReadAsStringAsync());
        return await _client.SendAsync(post);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    private sealed class RolesInHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-Roles"] is not [{ } role])
                return Task.FromResult(AuthenticateResult.NoResult());
            var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "11111111-1111-1111-1111-111111111111"), new(ClaimTypes.Name, "carol"), new(ClaimTypes.Role, role)], "roles");
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), "roles")));
        }
    }
}
