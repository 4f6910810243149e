using System.Net;
using AvaConsole.Web.Infrastructure.Culture;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Web.Shell;

public sealed class PreferenceEndpointTests : IAsyncLifetime
{
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddAntiforgery().AddAuthorization();
        _app = builder.Build();
        _app.UseAntiforgery();
        _app.MapPreferences();
        _app.MapGet("/token", (HttpContext context, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(context).RequestToken);
        await _app.StartAsync();
        _client = _app.GetTestClient();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Language_Known_IsKeptAndLeadsBack()
    {
        using var answer = await PostAsync(PreferenceEndpoints.LanguagePath, ("culture", "zh-Hans"), ("returnUrl", "/apps?q=x"));

        Assert.Equal((HttpStatusCode.Redirect, "/apps?q=x"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Contains("c%3Dzh-Hans%7Cuic%3Dzh-Hans", Cookie(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Language_Unknown_IsNotKept()
    {
        using var answer = await PostAsync(PreferenceEndpoints.LanguagePath, ("culture", "xx"), ("returnUrl", "/"));

        Assert.Equal("", Cookie(answer));
    }

    [Theory]
    [InlineData("dark", "theme=dark")]
    [InlineData("pink", "theme=system")]
    public async Task Theme_Value_IsOneOfThree(string theme, string expected)
    {
        using var answer = await PostAsync(PreferenceEndpoints.ThemePath, ("theme", theme), ("returnUrl", "/"));

        Assert.StartsWith(expected, Cookie(answer), StringComparison.Ordinal);
        Assert.Contains("httponly", Cookie(answer), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Theme_ReturnUrlOfAnotherSite_LeadsHome()
    {
        using var answer = await PostAsync(PreferenceEndpoints.ThemePath, ("theme", "dark"), ("returnUrl", "//evil.example"));

        Assert.Equal("/", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Theme_WithoutToken_IsRefused()
    {
        using var form = new FormUrlEncodedContent([new("theme", "dark")]);
        using var answer = await _client.PostAsync(new Uri(PreferenceEndpoints.ThemePath, UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static string Cookie(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? string.Join("; ", cookies) : "";

    private async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var token = await _client.GetAsync(new Uri("/token", UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("Cookie", Cookie(token).Split(';')[0]);
        request.Content = new FormUrlEncodedContent(
            [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), new("__RequestVerificationToken", await token.Content.ReadAsStringAsync())]);
        return await _client.SendAsync(request);
    }
}
