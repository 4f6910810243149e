using System.Net;
using System.Net.WebSockets;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.StartUp;

public sealed class PerimeterTests(RunningConsole console) : IClassFixture<RunningConsole>
{
    [Fact]
    public async Task Get_Page_CarriesSecurityHeaders()
    {
        using var client = console.CreateClient();

        var page = await client.GetAsync("/account/login");

        Assert.Equal("nosniff", Header(page, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(page, "X-Frame-Options"));
        Assert.Equal("same-origin", Header(page, "Referrer-Policy"));
        Assert.Equal("no-store", Header(page, "Cache-Control"));
        Assert.Contains("script-src 'self';", Header(page, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", Header(page, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.False(page.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Get_Page_HasNoInlineScript()
    {
        using var client = await console.SignInAsync();

        var page = await client.Http.GetStringAsync(new Uri("/account/password", UriKind.Relative));

        Assert.DoesNotMatch(@"<script(?![^>]*\bsrc=)[^>]*>", page);
        Assert.DoesNotMatch(@"\son[a-z]+=""", page);
    }

    [Fact]
    public async Task Get_SignedOut_RedirectsPagesAndRefusesPrograms()
    {
        using var client = console.CreateClient();
        using var program = new HttpClient { BaseAddress = console.Process.BaseUrl };

        var page = await client.GetAsync("/apps?x=1");
        var call = await program.PostAsync(new Uri("/api/packages", UriKind.Relative), null);

        Assert.Equal("/account/login?returnUrl=%2Fapps%3Fx%3D1", page.Headers.Location!.PathAndQuery);
        Assert.Equal(HttpStatusCode.Unauthorized, call.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.SwitchingProtocols)]
    public async Task Circuit_Origin_OnlyOurOwn(string? origin, HttpStatusCode expected)
    {
        using var client = await console.SignInAsync();
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = client.Cookies;
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", origin ?? console.Process.BaseUrl.GetLeftPart(UriPartial.Authority));

        var failure = await Record.ExceptionAsync(() => socket.ConnectAsync(new UriBuilder(console.Process.BaseUrl) { Scheme = "ws", Path = "/_blazor" }.Uri, default));

        Assert.Equal(expected, socket.HttpStatusCode);
        Assert.Equal(expected is HttpStatusCode.SwitchingProtocols, failure is null);
    }

    [Fact]
    public async Task Circuit_SignedOut_IsRefused()
    {
        using var client = new HttpClient { BaseAddress = console.Process.BaseUrl };

        var answer = await client.PostAsync(new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Health_Live_AnswersWithoutSignIn()
    {
        using var client = console.CreateClient();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task Packages_UnknownDigest_IsNotFound()
    {
        using var client = console.CreateClient();

        var unknown = await client.GetAsync($"/packages/{new string('a', 64)}.tar");
        var escape = await client.GetAsync("/packages/..%2f..%2fkeys%2fmaster.key.tar");

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, escape.StatusCode);
    }

    [Fact]
    public void Keys_OnDisk_AreTheOwnersOnly()
    {
        var keys = Path.Combine(console.Process.Data, "keys");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(keys));
        Assert.All(Directory.GetFiles(keys), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    private static string Header(HttpResponseMessage response, string name) =>
        string.Join(", ", response.Headers.TryGetValues(name, out var values) ? values : response.Content.Headers.GetValues(name));
}
