using AvaConsole.Core.Common.Egress;
using AvaConsole.Core.Images.Registries;
using AvaConsole.Tests.Support;
using Microsoft.Extensions.Options;

namespace AvaConsole.Tests.Integration.Images;

/// <summary>The client against a registry as teams run it.</summary>
public sealed class RegistryClientTests(RegistryFixture fixture) : IClassFixture<RegistryFixture>, IDisposable
{
    private readonly EgressClient _egress = new(Options.Create(new EgressOptions { AllowedHosts = "127.0.0.1", AllowedPorts = $"{fixture.Server.Port}" }));

    [Theory]
    [InlineData(RegistryServer.Password, null)]
    [InlineData("wrong", "registry.credentials_refused")]
    [InlineData(null, "registry.credentials_required")]
    public async Task Check_Account_LetsInTheRightOneOnly(string? password, string? code) =>
        Assert.Equal(code, (await Open(password: password).CheckAsync(default)).Error?.Code);

    [Theory]
    [InlineData(1000)]
    [InlineData(1)]
    public async Task ListRepositories_PagesOfAnySize_AreAllThere(int pageSize)
    {
        var list = await Open(pageSize).ListRepositoriesAsync(default);

        Assert.Superset(new HashSet<string> { RegistryFixture.Image, RegistryFixture.MultiPlatform }, list.Value!.Items.ToHashSet());
    }

    [Fact]
    public async Task ListTags_Repository_HasThem() => Assert.Equal(
        ["latest", "py27-cpu", "py27-cuda80-cudnn6", "py35-cpu", "v20261101-1"],
        (await Open().ListTagsAsync(RegistryFixture.Image, default)).Value!.Items.Order(StringComparer.Ordinal));

    [Fact]
    public async Task ListTags_UnknownRepository_SaysSo() =>
        Assert.Equal("registry.repository_unknown", (await Open().ListTagsAsync("ava/none", default)).Error?.Code);

    [Fact]
    public async Task Head_Tag_HasItsDigest()
    {
        var head = (await Open().HeadAsync(RegistryFixture.Image, "py27-cpu", default)).Value!;

        Assert.Equal((fixture.ImageDigest, RegistryMediaTypes.DockerManifest), (head.Digest, head.MediaType));
        Assert.True(head.Bytes > 100);
    }

    [Fact]
    public async Task GetImage_OnePlatform_HasItsConfiguration()
    {
        var image = (await Open().GetImageAsync(RegistryFixture.Image, fixture.ImageDigest, default)).Value!;

        var platform = Assert.Single(image.Platforms);
        Assert.Equal(("linux/amd64", fixture.ImageDigest), (platform.Platform!.ToString(), platform.Digest));
        Assert.Equal(new Dictionary<string, string> { ["com.qiniu.atlab.os"] = "ubuntu16.04", ["maintainer"] = "ava" }, platform.Config!.Labels);
        Assert.Equal(["PATH", "TOKEN"], platform.Config.EnvironmentNames);
        Assert.Equal("layer of amd64".Length, Assert.Single(platform.Layers).Bytes);
    }

    [Fact]
    public async Task GetImage_Index_HasTwoPlatformsAndOneAttestation()
    {
        var image = (await Open().GetImageAsync(RegistryFixture.MultiPlatform, "latest", default)).Value!;

        Assert.Equal((fixture.IndexDigest, RegistryMediaTypes.OciIndex), (image.Head.Digest, image.Head.MediaType));
        Assert.Equal([("linux/amd64", 1), ("linux/arm/v7", 0)], image.Platforms.Select(platform => (platform.Platform!.ToString(), platform.Attestations.Count)));
        Assert.Empty(image.OtherAttestations);
    }

    [Fact]
    public async Task ListReferrers_RegistryOfBeforeTheCall_IsEmpty() =>
        Assert.Empty((await Open().ListReferrersAsync(RegistryFixture.Image, fixture.ImageDigest, "", default)).Value!.Items);

    [Fact]
    public async Task Head_ManifestLostUnderItsTag_Dangles()
    {
        var digest = await fixture.Server.PushImageAsync("ava/dangling", "old", "amd64");
        fixture.Server.LoseManifest("ava/dangling", digest);

        Assert.Equal(["old"], (await Open().ListTagsAsync("ava/dangling", default)).Value!.Items);
        Assert.Equal("registry.manifest_unknown", (await Open().HeadAsync("ava/dangling", "old", default)).Error?.Code);
        Assert.Equal("registry.manifest_unknown", (await Open().GetImageAsync("ava/dangling", "old", default)).Error?.Code);
    }

    public void Dispose() => _egress.Dispose();

    private RegistryClient Open(int pageSize = 1000, string? password = RegistryServer.Password)
    {
        var registry = new RegistryEndpoint(fixture.Server.Url) { Credentials = password is null ? null : new RegistryCredentials(RegistryServer.UserName, password) };
        return new RegistryClients(_egress, TimeProvider.System).Open(registry, new RegistryLimits { PageSize = pageSize });
    }
}
