using System.Globalization;
using AvaConsole.Core.Images.Registries;
using AvaConsole.Tests.Support;
using Microsoft.AspNetCore.Http;
using static AvaConsole.Tests.Support.RegistryAnswers;

namespace AvaConsole.Tests.Core.Images.Registries;

/// <summary>Manifests, indexes and configurations, honest and not.</summary>
public sealed class RegistryImageTests
{
    private const string Oci = RegistryMediaTypes.OciManifest;

    private static readonly string s_config = Config("amd64", ("maintainer", "ava"), ("evil", "a\u001b[31mb\u202Ec"));
    private static readonly string s_manifest = Manifest(s_config, Oci, "layer one", "layer two");

    [Fact]
    public async Task Head_TagWithDigest_AsksWithoutABody()
    {
        await using var registry = await SimulatedRegistry.StartAsync(context =>
        {
            context.Response.Headers["Docker-Content-Digest"] = DigestOf(s_manifest);
            context.Response.ContentType = Oci + "; charset=utf-8";
            context.Response.ContentLength = s_manifest.Length;
            return Task.CompletedTask;
        });

        var result = await registry.Open().HeadAsync("a", "t", default);

        Assert.Equal(new ManifestHead(DigestOf(s_manifest), Oci, s_manifest.Length), result.Value);
        Assert.Equal(("HEAD", "/v2/a/manifests/t"), registry.Seen.Select(request => (request.Method, request.Target)).Single());
        Assert.Equal(
            [RegistryMediaTypes.OciIndex, Oci, RegistryMediaTypes.DockerList, RegistryMediaTypes.DockerManifest],
            registry.Seen.Single().Accept.Split(", "));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256:short")]
    public async Task Head_WithoutDigest_ReadsAndHashes(string digest)
    {
        await using var registry = await SimulatedRegistry.StartAsync(context =>
        {
            if (digest.Length > 0) context.Response.Headers["Docker-Content-Digest"] = digest;
            return context.Request.Method == "HEAD" ? Task.CompletedTask : context.JsonAsync(s_manifest, Oci);
        });

        Assert.Equal(new ManifestHead(DigestOf(s_manifest), Oci, s_manifest.Length), (await registry.Open().HeadAsync("a", "t", default)).Value);
        Assert.Equal(["HEAD", "GET"], registry.Seen.Select(request => request.Method));
    }

    [Fact]
    public async Task Head_TagThatIsListedWithoutManifest_Dangles()
    {
        await using var registry = await SimulatedRegistry.StartAsync(context =>
            context.Request.Path == "/v2/a/tags/list" ? context.JsonAsync("""{"tags":["gone"]}""") : context.StatusAsync(404, "MANIFEST_UNKNOWN"));
        var client = registry.Open();

        var tag = Assert.Single((await client.ListTagsAsync("a", default)).Value!.Items);

        Assert.Equal("registry.manifest_unknown", (await client.HeadAsync("a", tag, default)).Error?.Code);
        Assert.Equal("registry.manifest_unknown", (await client.GetManifestAsync("a", tag, default)).Error?.Code);
    }

    [Fact]
    public async Task GetManifest_OtherBytesThanTheDigest_AreRefused()
    {
        await using var registry = await SimulatedRegistry.StartAsync(context => context.JsonAsync(s_manifest + " ", Oci));

        var result = await registry.Open().GetManifestAsync("a", DigestOf(s_manifest), default);

        Assert.Equal("registry.digest_differs", result.Error?.Code);
        Assert.Equal([registry.Host, DigestOf(s_manifest), DigestOf(s_manifest + " ")], result.Error!.Args);
    }

    [Fact]
    public async Task GetManifest_HeaderThatLies_IsRefused()
    {
        await using var registry = await SimulatedRegistry.StartAsync(context =>
        {
            context.Response.Headers["Docker-Content-Digest"] = DigestOf("something else");
            return context.JsonAsync(s_manifest, Oci);
        });

        Assert.Equal("registry.digest_differs", (await registry.Open().GetManifestAsync("a", "t", default)).Error?.Code);
    }

    [Theory]
    [InlineData(Oci, null)]
    [InlineData(Oci + "; charset=utf-8", null)]
    [InlineData(RegistryMediaTypes.OciIndex, "registry.media_type_differs")]
    [InlineData(RegistryMediaTypes.DockerManifest, "registry.media_type_differs")]
    [InlineData("application/json", "registry.media_type_differs")]
    [InlineData("application/vnd.docker.distribution.manifest.v1+prettyjws", "registry.schema1")]
    public async Task GetManifest_MediaType_IsTheBodysOwn(string mediaType, string? code)
    {
        await using var registry = await SimulatedRegistry.StartAsync(context => context.JsonAsync(s_manifest, mediaType));

        Assert.Equal(code, (await registry.Open().GetManifestAsync("a", "t", default)).Error?.Code);
    }

    [Theory]
    [InlineData("""{"schemaVersion":1,"name":"a"}""", "application/json", "registry.schema1")]
    [InlineData("""{"schemaVersion":2}""", "text/plain", "registry.media_type_unknown")]
    [InlineData("""{"schemaVersion":2}""", Oci, "registry.answer_invalid")]
    [InlineData("""{"config":{"digest":"sha256:x"}}""", Oci, "registry.answer_invalid")]
    [InlineData("[]", Oci, "registry.answer_invalid")]
    [InlineData("<html>", Oci, "registry.answer_invalid")]
    public async Task GetManifest_BodyThatIsNone_SaysWhy(string body, string mediaType, string code)
    {
        await using var registry = await SimulatedRegistry.StartAsync(context => context.JsonAsync(body, mediaType));

        Assert.Equal(code, (await registry.Open().GetManifestAsync("a", "t", default)).Error?.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetManifest_HugeBody_IsLeftUnread(bool isDeclared)
    {
        var left = new TaskCompletionSource();
        await using var registry = await SimulatedRegistry.StartAsync(async context =>
        {
            context.RequestAborted.Register(left.SetResult);
            context.Response.ContentType = Oci;
            if (isDeclared) context.Response.ContentLength = 1L << 40;
            for (var megabyte = 0; megabyte < 64; megabyte++)
            {
                await context.Response.Body.WriteAsync(new byte[1 << 20], context.RequestAborted);
            }

            // Whoever reads it to here waits for more, and runs out of time instead of patience.
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        var result = await registry.Open().GetManifestAsync("a", "t", default);

        Assert.Equal("egress.too_large", Assert.Single(Assert.IsType<AvaConsole.Core.Common.InvalidError>(result.Error).Problems).Code);
        await left.Task;
    }

    [Fact]
    public async Task GetManifest_BodyThatNeverEnds_TimesOut()
    {
        await using var registry = await SimulatedRegistry.StartAsync(async context =>
        {
            context.Response.ContentType = Oci;
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });

        var result = await registry.Open(limits: new RegistryLimits { Deadline = TimeSpan.FromMilliseconds(200) }).GetManifestAsync("a", "t", default);

        Assert.Equal("egress.timeout", result.Error?.Code);
    }

    [Fact]
    public async Task GetConfig_RedirectToStorage_CarriesNoAuthorization()
    {
        await using var storage = await SimulatedRegistry.StartAsync(context => context.JsonAsync(s_config));
        await using var registry = await SimulatedRegistry.StartAsync(context => context.Request.Headers.Authorization.Count == 0
            ? context.ChallengeAsync("Basic realm=\"r\"")
            : context.RedirectAsync(storage.Url("/blob?signature=x")));

        var result = await registry.Open(new RegistryCredentials("u", "p"), others: storage).GetConfigAsync("a", DigestOf(s_config), default);

        Assert.Equal(new ImagePlatform("linux", "amd64", "", ""), result.Value!.Platform);
        Assert.Equal(("/blob?signature=x", ""), storage.Seen.Select(request => (request.Target, request.Authorization)).Single());
        Assert.Equal(["", "Basic dTpw"], registry.Seen.Select(request => request.Authorization));
    }

    [Fact]
    public async Task GetConfig_StorageThatAsksForAPassword_GetsNone()
    {
        SimulatedRegistry storage = null!;
        storage = await SimulatedRegistry.StartAsync(context => context.ChallengeAsync($"Bearer realm=\"{storage.Url("/token")}\""));
        await using var thief = storage;
        await using var registry = await SimulatedRegistry.StartAsync(context => context.RedirectAsync(storage.Url("/blob")));

        var result = await registry.Open(new RegistryCredentials("u", "p"), allowed: [storage.Host], others: storage).GetConfigAsync("a", DigestOf(s_config), default);

        Assert.False(result.IsSuccess);
        Assert.Equal(("/blob", ""), storage.Seen.Select(request => (request.Target, request.Authorization)).Single());
    }

    [Fact]
    public async Task GetConfig_RedirectBackFromStorage_HasLostItsAuthorization()
    {
        SimulatedRegistry registry = null!;
        await using var storage = await SimulatedRegistry.StartAsync(context => context.RedirectAsync(registry.Url("/v2/a/blobs/back")));
        registry = await SimulatedRegistry.StartAsync(context => context.Request.Path.Value!.EndsWith("/back", StringComparison.Ordinal) ? context.StatusAsync(404)
            : context.Request.Headers.Authorization.Count == 0 ? context.ChallengeAsync("Basic realm=\"r\"")
            : context.RedirectAsync(storage.Url("/blob")));
        await using var own = registry;

        await registry.Open(new RegistryCredentials("u", "p"), others: storage).GetConfigAsync("a", DigestOf(s_config), default);

        Assert.Equal(("/v2/a/blobs/back", ""), registry.Seen.Select(request => (request.Target, request.Authorization)).Last());
    }

    [Fact]
    public async Task GetConfig_RedirectsWithoutEnd_StopAtThree()
    {
        await using var registry = await SimulatedRegistry.StartAsync(context => context.RedirectAsync(new Uri("/v2/a/blobs/again", UriKind.Relative)));

        Assert.False((await registry.Open().GetConfigAsync("a", DigestOf(s_config), default)).IsSuccess);
        Assert.Equal(4, registry.Seen.Count);
    }

    [Fact]
    public async Task GetConfig_Texts_AreCleanedAndValuesOfVariablesLeftOut()
    {
        await using var registry = await SimulatedRegistry.StartAsync(context => context.JsonAsync(s_config));

        var config = (await registry.Open().GetConfigAsync("a", DigestOf(s_config), default)).Value!;

        Assert.Equal(["PATH", "TOKEN"], config.EnvironmentNames);
        Assert.Equal(new Dictionary<string, string> { ["evil"] = "a[31mbc", ["maintainer"] = "ava" }, config.Labels);
        Assert.Equal(DateTimeOffset.Parse("2026-11-01T08:09:10.1234568Z", CultureInfo.InvariantCulture), config.Created);
    }

    [Fact]
    public async Task GetConfig_OtherBytes_AreRefused()
    {
        await using var registry = await SimulatedRegistry.StartAsync(context => context.JsonAsync("{}"));

        Assert.Equal("registry.digest_differs", (await registry.Open().GetConfigAsync("a", DigestOf(s_config), default)).Error?.Code);
    }

    [Fact]
    public async Task GetImage_IndexWithAttestations_AttachesThemToTheirPlatform()
    {
        var arm = Manifest(Config("arm64"), Oci, "arm layer");
        var evidence = Manifest("{}", Oci);
        var index = Index(
            Entry(s_manifest, "linux/amd64"), Entry(arm, "unknown/unknown"), Entry(evidence, "unknown/unknown", DigestOf(s_manifest)), Entry(evidence, "unknown/unknown", DigestOf("not here")));
        await using var registry = await ServeAsync(index, [s_manifest, arm], [s_config, Config("arm64")]);

        var image = (await registry.Open().GetImageAsync("a", "t", default)).Value!;

        Assert.Equal(["linux/amd64", "linux/arm64"], image.Platforms.Select(platform => platform.Platform!.ToString()));
        Assert.Equal([1, 0], image.Platforms.Select(platform => platform.Attestations.Count));
        Assert.Equal("layer onelayer two".Length + s_config.Length, image.Platforms[0].Bytes);
        Assert.Single(image.OtherAttestations);
        Assert.DoesNotContain(registry.Targets, target => target.Contains(DigestOf(evidence), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(4, "registry.index_too_deep")]
    public async Task GetImage_NestedIndex_IsReadToADepth(int depth, string? code)
    {
        var documents = new List<string> { s_manifest };
        var root = Index(Entry(s_manifest, "linux/amd64"));
        for (var level = 1; level < depth; level++)
        {
            documents.Add(root);
            root = Index(Entry(root, "", mediaType: RegistryMediaTypes.OciIndex));
        }

        await using var registry = await ServeAsync(root, documents, [s_config]);

        var result = await registry.Open().GetImageAsync("a", "t", default);

        Assert.Equal(code, result.Error?.Code);
        if (code is null) Assert.Equal(DigestOf(s_manifest), Assert.Single(result.Value!.Platforms).Digest);
    }

    [Fact]
    public async Task GetImage_MoreEntriesThanTheLimits_AsksNoMore()
    {
        var empty = Enumerable.Range(0, 20).Select(number => Index() + new string(' ', number)).ToList();
        var root = Index([.. empty.Select(index => Entry(index, "", mediaType: RegistryMediaTypes.OciIndex))]);
        await using var registry = await ServeAsync(root, empty, []);

        var result = await registry.Open(limits: new RegistryLimits { MaxIndexEntries = 5 }).GetImageAsync("a", "t", default);

        Assert.Equal("registry.index_too_large", result.Error?.Code);
        Assert.Equal(6, registry.Seen.Count);
    }

    [Fact]
    public async Task GetImage_MorePlatformsThanAreDetailed_ListsTheRest()
    {
        var arm = Manifest(Config("arm64"), Oci);
        await using var registry = await ServeAsync(Index(Entry(s_manifest, "linux/amd64"), Entry(arm, "linux/arm64")), [s_manifest], [s_config]);

        var image = (await registry.Open(limits: new RegistryLimits { MaxDetailedPlatforms = 1 }).GetImageAsync("a", "t", default)).Value!;

        Assert.True(image.IsCut);
        Assert.Equal([("linux/amd64", true), ("linux/arm64", false)], image.Platforms.Select(platform => (platform.Platform!.ToString(), platform.Config is not null)));
    }

    [Fact]
    public async Task GetImage_ArtifactThatIsNoImage_IsNamed()
    {
        var chart = s_manifest.Replace("vnd.oci.image.config", "vnd.cncf.helm.config", StringComparison.Ordinal);
        await using var registry = await SimulatedRegistry.StartAsync(context => context.JsonAsync(chart, Oci));

        var image = (await registry.Open().GetImageAsync("a", "t", default)).Value!;

        Assert.Equal("application/vnd.cncf.helm.config.v1+json", image.ArtifactType);
        Assert.Null(Assert.Single(image.Platforms).Config);
        Assert.Single(registry.Seen);
    }

    private static Task<SimulatedRegistry> ServeAsync(string root, IEnumerable<string> manifests, IEnumerable<string> blobs)
    {
        var documents = manifests.ToDictionary(manifest => "/v2/a/manifests/" + DigestOf(manifest));
        documents["/v2/a/manifests/t"] = root;
        foreach (var blob in blobs) documents["/v2/a/blobs/" + DigestOf(blob)] = blob;
        return SimulatedRegistry.StartAsync(context => documents.TryGetValue(context.Request.Path.Value!, out var document)
            ? context.JsonAsync(document, document.Contains("\"manifests\"", StringComparison.Ordinal) ? RegistryMediaTypes.OciIndex : Oci)
            : context.StatusAsync(404, "MANIFEST_UNKNOWN"));
    }
}
