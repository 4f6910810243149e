using System.Globalization;
using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Images.Registries;
using AvaConsole.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using static AvaConsole.Tests.Support.RegistryAnswers;

namespace AvaConsole.Tests.Integration.Images;

/// <summary>Refreshes of registries that lie, fail and want more than they may have.</summary>
[Trait("Category", "Integration")]
public sealed class HostileRefreshTests : IAsyncLifetime
{
    private const string Basic = "Basic cHVzaGVyOnBhc3Mtd29yZA==";

    private readonly SimulatedImages _images = new();
    private readonly List<SimulatedRegistry> _servers = [];
    private TestConsole _console = null!;

    public async Task InitializeAsync() => _console = await TestConsole.StartAsync();

    public async Task DisposeAsync()
    {
        await _console.DisposeAsync();
        foreach (var server in _servers) await server.DisposeAsync();
    }

    [Fact]
    public async Task Refresh_ForeignLink_FailsItsRepositoryOnly()
    {
        _images.Add("bad", "amd64", "v1");
        _images.Add("good", "amd64", "v1");
        var thief = await ServeAsync(context => context.JsonAsync("""{"tags":["stolen"]}"""));
        await RefreshAsync(await ServeAsync(context =>
        {
            if (context.Request.Path == "/v2/bad/tags/list") context.Response.Headers.Link = $"<{thief.Url("/v2/bad/tags/list")}>; rel=\"next\"";
            return context.Request.Path == "/v2/bad/tags/list" ? context.JsonAsync("""{"tags":["v1"]}""") : _images.AnswerAsync(context);
        }));

        Assert.Equal([("bad", "registry.link_foreign"), ("good", "")], await RepositoriesAsync());
        Assert.Equal(["v1"], (await TagsAsync()).Select(tag => tag.Name));
        Assert.Empty(thief.Seen);
        Assert.Equal("", (await RegistryAsync()).Refresh.ErrorCode);
    }

    [Fact]
    public async Task Refresh_RelativeLinks_AreFollowedToTheEnd()
    {
        _images.Tags["a"] = [.. Enumerable.Range(0, 2500).Select(number => $"t{number}")];
        await RefreshAsync(await ServeAsync(_images.AnswerAsync), budget: 10);

        Assert.Equal((2500, "registry.budget_spent"), ((await TagsAsync()).Count, (await RegistryAsync()).Refresh.ErrorCode));
    }

    [Fact]
    public async Task Refresh_TokenEndsInTheMiddle_GetsAnother()
    {
        _images.Add("a", "amd64", "v1", "v2", "v3");
        var given = 0;
        SimulatedRegistry server = null!;
        server = await ServeAsync(context =>
        {
            if (context.Request.Path == "/token") return context.JsonAsync($$"""{"token":"t{{Interlocked.Increment(ref given)}}"}""");
            // Each token is good for three questions.
            var good = server.Seen.Count(seen => seen.Authorization == $"Bearer t{given}") <= 3;
            return given > 0 && good && context.Request.Headers.Authorization == $"Bearer t{given}" ? _images.AnswerAsync(context) : context.ChallengeAsync($"Bearer realm=\"{server.Url("/token")}\"");
        });

        await RefreshAsync(server);

        Assert.InRange(given, 2, 20);
        Assert.All(await TagsAsync(), tag => Assert.Equal((TagState.Known, ""), (tag.State, tag.ErrorCode)));
    }

    [Fact]
    public async Task Refresh_TooManyRequests_WaitsAsLongAsItIsTold()
    {
        _images.Add("a", "amd64", "v1");
        _images.Add("b", "arm64", "v1");
        var isFull = true;
        await RefreshAsync(await ServeAsync(context =>
        {
            context.Response.Headers["ratelimit-limit"] = "100;w=21600";
            context.Response.Headers["ratelimit-remaining"] = "0;w=21600";
            context.Response.Headers.RetryAfter = "600";
            return isFull && context.Request.Path.StartsWithSegments("/v2/b") ? context.StatusAsync(429, "TOOMANYREQUESTS") : _images.AnswerAsync(context);
        }));

        var registry = await RegistryAsync();
        Assert.Equal(("registry.rate_limited", "a", 1), (registry.Refresh.ErrorCode, registry.Refresh.Resume, registry.Refresh.Repositories));
        Assert.Equal(new RegistryRateLimit(100, 0, TimeSpan.FromHours(6)), registry.Refresh.RateLimit);
        Assert.InRange(registry.NextRefreshAt - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(590), TimeSpan.FromSeconds(660));
        Assert.Equal("registry.rate_limited", Assert.IsType<BusyError>((await _console.Registries.RefreshAsync(registry.Id, _console.Alice, default)).Error).Code);

        isFull = false;
        await DueAsync();
        await _console.Refresher.RunOnceAsync(default);
        Assert.Equal(2, (await TagsAsync()).Count(tag => tag.State == TagState.Known));
        Assert.Equal(("", ""), ((await RegistryAsync()).Refresh.ErrorCode, (await RegistryAsync()).Refresh.Resume));
    }

    [Fact]
    public async Task Refresh_LyingDigest_IsUnreadable()
    {
        var digest = _images.Add("a", "amd64", "v1");
        await RefreshAsync(await ServeAsync(context => context.Request.Method == "GET" && context.Request.Path.Value!.EndsWith(digest, StringComparison.Ordinal)
            ? context.JsonAsync(_images.Document("a", digest) + " ", RegistryMediaTypes.OciManifest)
            : _images.AnswerAsync(context)));

        var tag = Assert.Single(await TagsAsync());
        Assert.Equal((TagState.Unreadable, "registry.digest_differs", digest), (tag.State, tag.ErrorCode, tag.ErrorArgs[1]));
        Assert.Equal(0, await _console.QueryAsync(db => db.Images.CountAsync()));
    }

    [Theory]
    [InlineData(2, TagState.Known)]
    [InlineData(4, TagState.Unreadable)]
    public async Task Refresh_NestedIndex_IsReadToADepth(int depth, TagState state)
    {
        _images.Add("a", "amd64");
        var document = Index(Entry(Manifest(Config("amd64", ("maintainer", "ava")), RegistryMediaTypes.OciManifest, "layer of amd64"), "linux/amd64"));
        for (var level = 1; level < depth; level++)
        {
            _images.AddDocument("a", document, RegistryMediaTypes.OciIndex);
            document = Index(Entry(document, "", mediaType: RegistryMediaTypes.OciIndex));
        }

        _images.AddDocument("a", document, RegistryMediaTypes.OciIndex, "deep");
        var server = await ServeAsync(_images.AnswerAsync);
        await RefreshAsync(server);
        Assert.Equal(state, Assert.Single(await TagsAsync()).State);

        // What cannot be read today cannot be tomorrow, and is not tried again.
        server.Seen.Clear();
        await DueAsync();
        await _console.Refresher.RunOnceAsync(default);
        Assert.DoesNotContain(server.Seen, seen => seen.Method == "GET" && seen.Target.Contains("/manifests/", StringComparison.Ordinal));
        Assert.Equal(state, Assert.Single(await TagsAsync()).State);
    }

    [Fact]
    public async Task Refresh_EvidenceAndReferrerTags_AreNoPlatformsAndNoTags()
    {
        var digest = _images.Add("a", "amd64", "v1");
        var evidence = Manifest(Config("unknown"), RegistryMediaTypes.OciManifest, "statement");
        _images.AddDocument("a", Index(Entry(_images.Document("a", digest), "linux/amd64"), Entry(evidence, "unknown/unknown", digest)), RegistryMediaTypes.OciIndex, "v2");
        _images.AddDocument("a", evidence, RegistryMediaTypes.OciManifest, $"sha256-{digest[7..]}", $"sha256-{digest[7..]}.sig");

        await RefreshAsync(await ServeAsync(_images.AnswerAsync));

        Assert.Equal(["v1", "v2"], (await TagsAsync()).Select(tag => tag.Name).Order());
        var platforms = (await _console.QueryAsync(db => db.Images.SingleAsync(image => image.MediaType == RegistryMediaTypes.OciIndex))).Platforms;
        Assert.Equal(("linux/amd64", "attestation-manifest"), (Assert.Single(platforms).Platform, Assert.Single(platforms[0].Attestations)));
    }

    [Fact]
    public async Task Refresh_HundredThousandTags_StaysWithinItsBudget()
    {
        var digest = _images.Add("a", "amd64", "t000000");
        _images.Tags["a"] = [.. Enumerable.Range(0, 100_000).Select(number => $"t{number.ToString("000000", CultureInfo.InvariantCulture)}")];
        var server = await ServeAsync(context =>
        {
            if (!context.Request.Path.StartsWithSegments("/v2/a/manifests")) return _images.AnswerAsync(context);
            context.Request.Path = $"/v2/a/manifests/{digest}";
            return _images.AnswerAsync(context);
        });

        await RefreshAsync(server, budget: 600);

        var registry = await RegistryAsync();
        Assert.Equal((600, "registry.budget_spent"), (server.Seen.Count, registry.Refresh.ErrorCode));
        Assert.Equal(100_000, (await _console.Registries.ListAsync(default))[0].Tags);
        var seen = await _console.QueryAsync(db => db.ImageTags.CountAsync(tag => tag.State == TagState.Known));
        Assert.Equal(registry.Refresh.Tags, seen);

        await DueAsync();
        await _console.Refresher.RunOnceAsync(default);
        Assert.Equal(seen + (await RegistryAsync()).Refresh.Tags, await _console.QueryAsync(db => db.ImageTags.CountAsync(tag => tag.State == TagState.Known)));
    }

    [Fact]
    public async Task Refresh_RedirectToStorage_CarriesNoCredentials()
    {
        var digest = _images.Add("a", "amd64", "v1");
        var storage = await ServeAsync(context => _images.AnswerAsync(context));
        await RefreshAsync(await ServeAsync(context => context.Request.Headers.Authorization != Basic ? context.ChallengeAsync("Basic realm=\"r\"")
            : context.Request.Path.Value!.Contains("/blobs/", StringComparison.Ordinal) || context.Request.Path == "/v2/_catalog" ? context.RedirectAsync(storage.Url(context.Request.Path + context.Request.QueryString))
            : _images.AnswerAsync(context)));

        Assert.Equal((TagState.Known, digest), (await TagsAsync()).Select(tag => (tag.State, tag.Digest)).Single());
        Assert.NotEmpty(storage.Seen);
        Assert.All(storage.Seen, seen => Assert.Equal("", seen.Authorization));
    }

    [Fact]
    public async Task Refresh_RealmOfAnotherHost_GetsNothingAndIsNamed()
    {
        var thief = await ServeAsync(context => context.JsonAsync("""{"token":"t"}"""));
        var server = await ServeAsync(context => context.ChallengeAsync($"Bearer realm=\"{thief.Url("/token")}\""));

        await RefreshAsync(server);

        var report = (await RegistryAsync()).Refresh;
        Assert.Equal("registry.realm_foreign", report.ErrorCode);
        Assert.Equal([server.Host, thief.Host], report.ErrorArgs);
        Assert.Empty(thief.Seen);
    }

    [Fact]
    public async Task Refresh_RegistryGoesAway_IsGivenUpSoon()
    {
        foreach (var number in Enumerable.Range(0, 50)) _images.Add($"r{number:00}", "amd64", [.. Enumerable.Range(0, 50).Select(tag => $"v{tag}")]);
        var server = await ServeAsync(context => context.Request.Path == "/v2/_catalog" || context.Request.Path.Value!.EndsWith("/tags/list", StringComparison.Ordinal)
            ? _images.AnswerAsync(context) : context.StatusAsync(503));

        await RefreshAsync(server);

        Assert.InRange(server.Seen.Count, 3, 60);
        Assert.Equal("registry.status", (await RegistryAsync()).Refresh.ErrorCode);
    }

    [Fact]
    public async Task Refresh_ClosedCatalogueOfHarbor_AsksItsProject()
    {
        _images.Add("vision/keras", "amd64", "v1");
        var server = await ServeAsync(context => context.Request.Path.Value switch
        {
            "/v2/_catalog" => context.StatusAsync(403),
            "/api/v2.0/systeminfo" => context.JsonAsync("""{"auth_mode":"db_auth"}"""),
            "/api/v2.0/projects/vision/repositories" => context.Request.Headers.Authorization == Basic ? context.JsonAsync("""[{"name":"vision/keras"},{"name":"Not A Name"}]""") : context.StatusAsync(401),
            _ => _images.AnswerAsync(context),
        });

        await RefreshAsync(server, change: request => request with { Namespace = "vision" });

        Assert.Equal([("vision/keras", "")], await RepositoriesAsync());
        Assert.Equal("", server.Seen.Single(seen => seen.Target == "/api/v2.0/systeminfo").Authorization);
    }

    [Fact]
    public async Task Refresh_EditedMeanwhile_WritesNothingMore()
    {
        _images.Add("a", "amd64", "v1");
        _images.Add("b", "amd64", "v1");
        var isEdited = false;
        var server = await ServeAsync(async context =>
        {
            if (context.Request.Path == "/v2/b/tags/list" && !isEdited)
            {
                isEdited = true;
                var registry = await RegistryAsync();
                Assert.Null((await _console.Registries.UpdateAsync(registry.Id, registry.Revision, Request(registry.Address) with { Name = "Ours", Secret = null }, _console.Alice, default)).Error);
            }

            await _images.AnswerAsync(context);
        });

        await RefreshAsync(server);

        Assert.Equal([("a", "")], await RepositoriesAsync());
        Assert.True((await RegistryAsync()).NextRefreshAt <= DateTimeOffset.UtcNow);
        await _console.Refresher.RunOnceAsync(default);
        Assert.Equal([("a", ""), ("b", "")], await RepositoriesAsync());
    }

    private async Task<SimulatedRegistry> ServeAsync(Func<HttpContext, Task> answer)
    {
        _servers.Add(await SimulatedRegistry.StartAsync(answer));
        _console.AllowRegistries([.. _servers.Select(server => server.Port)]);
        return _servers[^1];
    }

    private static RegistryRequest Request(string address) => new("Team", address, "pass-word") { UserName = "pusher" };

    private async Task RefreshAsync(SimulatedRegistry server, int budget = 1000, Func<RegistryRequest, RegistryRequest>? change = null)
    {
        var request = Request(server.Url("/").ToString()) with { RequestBudget = budget };
        Assert.Null((await _console.Registries.AddAsync(change?.Invoke(request) ?? request, _console.Alice, default)).Error);
        Assert.True(await _console.Refresher.RunOnceAsync(default));
    }

    /// <summary>As if its time had passed.</summary>
    private Task<int> DueAsync() => _console.QueryAsync(db => db.ImageRegistries.ExecuteUpdateAsync(set => set.SetProperty(registry => registry.NextRefreshAt, DateTimeOffset.UnixEpoch)));

    private async Task<ImageRegistry> RegistryAsync() => Assert.Single(await _console.Registries.ListAsync(default)).Registry;

    private Task<List<IndexedTag>> TagsAsync() => _console.QueryAsync(db => db.ImageTags.ToListAsync());

    private async Task<IEnumerable<(string Path, string ErrorCode)>> RepositoriesAsync() =>
        (await _console.QueryAsync(db => db.ImageRepositories.OrderBy(repository => repository.Path).ToListAsync())).Select(repository => (repository.Path, repository.ErrorCode));
}
