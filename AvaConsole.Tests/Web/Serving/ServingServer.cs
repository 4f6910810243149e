using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Web.Infrastructure.Metrics;
using AvaConsole.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Tests.Web.Serving;

/// <summary>The serving routes on a real Kestrel, before a host that fails on demand.</summary>
public sealed class ServingServer : IAsyncLifetime
{
    private WebApplication? _app;

    internal FakeModelHost Host { get; } = new();

    internal FakeEgress Egress { get; } = new();

    public HttpClient Client { get; } = new();

    public Uri Address => Client.BaseAddress!;

    public IServiceProvider Services => _app!.Services;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["Serving:FetchSeconds"] = "1";
        builder.Services.AddSingleton<IModelHost>(Host).AddSingleton<IEgressClient>(Egress).AddAvaServing().AddAvaMetrics();
        _app = builder.Build();
        _app.MapAvaServing();
        _app.MapAvaMetrics();
        await _app.StartAsync();
        Client.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _app!.DisposeAsync();
    }

    public async Task<(HttpResponseMessage Response, JsonNode Body)> PostAsync(
        string path, string body, string? mediaType = "application/json", string? keys = null, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        if (keys is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(keys)));
        }

        if (language is not null)
        {
            request.Headers.Add("Accept-Language", language);
        }

        var response = await Client.SendAsync(request);
        return (response, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}

internal sealed class FakeEgress : IEgressClient
{
    public Dictionary<string, byte[]> Answers { get; } = [];

    /// <summary>Thrown while a body is read: a server that goes away half-way.</summary>
    public const string Broken = "https://pictures.example/broken";

    /// <summary>A server that sends now and then, so that no pause is ever long enough, and never ends.</summary>
    public const string Endless = "https://pictures.example/endless";

    public Task<Result<Stream>> GetAsync(Uri url, long maxBytes, CancellationToken ct) => Task.FromResult<Result<Stream>>(
        url.AbsoluteUri == Broken ? new BrokenStream()
        : url.AbsoluteUri == Endless ? new EndlessStream()
        : Answers.TryGetValue(url.AbsoluteUri, out var bytes) ? new MemoryStream(bytes)
        : new ForbiddenError("egress.address_not_allowed", url.Host));

    private sealed class EndlessStream : MemoryStream
    {
        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            for (; ; await Task.Delay(20, cancellationToken))
            {
                await destination.WriteAsync(new byte[1], cancellationToken);
            }
        }
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException("Connection reset");
    }
}
