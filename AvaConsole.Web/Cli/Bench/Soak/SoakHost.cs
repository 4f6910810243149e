using System.IO.Compression;
using System.Security.Cryptography;
using AvaConsole.Core.Common;
using AvaConsole.Core.Common.Egress;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Configuration.Embedded;
using AvaConsole.Inference;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Trials;
using AvaConsole.Web.Features.Home;
using AvaConsole.Web.Infrastructure.EmbeddedPostgres;
using AvaConsole.Web.Infrastructure.StartUp;
using AvaConsole.Web.Serving;
using Npgsql;

namespace AvaConsole.Web.Cli.Bench.Soak;

/// <summary>
/// The serving half of the console with what it stands on: the embedded PostgreSQL, the live configuration in it, the inference host and the routes on
/// loopback, in a folder that goes with it.
/// </summary>
internal sealed class SoakHost : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("avaconsole-soak-");
    private DataDirectoryLock? _held;
    private EmbeddedPostgresServer? _postgres;
    private NpgsqlDataSource? _database;
    private WebApplication? _app;

    private SoakHost()
    {
    }

    public Uri Address => new(_app!.Urls.Single());

    public IConfigStore Store => _app!.Services.GetRequiredService<IConfigStore>();

    public IReadOnlyList<ModelStatus> Statuses => _app!.Services.GetRequiredService<IModelHost>().Statuses;

    /// <summary>Digests of packages with the same model: as many releases as one likes.</summary>
    public IReadOnlyList<string> Packages { get; private set; } = [];

    public static async Task<SoakHost> StartAsync(CancellationToken ct)
    {
        var host = new SoakHost();
        try
        {
            await host.LaunchAsync(new DataDirectory(host._folder.FullName), ct);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        _held?.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task LaunchAsync(DataDirectory data, CancellationToken ct)
    {
        _held = DataDirectoryLock.Acquire(data);
        _postgres = await EmbeddedPostgresServer.LaunchAsync(data, ct);
        await _postgres.WaitUntilReadyAsync(ct);
        _database = NpgsqlDataSource.Create(_postgres.ConnectionString);
        await PostgresConfigStore.EnsureSchemaAsync(_database, ct);
        Packages = await AddPackagesAsync(data, ct);
        _app = Build(data, _database);
        await _app.StartAsync(ct);
    }

    private static WebApplication Build(DataDirectory data, NpgsqlDataSource database)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(data)
            .AddSingleton(database)
            .AddAvaEgress(builder.Configuration)
            .AddAvaConfigurationStore(builder.Configuration)
            .AddSingleton(ChildProgram.Of(typeof(SoakHost).Assembly))
            .AddAvaInference(builder.Configuration)
            .AddAvaServing();
        var app = builder.Build();
        app.MapAvaServing();
        return app;
    }

    /// <summary>The console's example, once plain and twice compressed: three archives, one model.</summary>
    private static async Task<IReadOnlyList<string>> AddPackagesAsync(DataDirectory data, CancellationToken ct)
    {
        Directory.CreateDirectory(data.Packages);
        var plain = await ExamplePackage.Default.BuildAsync(ct);
        var digests = new List<string>();
        foreach (var archive in (byte[][])[plain, Compress(plain, CompressionLevel.Fastest), Compress(plain, CompressionLevel.SmallestSize)])
        {
            var digest = Convert.ToHexStringLower(SHA256.HashData(archive));
            await File.WriteAllBytesAsync(data.PackagePath(digest), archive, ct);
            digests.Add(digest);
        }

        return digests;
    }

    private static byte[] Compress(byte[] bytes, CompressionLevel level)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, level, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }
}
