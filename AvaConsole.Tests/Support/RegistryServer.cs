using System.Net.Http.Headers;
using System.Text;
using AvaConsole.Core.Images.Registries;

namespace AvaConsole.Tests.Support;

/// <summary>Debian's own <c>docker-registry</c> on a loopback port, for one account, with images that tests push.</summary>
public sealed class RegistryServer : IAsyncDisposable
{
    public const string UserName = "pusher";
    public const string Password = "pass-word";

    /// <summary>bcrypt of <see cref="Password"/>, at its lowest cost.</summary>
    private const string PasswordHash = "$2y$05$abcdefghijklmnopqrstuulQElbHkP7vjLqXxb3Lzm18cJsfRyGH6";

    private readonly TemporaryDirectory _folder = new();
    private readonly int _port = FreePort.Next();
    private readonly HttpClient _http;
    private ChildProcess? _process;

    private RegistryServer()
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Url };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{Password}")));
    }

    public Uri Url => new($"http://127.0.0.1:{_port}/");

    public string Host => Url.Authority;

    public int Port => _port;

    public static async Task<RegistryServer> StartAsync()
    {
        var server = new RegistryServer();
        var (accounts, settings) = (server._folder.Combine("accounts"), server._folder.Combine("registry.yml"));
        await File.WriteAllTextAsync(accounts, $"{UserName}:{PasswordHash}\n");
        await File.WriteAllTextAsync(settings, $$"""
            version: 0.1
            storage: { filesystem: { rootdirectory: "{{server._folder.Combine("data")}}" }, delete: { enabled: true } }
            http: { addr: "127.0.0.1:{{server._port}}" }
            auth: { htpasswd: { realm: test, path: "{{accounts}}" } }
            """);
        // What a shell starts in the background ignores INT, and a Go program leaves that so.
        string[] command = ["env", "--default-signal=INT", "docker-registry", "serve", settings];
        server._process = ChildProcess.Start(server._folder.Combine("registry.log"), server._folder.FullPath, command);
        await server._process.WaitUntilAsync(async () => (await server._http.GetAsync("/v2/")).IsSuccessStatusCode);
        return server;
    }

    /// <summary>Pushes what a manifest or index names, then itself under a tag, as a client does.</summary>
    /// <returns>Its digest.</returns>
    public async Task<string> PushAsync(string repository, string tag, string document, string mediaType, params string[] blobs)
    {
        foreach (var blob in blobs)
        {
            using var begun = await _http.PostAsync($"/v2/{repository}/blobs/uploads/", null);
            begun.EnsureSuccessStatusCode();
            var place = new UriBuilder(new Uri(Url, begun.Headers.Location!));
            place.Query += $"&digest={RegistryAnswers.DigestOf(blob)}";
            using var sent = await _http.PutAsync(place.Uri, new ByteArrayContent(Encoding.UTF8.GetBytes(blob)));
            sent.EnsureSuccessStatusCode();
        }

        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(document));
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var put = await _http.PutAsync($"/v2/{repository}/manifests/{tag}", content);
        return put.IsSuccessStatusCode ? RegistryAnswers.DigestOf(document) : throw new InvalidOperationException(await put.Content.ReadAsStringAsync());
    }

    /// <summary>An image of one platform with labels, of one layer.</summary>
    public Task<string> PushImageAsync(string repository, string tag, string architecture, string mediaType = RegistryMediaTypes.DockerManifest)
    {
        var config = RegistryAnswers.Config(architecture, ("com.qiniu.atlab.os", "ubuntu16.04"), ("maintainer", "ava"));
        var layer = $"layer of {architecture}";
        return PushAsync(repository, tag, RegistryAnswers.Manifest(config, mediaType, layer), mediaType, config, layer);
    }

    /// <summary>Takes a manifest from under its tags, as a broken clean-up does.</summary>
    public void LoseManifest(string repository, string digest) =>
        Directory.Delete(_folder.Combine("data/docker/registry/v2/repositories", repository, "_manifests/revisions/sha256", digest["sha256:".Length..]), recursive: true);

    /// <summary>Takes a tag away; what it pointed at stays.</summary>
    public void RemoveTag(string repository, string tag) => Directory.Delete(_folder.Combine("data/docker/registry/v2/repositories", repository, "_manifests/tags", tag), recursive: true);

    public void RemoveRepository(string repository) => Directory.Delete(_folder.Combine("data/docker/registry/v2/repositories", repository), recursive: true);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }
}
