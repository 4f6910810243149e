using System.Text.Json.Nodes;
using AvaConsole.Core.Images.Registries;
using AvaConsole.Tests.Support;
using static AvaConsole.Tests.Support.RegistryAnswers;

namespace AvaConsole.Tests.Integration.Images;

/// <summary>A registry of its own for the tests of a class, with images in it.</summary>
public sealed class RegistryFixture : IAsyncLifetime
{
    public const string Image = "ava-public/ava-caffe";
    public const string MultiPlatform = "ava-public/ava-pytorch";

    public RegistryServer Server { get; private set; } = null!;

    public string ImageDigest { get; private set; } = "";

    public string IndexDigest { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Server = await RegistryServer.StartAsync();
        ImageDigest = await Server.PushImageAsync(Image, "py27-cpu", "amd64");
        foreach (var tag in (string[])["py27-cuda80-cudnn6", "py35-cpu", "v20261101-1", "latest"]) await Server.PushImageAsync(Image, tag, "amd64");
        IndexDigest = await PushIndexAsync();
    }

    public Task DisposeAsync() => Server.DisposeAsync().AsTask();

    private async Task<string> PushIndexAsync()
    {
        const string oci = RegistryMediaTypes.OciManifest;
        var entries = new List<JsonObject>();
        foreach (var platform in (string[])["linux/amd64", "linux/arm/v7"])
        {
            var config = Config(platform.Split('/')[1], ("com.qiniu.atlab.type", "pytorch"));
            var layer = $"layer of {platform}";
            var manifest = Manifest(config, oci, layer);
            await Server.PushAsync(MultiPlatform, DigestOf(manifest), manifest, oci, config, layer);
            entries.Add(Entry(manifest, platform));
        }

        var evidenceConfig = Config("unknown");
        var evidence = Manifest(evidenceConfig, oci, "statement");
        await Server.PushAsync(MultiPlatform, DigestOf(evidence), evidence, oci, evidenceConfig, "statement");
        entries.Add(Entry(evidence, "unknown/unknown", entries[0]["digest"]!.GetValue<string>()));
        return await Server.PushAsync(MultiPlatform, "latest", Index([.. entries]), RegistryMediaTypes.OciIndex);
    }
}
