using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Configuration.Embedded;
using AvaConsole.Core.Schemas;
using AvaConsole.Inference;
using AvaConsole.Inference.Hosting;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Web.Serving;
using AvaConsole.Web.Infrastructure.Metrics;
using AvaConsole.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AvaConsole.Tests.Integration.Serving;

/// <summary>The routes, the real inference host and a real store, with the digits sample live in it.</summary>
public sealed class LiveServer : IAsyncLifetime
{
    public const string First = "20261101-v1";
    public const string Second = "20261102-v1";

    public static readonly WorkerDocument Worker = new() { Delay4Batch = 2_000_000, MaxConcurrent = 64, Timeout = 30_000_000_000 };

    private static readonly ApiSchema s_api = new()
    {
        Service = "digits",
        Parameters = [new ApiParameter { Name = "top_k", Type = "integer", Minimum = 1, Maximum = 10 }],
        Payload = [new PayloadEntry { Name = "image", Type = "image", Required = true }],
    };

    private NpgsqlDataSource? _dataSource;
    private WebApplication? _app;

    private TemporaryDirectory Folder { get; } = new();

    private PostgresConfigStore? Store { get; set; }

    public HttpClient Client { get; } = new();

    public IModelHost Host => _app!.Services.GetRequiredService<IModelHost>();

    public static IEnumerable<string> Pictures => Directory.EnumerateFiles(RepositoryRoot.Combine("samples", "digits", "pictures"), "*.png").Order(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        var server = await PostgresServer.SharedAsync();
        _dataSource = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());
        Store = new PostgresConfigStore(_dataSource, new PostgresConfigStoreOptions { PollMilliseconds = 50 });
        var data = new DataDirectory(Folder.FullPath);
        var sha256 = await PackAsync(data);
        await PutAsync(
            (ConfigKey.WorkerDefault, ConfigJson.Serialize(Worker)),
            (ConfigKey.AppMetadata("digits"), ConfigJson.Serialize(new AppMetadataDocument { Public = true })),
            (SchemaKey, ApiSchemaJson.Write(s_api)),
            (ConfigKey.ReleaseManifest("digits", First), ConfigJson.Serialize(new ReleaseManifest { PackageSha256 = sha256, SchemaKey = SchemaKey })),
            (ConfigKey.ReleaseManifest("digits", Second), ConfigJson.Serialize(new ReleaseManifest { PackageSha256 = sha256, SchemaKey = SchemaKey })),
            Release(First, Phases.Production));
        await StartAsync(data);
        await WaitAsync(() => Host.Statuses.Any(status => status is { Version: First, State: ModelStates.Serving }));
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        Store?.Dispose();
        if (_dataSource is not null)
        {
            await _dataSource.DisposeAsync();
        }

        Folder.Dispose();
    }

    public static (string Key, byte[] Value) Release(string version, string phase) =>
        (ConfigKey.AppRelease("digits", version), ConfigJson.Serialize(new ReleaseDocument { BatchSize = 8, Phase = phase }));

    public async Task PutAsync(params (string Key, byte[] Value)[] documents)
    {
        var written = await Store!.TxnAsync(new ConfigTxn([], [.. documents.Select(document => ConfigOperation.Put(document.Key, document.Value))]), default);
        Assert.True(written.Succeeded);
    }

    public async Task<(HttpResponseMessage Response, JsonNode Body)> PostAsync(string path, byte[] body, string mediaType = "application/json")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        var response = await Client.PostAsync(new Uri(path, UriKind.Relative), content);
        return (response, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>Until it holds; a minute is too long.</summary>
    public static async Task WaitAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private static string SchemaKey => ConfigKey.Schema("default", "default", "digits", "1.0.0", "api.json");

    private static async Task<string> PackAsync(DataDirectory data)
    {
        var tar = new TarBuilder();
        foreach (var name in (string[])["model.onnx", "labels.txt", "service.yaml"])
        {
            tar.File(name, await File.ReadAllBytesAsync(RepositoryRoot.Combine("samples", "digits", name)));
        }

        var bytes = tar.ToTar();
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Directory.CreateDirectory(data.Packages);
        await File.WriteAllBytesAsync(data.PackagePath(sha256), bytes);
        return sha256;
    }

    private async Task StartAsync(DataDirectory data)
    {
        await PostgresConfigStore.EnsureSchemaAsync(_dataSource!, default);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Inference:Provider"] = "cpu" });
        builder.Services
            .AddSingleton<IConfigStore>(Store!)
            .AddSingleton(data)
            .AddSingleton<IEgressClient>(new FakeEgress())
            .AddAvaInference(builder.Configuration)
            .AddAvaServing()
            .AddAvaMetrics();
        _app = builder.Build();
        _app.MapAvaServing();
        _app.MapAvaMetrics();
        await _app.StartAsync();
        Client.BaseAddress = new Uri(_app.Urls.Single());
    }
}
