using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using AvaConsole.Core.Common;
using AvaConsole.Core.Common.Egress;
using AvaConsole.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AvaConsole.Tests.Core.Common;

public sealed class EgressClientTests
{
    private const string Allowed = "cdn.internal";

    [Theory]
    [InlineData("ftp://example.com/a", "egress.scheme_not_allowed")]
    [InlineData("file:///etc/passwd", "egress.scheme_not_allowed")]
    [InlineData("http://user:word@example.com/a", "egress.credentials_in_url")]
    [InlineData("http://example.com:22/a", "egress.port_not_allowed")]
    [InlineData("http://127.0.0.1/a", "egress.address_private")]
    [InlineData("http://2130706433/a", "egress.address_private")]
    [InlineData("http://0x7f.1/a", "egress.address_private")]
    [InlineData("http://[::1]/a", "egress.address_private")]
    [InlineData("http://[::ffff:169.254.169.254]/latest/meta-data", "egress.address_private")]
    [InlineData("http://localhost/a", "egress.address_private")]
    public async Task Get_ForbiddenUrl_IsRefused(string url, string code)
    {
        using var client = Create(new EgressOptions());

        var answer = await client.GetAsync(new Uri(url), 100, default);

        Assert.Equal(code, Code(answer.Error));
    }

    [Fact]
    public async Task Get_OneAddressOfSeveralPrivate_IsRefused()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.Response.WriteAsync("x"));
        using var client = Create(Options(server, hosts: null), [IPAddress.Parse("93.184.216.34"), IPAddress.Loopback]);

        var answer = await client.GetAsync(server.Url(host: "mixed.example"), 100, default);

        Assert.Equal("egress.address_private", Code(answer.Error));
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task Get_AllowedHost_IsFetched()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.Response.WriteAsync("hello"));
        using var client = Create(Options(server));

        var answer = await client.GetBytesAsync(server.Url(host: Allowed), 100, default);

        Assert.Equal("hello"u8.ToArray(), answer.Value);
    }

    [Theory]
    [InlineData("*.cdn.internal", "a.cdn.internal", true)]
    [InlineData("*.cdn.internal", "cdn.internal", false)]
    [InlineData("*.cdn.internal", "evilcdn.internal", false)]
    [InlineData("cdn.internal", "a.cdn.internal", false)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    public async Task Get_HostPattern_MatchesWholeLabels(string allowed, string host, bool expected)
    {
        await using var server = await LoopbackServer.StartAsync(context => context.Response.WriteAsync("x"));
        using var client = Create(Options(server, allowed));

        var answer = await client.GetBytesAsync(server.Url(host: host), 100, default);

        Assert.Equal(expected, answer.IsSuccess);
    }

    [Fact]
    public async Task Get_RedirectToPrivate_IsRefused()
    {
        await using var inside = await LoopbackServer.StartAsync(context => context.Response.WriteAsync("secret"));
        await using var server = await LoopbackServer.StartAsync(context => Redirect(context, inside.Url(host: "inside.example")));
        using var client = Create(new EgressOptions { AllowedHosts = Allowed, AllowedPorts = $"{server.Port},{inside.Port}" });

        var answer = await client.GetAsync(server.Url(host: Allowed), 100, default);

        Assert.Equal("egress.address_private", Code(answer.Error));
        Assert.Equal(0, inside.Requests);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Get_Redirects_AtMostThree(int redirects, bool expected)
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            var hop = int.Parse(context.Request.Path.Value![1..], CultureInfo.InvariantCulture);
            return hop < redirects ? Redirect(context, new Uri($"/{hop + 1}", UriKind.Relative)) : context.Response.WriteAsync("end");
        });
        using var client = Create(Options(server));

        var answer = await client.GetBytesAsync(server.Url("/0", Allowed), 100, default);

        Assert.Equal(expected, answer.IsSuccess);
        Assert.Equal(expected ? null : "egress.too_many_redirects", Code(answer.Error));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_LargerThanAllowed_IsTooLarge(bool declared)
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            if (declared) context.Response.ContentLength = 1000;
            return context.Response.Body.WriteAsync(new byte[1000]).AsTask();
        });
        using var client = Create(Options(server));

        var answer = await client.GetBytesAsync(server.Url(host: Allowed), 999, default);

        Assert.Equal("egress.too_large", Code(answer.Error));
    }

    [Fact]
    public async Task Get_NotFound_NamesTheStatus()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        using var client = Create(Options(server));

        var answer = await client.GetAsync(server.Url(host: Allowed), 100, default);

        Assert.Equal("egress.status", Code(answer.Error));
        Assert.Equal([Allowed, "404"], answer.Error!.Args);
    }

    [Fact]
    public async Task Get_NobodyListens_IsUnreachable()
    {
        var port = FreePort.Next();
        using var client = Create(new EgressOptions { AllowedHosts = Allowed, AllowedPorts = $"{port}" });

        var answer = await client.GetAsync(new Uri($"http://{Allowed}:{port}/"), 100, default);

        Assert.Equal("egress.unreachable", Code(answer.Error));
    }

    [Fact]
    public async Task Get_SilentServer_TimesOut()
    {
        await using var server = await LoopbackServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        var options = Options(server);
        options.TimeoutSeconds = 1;
        using var client = Create(options);

        var answer = await client.GetAsync(server.Url(host: Allowed), 100, default);

        Assert.Equal("egress.timeout", Code(answer.Error));
    }

    [Fact]
    public async Task Get_Compressed_IsNotUnpacked()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.Body.WriteAsync(new byte[] { 1, 2, 3 }).AsTask();
        });
        using var client = Create(Options(server));

        var answer = await client.GetBytesAsync(server.Url(host: Allowed), 100, default);

        Assert.Equal(new byte[] { 1, 2, 3 }, answer.Value);
    }

    [Fact]
    public async Task Send_Redirect_IsTheAnswerWithItsHeaders()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Headers["X-Seen"] = context.Request.Headers["X-Sent"];
            return Redirect(context, new Uri("http://inside.example/"));
        });
        using var client = Create(Options(server));
        var request = new EgressRequest(HttpMethod.Get, server.Url(host: Allowed), 100, TimeSpan.FromSeconds(30)) { Headers = [KeyValuePair.Create("X-Sent", "one")] };

        var answer = (await client.SendAsync(request, default)).Value!;

        Assert.Equal((302, "http://inside.example/", "one", ""), (answer.Status, answer.Header("location"), answer.Header("x-seen"), answer.Header("none")));
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [InlineData("ftp://example.com/a", "egress.scheme_not_allowed")]
    [InlineData("http://user:word@example.com/a", "egress.credentials_in_url")]
    [InlineData("http://example.com:22/a", "egress.port_not_allowed")]
    [InlineData("http://169.254.169.254/latest/meta-data", "egress.address_private")]
    public async Task Send_ForbiddenUrl_IsRefused(string url, string code)
    {
        using var client = Create(new EgressOptions());

        var answer = await client.SendAsync(new EgressRequest(HttpMethod.Head, new Uri(url), 100, TimeSpan.FromSeconds(30)), default);

        Assert.Equal(code, Code(answer.Error));
    }

    [Fact]
    public void Options_Nonsense_IsNamed()
    {
        var options = new EgressOptions { AllowedPorts = "0,abc,8080", AllowedHosts = "http://x,ok.example" };
        var problems = new List<ValidationResult>();

        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);

        Assert.Equal(3, problems.Count);
    }

    private static EgressOptions Options(LoopbackServer server, string? hosts = Allowed) => new() { AllowedHosts = hosts, AllowedPorts = $"{server.Port}" };

    private static EgressClient Create(EgressOptions options, params IPAddress[] addresses) =>
        new(options, (_, _) => Task.FromResult(addresses.Length > 0 ? addresses : [IPAddress.Loopback]));

    private static Task Redirect(HttpContext context, Uri location)
    {
        context.Response.Redirect(location.ToString());
        return Task.CompletedTask;
    }

    private static string? Code(Error? error) => error is InvalidError { Problems: [var problem] } ? problem.Code : error?.Code;
}
