using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Registries;
using AvaConsole.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AvaConsole.Tests.Core.Images.Registries;

/// <summary>Who gets in, with what, and whom nothing secret reaches.</summary>
public sealed class RegistryAccessTests
{
    private const string Basic = "Basic cHVzaGVyOnBhc3Mtd29yZA==";

    private static readonly RegistryCredentials s_user = new("pusher", "pass-word");

    [Theory]
    [InlineData(200, "application/json", null)]
    [InlineData(200, "text/html", "registry.not_a_registry")]
    [InlineData(404, "application/json", "registry.not_a_registry")]
    [InlineData(403, "application/json", "registry.denied")]
    [InlineData(500, "application/json", "registry.status")]
    public async Task Check_Status_SaysWhatAnswers(int status, string mediaType, string? code)
    {
        await using var registry = await SimulatedRegistry.StartAsync(context => context.JsonAsync("{}", mediaType, status));

        var result = await registry.Open().CheckAsync(default);

        Assert.Equal(code, result.Error?.Code);
        Assert.Equal(["/v2/"], registry.Targets);
    }

    [Fact]
    public async Task Check_NoChallengeWith401_IsNoRegistry()
    {
        await using var registry = await SimulatedRegistry.StartAsync(context => context.StatusAsync(401));

        Assert.Equal("registry.not_a_registry", (await registry.Open().CheckAsync(default)).Error?.Code);
    }

    [Theory]
    [InlineData("pass-word", null)]
    [InlineData("other", "registry.credentials_refused")]
    [InlineData(null, "registry.credentials_required")]
    public async Task Check_BasicChallenge_TakesTheRightPasswordOnly(string? password, string? code)
    {
        await using var registry = await SimulatedRegistry.StartAsync(context =>
            context.Request.Headers.Authorization == Basic ? context.JsonAsync("{}") : context.ChallengeAsync("Basic realm=\"r\""));

        var result = await registry.Open(password is null ? null : new RegistryCredentials("pusher", password)).CheckAsync(default);

        Assert.Equal(code, result.Error?.Code);
        Assert.Equal("", registry.Seen.First().Authorization);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("access_token")]
    public async Task ListTags_BearerChallenge_AsksForOurScopeAndKeepsTheToken(string name)
    {
        await using var tokens = await SimulatedRegistry.StartAsync(context => context.JsonAsync($$"""{"{{name}}":"t1"}"""));
        await using var registry = await SimulatedRegistry.StartAsync(context => context.Request.Headers.Authorization == "Bearer t1"
            ? context.JsonAsync("""{"tags":["a"]}""")
            : context.ChallengeAsync($"Bearer realm=\"{tokens.Url("/token?x=1")}\",service=\"reg, one\",scope=\"repository:other:push\""));
        var client = registry.Open(s_user, allowed: [tokens.Host], others: tokens);

        var first = await client.ListTagsAsync("ava/caffe", default);
        var second = await client.ListTagsAsync("ava/caffe", default);

        Assert.Equal(["a"], first.Value!.Items);
        Assert.Equal(["a"], second.Value!.Items);
        var asked = Assert.Single(tokens.Seen);
        Assert.Equal(("/token?x=1&service=reg%2C%20one&scope=repository%3Aava%2Fcaffe%3Apull", Basic), (asked.Target, asked.Authorization));
        Assert.Equal(["", "Bearer t1", "Bearer t1"], registry.Seen.Select(request => request.Authorization));
    }

    [Fact]
    public async Task ListTags_RealmOfAnUnlistedHost_GetsNothing()
    {
        await using var thief = await SimulatedRegistry.StartAsync(context => context.JsonAsync("""{"token":"t"}"""));
        await using var registry = await SimulatedRegistry.StartAsync(context => context.ChallengeAsync($"Bearer realm=\"{thief.Url("/token")}\""));

        var result = await registry.Open(s_user, others: thief).ListTagsAsync("a", default);

        Assert.Equal("registry.realm_foreign", result.Error?.Code);
        Assert.Equal([registry.Host, thief.Host], result.Error!.Args);
        Assert.Empty(thief.Seen);
    }

    [Fact]
    public async Task ListTags_TokenServiceThatRedirects_IsNotFollowed()
    {
        await using var thief = await SimulatedRegistry.StartAsync(context => context.JsonAsync("""{"token":"t"}"""));
        SimulatedRegistry registry = null!;
        registry = await SimulatedRegistry.StartAsync(context => context.Request.Path == "/token"
            ? context.RedirectAsync(thief.Url("/token"))
            : context.ChallengeAsync($"Bearer realm=\"{registry.Url("/token")}\""));
        await using var own = registry;

        var result = await registry.Open(s_user, others: thief).ListTagsAsync("a", default);

        Assert.Equal("registry.status", result.Error?.Code);
        Assert.Empty(thief.Seen);
    }

    [Theory]
    [InlineData("", 47, 49)]
    [InlineData(",\"expires_in\":300", 269, 271)]
    [InlineData(",\"expires_in\":10", 7, 9)]
    [InlineData(",\"expires_in\":-5", 47, 49)]
    public async Task ListTags_TokenNearItsEnd_IsRenewed(string expires, int stillGood, int renewed)
    {
        var clock = new FakeClock();
        var given = 0;
        SimulatedRegistry registry = null!;
        registry = await SimulatedRegistry.StartAsync(context => context.Request.Path == "/token" ? context.JsonAsync($$"""{"token":"t{{++given}}"{{expires}}}""")
            : context.Request.Headers.Authorization.Count > 0 ? context.JsonAsync("""{"tags":[]}""")
            : context.ChallengeAsync($"Bearer realm=\"{registry.Url("/token")}\""));
        await using var own = registry;
        var client = registry.Open(clock: clock);

        await client.ListTagsAsync("a", default);
        clock.Advance(TimeSpan.FromSeconds(stillGood));
        await client.ListTagsAsync("a", default);
        Assert.Equal(1, given);
        clock.Advance(TimeSpan.FromSeconds(renewed - stillGood));
        await client.ListTagsAsync("a", default);

        Assert.Equal(2, given);
    }

    [Fact]
    public async Task ListTags_TokenEndsInMidList_GoesOnWithANewOne()
    {
        var given = 0;
        SimulatedRegistry registry = null!;
        registry = await SimulatedRegistry.StartAsync(context =>
        {
            if (context.Request.Path == "/token") return context.JsonAsync($$"""{"token":"t{{++given}}"}""");
            var isSecond = context.Request.Query.ContainsKey("last");
            if (context.Request.Headers.Authorization != (isSecond ? "Bearer t2" : "Bearer t1")) return context.ChallengeAsync($"Bearer realm=\"{registry.Url("/token")}\"");
            if (!isSecond) context.Response.Headers.Link = "</v2/a/tags/list?last=one>; rel=\"next\"";
            return context.JsonAsync(isSecond ? """{"tags":["two"]}""" : """{"tags":["one"]}""");
        });
        await using var own = registry;

        var result = await registry.Open().ListTagsAsync("a", default);

        Assert.Equal(["one", "two"], result.Value!.Items);
        Assert.Equal(2, given);
    }

    [Fact]
    public async Task ListTags_TokenThatNeverSuffices_EndsAfterOne()
    {
        SimulatedRegistry registry = null!;
        registry = await SimulatedRegistry.StartAsync(context => context.Request.Path == "/token"
            ? context.JsonAsync("""{"token":"t"}""")
            : context.ChallengeAsync($"Bearer realm=\"{registry.Url("/token")}\",error=\"insufficient_scope\""));
        await using var own = registry;

        var anyone = await registry.Open().ListTagsAsync("a", default);
        var named = await registry.Open(s_user).ListTagsAsync("a", default);

        Assert.Equal(("registry.credentials_required", "registry.denied"), (anyone.Error?.Code, named.Error?.Code));
        Assert.Equal(6, registry.Seen.Count);
    }

    [Theory]
    [InlineData("""{"token":"a\nX-Evil: 1"}""")]
    [InlineData("""{"token":""}""")]
    [InlineData("""{"token":7}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    public async Task ListTags_TokenThatIsNone_IsRefused(string answer)
    {
        SimulatedRegistry registry = null!;
        registry = await SimulatedRegistry.StartAsync(context => context.Request.Path == "/token"
            ? context.JsonAsync(answer)
            : context.ChallengeAsync($"Bearer realm=\"{registry.Url("/token")}\""));
        await using var own = registry;

        Assert.Equal("registry.token_invalid", (await registry.Open().ListTagsAsync("a", default)).Error?.Code);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("0", 1)]
    [InlineData("99999999", 86400)]
    [InlineData("Thu, 01 Jan 2026 00:02:00 GMT", 120)]
    [InlineData("Thu, 01 Jan 2015 00:02:00 GMT", 1)]
    [InlineData("soon", 60)]
    [InlineData("", 60)]
    public async Task Head_TooManyRequests_SaysHowLongToWait(string header, int seconds)
    {
        await using var registry = await SimulatedRegistry.StartAsync(context =>
        {
            if (header.Length > 0) context.Response.Headers.RetryAfter = header;
            context.Response.Headers["ratelimit-limit"] = "100;w=21600";
            context.Response.Headers["ratelimit-remaining"] = "0;w=21600";
            return context.StatusAsync(429, "TOOMANYREQUESTS");
        });
        var client = registry.Open(clock: new FakeClock());

        var result = await client.HeadAsync("a", "t", default);

        Assert.Equal(("registry.rate_limited", seconds), (result.Error?.Code, Assert.IsType<BusyError>(result.Error).RetryAfterSeconds));
        Assert.Equal(new RegistryRateLimit(100, 0, TimeSpan.FromHours(6)), client.Notices.RateLimit);
        Assert.Single(registry.Seen);
    }

    [Fact]
    public async Task Notices_Warnings_AreKeptOnce()
    {
        await using var registry = await SimulatedRegistry.StartAsync(context =>
        {
            context.Response.Headers["Warning"] = new[] { "299 - \"Move to \\\"new\\\" soon\"", "299 - \"Move to \\\"new\\\" soon\"", "199 - \"other\"" };
            return context.JsonAsync("""{"tags":null}""");
        });
        var client = registry.Open();

        await client.ListTagsAsync("a", default);
        await client.ListTagsAsync("a", default);

        Assert.Equal(["Move to \"new\" soon"], client.Notices.Warnings);
    }

    [Fact]
    public void Credentials_AsText_KeepTheirSecret() => Assert.Equal("pusher", $"{s_user}");
}
