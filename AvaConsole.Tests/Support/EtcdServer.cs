using System.Net.Http.Json;
using System.Text;
using AvaConsole.Core.Configuration;

namespace AvaConsole.Tests.Support;

/// <summary>A real etcd on a loopback port, which keeps its port and data over restarts.</summary>
public sealed class EtcdServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly int _port = FreePort.Next();
    private readonly int _peerPort = FreePort.Next();
    private readonly TestCertificates? _certificates;
    private readonly long _quotaBytes;
    private readonly bool _askClientCertificate;
    private readonly HttpClient _http;
    private string _cluster;
    private ChildProcess? _process;

    private EtcdServer(TestCertificates? certificates, bool askClientCertificate, long quotaBytes)
    {
        _quotaBytes = quotaBytes;
        _cluster = $"{Name}={PeerUrl}";
        _certificates = certificates;
        _askClientCertificate = askClientCertificate;
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (certificates is not null)
        {
            handler.SslOptions.CertificateChainPolicy = certificates.CreatePolicy();
            handler.SslOptions.ClientCertificates = [certificates.LoadClient()];
        }

        _http = new HttpClient(handler) { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(5) };
    }

    public Uri Url => new($"{(_certificates is null ? "http" : "https")}://127.0.0.1:{_port}");

    public int Port => _port;

    private string PeerUrl => $"http://127.0.0.1:{_peerPort}";

    private string Name => $"etcd-{_port}";

    public static async Task<EtcdServer> StartAsync(
        TestCertificates? certificates = null, bool askClientCertificate = false, long quotaBytes = 0)
    {
        var server = new EtcdServer(certificates, askClientCertificate, quotaBytes);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Several servers that make one etcd.</summary>
    public static async Task<IReadOnlyList<EtcdServer>> StartClusterAsync(int size)
    {
        var servers = Enumerable.Range(0, size).Select(_ => new EtcdServer(null, askClientCertificate: false, quotaBytes: 0)).ToList();
        var cluster = string.Join(',', servers.Select(server => server._cluster));
        foreach (var server in servers)
            server._cluster = cluster;
        await Task.WhenAll(servers.Select(server => server.StartAgainAsync()));
        return servers;
    }

    public EtcdOptions Options() => new() { Endpoints = Url.ToString() };

    public async Task StartAgainAsync()
    {
        _process = ChildProcess.Start(_folder.Combine("etcd.log"), _folder.FullPath, Command());
        await _process.WaitUntilAsync(async () => (await _http.GetAsync("/health")).IsSuccessStatusCode);
    }

    /// <param name="signal">KILL for a crash, TERM for an orderly end.</param>
    public async Task StopAsync(string signal = "KILL")
    {
        if (_process is null)
            return;
        await _process.StopAsync(signal);
        await _process.DisposeAsync();
        _process = null;
    }

    public Task CompactAsync(long revision) => PostAsync("/v3/kv/compaction", new { revision, physical = true });

    /// <summary>Creates root, and a user who may read and write everything under a prefix; then switches sign-in on.</summary>
    public async Task EnableAuthAsync(string user, string password, string prefix)
    {
        await PostAsync("/v3/auth/user/add", new { name = "root", password = "root-password" });
        await PostAsync("/v3/auth/role/add", new { name = "root" });
        await PostAsync("/v3/auth/user/grant", new { user = "root", role = "root" });
        await PostAsync("/v3/auth/user/add", new { name = user, password });
        await PostAsync("/v3/auth/role/add", new { name = "console" });
        var permission = new { permType = "READWRITE", key = Base64(prefix), range_end = Base64(prefix[..^1] + (char)(prefix[^1] + 1)) };
        await PostAsync("/v3/auth/role/grant", new { name = "console", perm = permission });
        await PostAsync("/v3/auth/user/grant", new { user, role = "console" });
        await PostAsync("/v3/auth/enable", new { });
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private string[] Command()
    {
        var client = Url.GetLeftPart(UriPartial.Authority);
        string[] command =
        [
            "/usr/bin/etcd", "--name", Name, "--data-dir", _folder.Combine("data"), "--log-outputs", "stderr", "--logger", "zap",
            "--listen-client-urls", client, "--advertise-client-urls", client,
            "--listen-peer-urls", PeerUrl, "--initial-advertise-peer-urls", PeerUrl, "--initial-cluster", _cluster,
            "--quota-backend-bytes", $"{_quotaBytes}",
        ];
        if (_certificates is null)
            return command;
        command = [.. command, "--cert-file", _certificates.ServerFile, "--key-file", _certificates.ServerKeyFile];
        return _askClientCertificate ? [.. command, "--client-cert-auth", "--trusted-ca-file", _certificates.CaFile] : command;
    }

    private async Task PostAsync(string path, object request)
    {
        using var response = await _http.PostAsJsonAsync(path, request);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {await response.Content.ReadAsStringAsync()}");
    }
}
