using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common.Egress;
using AvaConsole.Core.Images.Registries;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AvaConsole.Tests.Support;

/// <param name="Target">Path and query.</param>
/// <param name="Authorization">Empty for none.</param>
public sealed record SeenRequest(string Method, string Target, string Authorization, string Accept);

/// <summary>A registry, a token service or storage on a loopback port that answers as a test says and remembers what reached it.</summary>
public sealed class SimulatedRegistry : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly List<IDisposable> _clients = [];

    private SimulatedRegistry(LoopbackServer server, ConcurrentQueue<SeenRequest> seen) => (_server, Seen) = (server, seen);

    public ConcurrentQueue<SeenRequest> Seen { get; }

    public IEnumerable<string> Targets => Seen.Select(request => request.Target);

    public int Port => _server.Port;

    public string Host => $"127.0.0.1:{Port}";

    public static async Task<SimulatedRegistry> StartAsync(Func<HttpContext, Task> answer)
    {
        var seen = new ConcurrentQueue<SeenRequest>();
        var server = await LoopbackServer.StartAsync(context =>
        {
            var request = context.Request;
            seen.Enqueue(new SeenRequest(request.Method, request.Path + request.QueryString, request.Headers.Authorization.ToString(), request.Headers.Accept.ToString()));
            return answer(context);
        });
        return new SimulatedRegistry(server, seen);
    }

    public Uri Url(string path) => _server.Url(path);

    /// <summary>A client of this registry whom the egress rules let reach <paramref name="others"/>, too.</summary>
    public RegistryClient Open(RegistryCredentials? credentials = null, RegistryLimits? limits = null, TimeProvider? clock = null, string[]? allowed = null, params SimulatedRegistry[] others)
    {
        var ports = string.Join(',', others.Append(this).Select(server => server.Port));
        var egress = new EgressClient(Options.Create(new EgressOptions { AllowedHosts = "127.0.0.1", AllowedPorts = ports }));
        _clients.Add(egress);
        var registry = new RegistryEndpoint(Url("/")) { Credentials = credentials, AllowedHosts = allowed ?? [] };
        return new RegistryClients(egress, clock ?? TimeProvider.System).Open(registry, limits);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await _server.DisposeAsync();
    }
}

/// <summary>Answers of registries.</summary>
public static class RegistryAnswers
{
    public static string DigestOf(string text) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static Task JsonAsync(this HttpContext context, string json, string mediaType = "application/json", int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType;
        return context.Response.WriteAsync(json);
    }

    public static Task StatusAsync(this HttpContext context, int status, string code = "")
    {
        context.Response.StatusCode = status;
        return code.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync($$"""{"errors":[{"code":"{{code}}"}]}""");
    }

    public static Task ChallengeAsync(this HttpContext context, string challenge)
    {
        context.Response.StatusCode = 401;
        context.Response.Headers.WWWAuthenticate = challenge;
        return Task.CompletedTask;
    }

    public static Task RedirectAsync(this HttpContext context, Uri to)
    {
        context.Response.StatusCode = 307;
        context.Response.Headers.Location = to.OriginalString;
        return Task.CompletedTask;
    }

    public static JsonObject Descriptor(string content, string mediaType) =>
        new() { ["mediaType"] = mediaType, ["digest"] = DigestOf(content), ["size"] = Encoding.UTF8.GetByteCount(content) };

    /// <summary>An image's configuration.</summary>
    public static string Config(string architecture, params (string Name, string Value)[] labels) => new JsonObject
    {
        ["architecture"] = architecture,
        ["os"] = "linux",
        ["created"] = "2026-11-01T08:09:10.123456789Z",
        ["config"] = new JsonObject
        {
            ["Env"] = new JsonArray("PATH=/usr/bin", "TOKEN=very-secret"),
            ["Labels"] = new JsonObject(labels.Select(label => KeyValuePair.Create(label.Name, (JsonNode?)label.Value))),
        },
        ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray() },
    }.ToJsonString();

    public static string Manifest(string config, string mediaType, params string[] layers) => new JsonObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = mediaType,
        ["config"] = Descriptor(config, mediaType == RegistryMediaTypes.OciManifest ? "application/vnd.oci.image.config.v1+json" : "application/vnd.docker.container.image.v1+json"),
        ["layers"] = new JsonArray([.. layers.Select(layer => Descriptor(layer, "application/vnd.oci.image.layer.v1.tar+gzip"))]),
    }.ToJsonString();

    /// <param name="manifest">The entry's content.</param>
    /// <param name="platform">For example <c>linux/arm/v7</c>; empty for none.</param>
    /// <param name="evidenceFor">The digest that an attestation is for; empty for an image.</param>
    public static JsonObject Entry(string manifest, string platform, string evidenceFor = "", string mediaType = RegistryMediaTypes.OciManifest)
    {
        var entry = Descriptor(manifest, mediaType);
        if (platform.Split('/') is [var os, var architecture, .. var rest])
        {
            entry["platform"] = new JsonObject { ["os"] = os, ["architecture"] = architecture };
            if (rest is [var variant]) entry["platform"]!["variant"] = variant;
        }

        if (evidenceFor.Length > 0)
        {
            entry["annotations"] = new JsonObject { ["vnd.docker.reference.type"] = "attestation-manifest", ["vnd.docker.reference.digest"] = evidenceFor };
        }

        return entry;
    }

    public static string Index(params JsonObject[] entries) =>
        new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = RegistryMediaTypes.OciIndex, ["manifests"] = new JsonArray([.. entries]) }.ToJsonString();
}
