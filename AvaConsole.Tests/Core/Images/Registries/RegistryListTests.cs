using System.Globalization;
using AvaConsole.Core.Images.Registries;
using AvaConsole.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AvaConsole.Tests.Core.Images.Registries;

/// <summary>Repositories, tags and referrers, page by page.</summary>
public sealed class RegistryListTests
{
    private static readonly string s_digest = RegistryAnswers.DigestOf("subject");

    [Theory]
    [InlineData("</v2/a/tags/list?last=b&n=2>; rel=\"next\"")]
    [InlineData("<?last=b&n=2>; rel=next")]
    [InlineData("<http://{0}/v2/a/tags/list?last=b&n=2>; rel=\"next\"; title=\"x\"")]
    [InlineData("</v2/>; rel=\"prev\", </v2/a/tags/list?last=b&n=2>; rel=\"next\"")]
    public async Task ListTags_LinkOfAnyForm_IsFollowed(string link)
    {
        SimulatedRegistry registry = null!;
        registry = await SimulatedRegistry.StartAsync(context =>
        {
            if (context.Request.Query.ContainsKey("last")) return context.JsonAsync("""{"name":"a","tags":["c"]}""");
            context.Response.Headers.Link = string.Format(CultureInfo.InvariantCulture, link, registry.Host);
            return context.JsonAsync("""{"name":"a","tags":["a","b"]}""");
        });
        await using var own = registry;

        var result = await registry.Open().ListTagsAsync("a", default);

        Assert.Equal(["a", "b", "c"], result.Value!.Items);
        Assert.Equal(["/v2/a/tags/list?n=1000", "/v2/a/tags/list?last=b&n=2"], registry.Targets);
    }

    [Fact]
    public async Task ListTags_LinkToAnotherHost_IsAnErrorAndNothingGoesThere()
    {
        await using var other = await SimulatedRegistry.StartAsync(context => context.JsonAsync("""{"tags":["stolen"]}"""));
        await using var registry = await SimulatedRegistry.StartAsync(context =>
        {
            if (context.Request.Headers.Authorization.Count == 0) return context.ChallengeAsync("Basic realm=\"r\"");
            context.Response.Headers.Link = $"<{other.Url("/v2/a/tags/list?last=a")}>; rel=\"next\"";
            return context.JsonAsync("""{"tags":["a"]}""");
        });

        var result = await registry.Open(new RegistryCredentials("u", "p"), others: other).ListTagsAsync("a", default);

        Assert.Equal("registry.link_foreign", result.Error?.Code);
        Assert.Empty(other.Seen);
    }

    [Fact]
    public async Task ListTags_ShortAndEmptyPagesWithALink_GoOn()
    {
        await using var registry = await SimulatedRegistry.StartAsync(context =>
        {
            var page = int.Parse(context.Request.Query["p"].FirstOrDefault("0")!, CultureInfo.InvariantCulture);
            if (page < 3) context.Response.Headers.Link = $"</v2/a/tags/list?p={page + 1}>; rel=\"next\"";
            return context.JsonAsync(((string[])["""{"tags":["a"]}""", """{"tags":[]}""", """{"tags":null}""", """{"tags":["b"]}"""])[page]);
        });

        Assert.Equal(["a", "b"], (await registry.Open().ListTagsAsync("a", default)).Value!.Items);
    }

    [Theory]
    [InlineData("""{"tags":null}""")]
    [InlineData("""{"tags":[]}""")]
    [InlineData("{}")]
    [InlineData("""{"tags":["../x","-a",7,null,"\ud800"]}""")]
    public async Task ListTags_NoGoodName_IsEmpty(string page)
    {
        await using var registry = await SimulatedRegistry.StartAsync(context => context.JsonAsync(page));

        var result = await registry.Open().ListTagsAsync("a", default);

        Assert.Empty(result.Value!.Items);
        Assert.False(result.Value.IsCut);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task ListTags_NoPage_IsAnError(string page)
    {
        await using var registry = await SimulatedRegistry.StartAsync(context => context.JsonAsync(page));

        Assert.Equal("registry.answer_invalid", (await registry.Open().ListTagsAsync("a", default)).Error?.Code);
    }

    [Fact]
    public async Task ListTags_HundredThousand_AreAllThere()
    {
        var tags = Enumerable.Range(0, 100_000).Select(number => $"v{number:D6}").ToArray();
        await using var registry = await SimulatedRegistry.StartAsync(context => PageAsync(context, tags));

        var result = await registry.Open().ListTagsAsync("a", default);

        Assert.Equal(tags, result.Value!.Items);
        Assert.Equal(100, registry.Seen.Count);
    }

    [Theory]
    [InlineData(100, 25, 25, 3)]
    [InlineData(2, 1000, 20, 2)]
    public async Task ListTags_MoreThanTheLimits_IsCutAndSaysSo(int maxPages, int maxItems, int items, int asked)
    {
        var tags = Enumerable.Range(0, 100).Select(number => $"v{number:D3}").ToArray();
        await using var registry = await SimulatedRegistry.StartAsync(context => PageAsync(context, tags));

        var result = await registry.Open(limits: new RegistryLimits { PageSize = 10, MaxPages = maxPages, MaxItems = maxItems }).ListTagsAsync("a", default);

        Assert.Equal((items, true, asked), (result.Value!.Items.Count, result.Value.IsCut, registry.Seen.Count));
    }

    [Fact]
    public async Task ListTags_LinkToAPageReadBefore_IsAnError()
    {
        await using var registry = await SimulatedRegistry.StartAsync(context =>
        {
            context.Response.Headers.Link = "</v2/a/tags/list?n=1000>; rel=\"next\"";
            return context.JsonAsync("""{"tags":["a"]}""");
        });

        Assert.Equal("registry.link_loops", (await registry.Open().ListTagsAsync("a", default)).Error?.Code);
        Assert.Single(registry.Seen);
    }

    [Fact]
    public async Task ListTags_UnknownRepository_SaysSo()
    {
        await using var registry = await SimulatedRegistry.StartAsync(context => context.StatusAsync(404, "NAME_UNKNOWN"));

        Assert.Equal("registry.repository_unknown", (await registry.Open().ListTagsAsync("a", default)).Error?.Code);
    }

    [Theory]
    [InlineData("../../secret")]
    [InlineData("A")]
    [InlineData("a?x")]
    [InlineData("")]
    public async Task ListTags_NoRepository_IsNeverAsked(string repository)
    {
        await using var registry = await SimulatedRegistry.StartAsync(context => context.JsonAsync("{}"));

        Assert.False((await registry.Open().ListTagsAsync(repository, default)).IsSuccess);
        Assert.Empty(registry.Seen);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    public async Task ListRepositories_Forbidden_SaysToNameThem(int status)
    {
        SimulatedRegistry registry = null!;
        registry = await SimulatedRegistry.StartAsync(context => context.Request.Path == "/token" ? context.JsonAsync("""{"token":"t"}""")
            : status == 401 ? context.ChallengeAsync($"Bearer realm=\"{registry.Url("/token")}\"")
            : context.StatusAsync(status, "UNSUPPORTED"));
        await using var own = registry;

        Assert.Equal("registry.catalogue_forbidden", (await registry.Open().ListRepositoriesAsync(default)).Error?.Code);
    }

    [Fact]
    public async Task ListReferrers_RegistryWithoutTheCall_ReadsTheFallbackTag()
    {
        var index = RegistryAnswers.Index(RegistryAnswers.Entry("signature", ""), RegistryAnswers.Entry("bill", ""));
        await using var registry = await SimulatedRegistry.StartAsync(context => context.Request.Path == $"/v2/a/manifests/{s_digest.Replace(':', '-')}"
            ? context.JsonAsync(index, RegistryMediaTypes.OciIndex)
            : context.StatusAsync(404));

        var result = await registry.Open().ListReferrersAsync("a", s_digest, "", default);

        Assert.Equal([RegistryAnswers.DigestOf("signature"), RegistryAnswers.DigestOf("bill")], result.Value!.Items.Select(item => item.Digest));
    }

    [Fact]
    public async Task ListReferrers_None_IsEmpty()
    {
        await using var registry = await SimulatedRegistry.StartAsync(context => context.StatusAsync(404));

        Assert.Empty((await registry.Open().ListReferrersAsync("a", s_digest, "", default)).Value!.Items);
    }

    [Fact]
    public async Task ListReferrers_FilterNotApplied_IsAppliedHere()
    {
        var (signature, bill) = (RegistryAnswers.Entry("signature", ""), RegistryAnswers.Entry("bill", ""));
        signature["artifactType"] = "application/x-signature";
        bill["artifactType"] = "application/x-bill";
        await using var registry = await SimulatedRegistry.StartAsync(context => context.JsonAsync(RegistryAnswers.Index(signature, bill), RegistryMediaTypes.OciIndex));

        var result = await registry.Open().ListReferrersAsync("a", s_digest, "application/x-bill", default);

        Assert.Equal(["application/x-bill"], result.Value!.Items.Select(item => item.ArtifactType));
        Assert.EndsWith("?artifactType=application%2Fx-bill", Assert.Single(registry.Targets), StringComparison.Ordinal);
    }

    private static Task PageAsync(HttpContext context, string[] tags)
    {
        var size = int.Parse(context.Request.Query["n"]!, CultureInfo.InvariantCulture);
        var from = context.Request.Query["last"].FirstOrDefault() is { } last ? Array.IndexOf(tags, last) + 1 : 0;
        var page = tags.Skip(from).Take(size).ToArray();
        if (from + size < tags.Length) context.Response.Headers.Link = $"</v2/a/tags/list?n={size}&last={page[^1]}>; rel=\"next\"";
        return context.JsonAsync($$"""{"tags":["{{string.Join("\",\"", page)}}"]}""");
    }
}
