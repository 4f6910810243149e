using System.Net;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.StartUp;

/// <summary>Two consoles on one Postgres and one etcd.</summary>
public sealed class TeamTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task Consoles_OnOneDatabase_StartTogetherAndShareAccountsAndSessions()
    {
        var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        await using var etcd = await EtcdServer.StartAsync();
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:Postgres"] = database,
            ["Etcd:Endpoints"] = etcd.Url.GetLeftPart(UriPartial.Authority),
            ["Secrets:MasterKey"] = Convert.ToBase64String(TestConsole.MasterKey),
        };

        var both = await Task.WhenAll(ConsoleProcess.StartAsync(settings: settings), ConsoleProcess.StartAsync(settings: settings));
        await using var one = both[0];
        await using var two = both[1];
        using var client = one.CreateClient();
        await client.CreateFirstAccountAsync(one.SignInLink!, "lin", Password);

        // Cookies know hosts, not ports: the session of one console is the other's.
        var shared = await client.GetAsync(new Uri(two.BaseUrl, "/account/password").ToString());
        using var late = two.CreateClient();
        var second = await late.GetAsync(two.SignInLink!.PathAndQuery);

        Assert.Equal(HttpStatusCode.OK, shared.StatusCode);
        Assert.Equal("/account/login", second.Headers.Location!.AbsolutePath);
        Assert.Contains("etcd at", one.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_StoresStop_ReadySaysWhich()
    {
        var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        await using var etcd = await EtcdServer.StartAsync();
        await using var console = await ConsoleProcess.StartAsync(settings: new Dictionary<string, string>
        {
            ["ConnectionStrings:Postgres"] = database,
            ["Etcd:Endpoints"] = etcd.Url.GetLeftPart(UriPartial.Authority),
        });
        using var client = console.CreateClient();
        while ((await client.GetAsync("/health/ready")).StatusCode != HttpStatusCode.OK) await Task.Delay(50);

        await etcd.StopAsync();
        var broken = await client.GetAsync("/health/ready");
        var alive = await client.GetAsync("/health/live");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, broken.StatusCode);
        Assert.Contains("\"configuration\":\"Unhealthy\"", await broken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("\"postgres\":\"Healthy\"", await broken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Fact]
    public async Task Proxy_Trusted_MakesCookiesSecureAndTellsTheAddress()
    {
        await using var console = await ConsoleProcess.StartAsync(settings: new Dictionary<string, string>
        {
            ["Console:PublicUrl"] = "https://console.example",
            ["Proxy:Trusted"] = "127.0.0.1",
        });
        using var client = console.CreateClient();
        client.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.Http.DefaultRequestHeaders.Host = "console.example";

        var page = await client.GetAsync("/account/login");

        Assert.Equal("https://console.example/account/first", console.SignInLink!.GetLeftPart(UriPartial.Path));
        Assert.Contains("max-age=31536000", page.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
        var cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-avaconsole-form=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }
}
