using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Images.Registries;

namespace AvaConsole.Tests.Core.Images.Catalogue;

/// <summary>What Docker Hub is asked; its address is not ours to serve on loopback.</summary>
public sealed class VendorCatalogueTests
{
    private static readonly RegistryEndpoint s_dockerHub = RegistryEndpoint.Of("docker.io") with { Credentials = new RegistryCredentials("pusher", "secret") };

    [Fact]
    public async Task List_DockerHub_ReadsAllPagesAndSendsNoCredentials()
    {
        var hub = new Answers(request => Page(request.Url.Query.EndsWith("page=1", StringComparison.Ordinal) ? Enumerable.Range(0, 100).Select(number => $"r{number}") : ["last", "Not A Name", "../up"]));

        var names = await new VendorCatalogue(s_dockerHub, hub, new RegistryLimits()).ListAsync("docker.io", "vision/sub", default);

        Assert.Equal(101, names!.Count);
        Assert.Equal(("vision/r0", "vision/last"), (names[0], names[^1]));
        Assert.Equal(
            ["https://hub.docker.com/v2/namespaces/vision/repositories?page_size=100&page=1", "https://hub.docker.com/v2/namespaces/vision/repositories?page_size=100&page=2"],
            hub.Asked.Select(request => request.Url.ToString()));
        Assert.All(hub.Asked, request => Assert.Empty(request.Headers));
    }

    [Theory]
    [InlineData(404, "{}")]
    [InlineData(429, "{}")]
    [InlineData(200, "<html>")]
    public async Task List_NoAnswer_IsNone(int status, string body)
    {
        var hub = new Answers(_ => (status, body));

        Assert.Null(await new VendorCatalogue(s_dockerHub, hub, new RegistryLimits()).ListAsync("docker.io", "vision", default));
    }

    [Fact]
    public async Task List_NoNamespaceOrNoHarbor_AsksForNothingWithCredentials()
    {
        var registry = new Answers(_ => (200, """{"name":"something else"}"""));
        var vendor = new VendorCatalogue(s_dockerHub with { Address = new Uri("https://reg.example/") }, registry, new RegistryLimits());

        Assert.Null(await vendor.ListAsync("reg.example", "", default));
        Assert.Null(await vendor.ListAsync("reg.example", "vision", default));

        Assert.Empty(Assert.Single(registry.Asked).Headers);
    }

    private static (int Status, string Body) Page(IEnumerable<string> names) => (200, $$"""{"results":[{{string.Join(',', names.Select(name => $$"""{"name":"{{name}}"}"""))}}]}""");

    private sealed class Answers(Func<EgressRequest, (int Status, string Body)> answer) : IEgressExchange
    {
        public List<EgressRequest> Asked { get; } = [];

        public Task<Result<EgressAnswer>> SendAsync(EgressRequest request, CancellationToken ct)
        {
            Asked.Add(request);
            var (status, body) = answer(request);
            return Task.FromResult<Result<EgressAnswer>>(new EgressAnswer(request.Url, status, Array.Empty<string>().ToLookup(name => name), Encoding.UTF8.GetBytes(body)));
        }
    }
}
