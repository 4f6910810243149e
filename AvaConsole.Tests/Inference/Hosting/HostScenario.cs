using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Trials;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Integration.Configuration;
using AvaConsole.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Inference.Hosting;

/// <summary>An inference host on an embedded store and a data directory of its own, registered as the application registers it.</summary>
internal sealed class HostScenario : IAsyncDisposable
{
    public const string HostName = "test-host";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly EmbeddedStoreFixture _fixture = new();
    private readonly TemporaryDirectory _folder = new();
    private ServiceProvider? _services;

    public IConfigStore Store => _fixture.Store;

    public DataDirectory Data => new(_folder.FullPath);

    public FakeEgress Egress { get; } = new();

    public IServiceProvider Services => _services!;

    public ModelHost Host => _services!.GetRequiredService<ModelHost>();

    public static async Task<HostScenario> CreateAsync()
    {
        var scenario = new HostScenario();
        await scenario._fixture.InitializeAsync();
        return scenario;
    }

    public static async Task<HostScenario> StartAsync()
    {
        var scenario = await CreateAsync();
        await scenario.StartHostAsync();
        return scenario;
    }

    /// <param name="egress">What files are fetched with; the fake by default.</param>
    /// <param name="program">Tries models before they are loaded; nothing does by default.</param>
    public async Task StartHostAsync(IEgressClient? egress = null, ChildProgram? program = null)
    {
        _services = Build(egress, program);
        await Host.StartAsync(default);
    }

    public ServiceProvider Build(IEgressClient? egress = null, ChildProgram? program = null)
    {
        var settings = new Dictionary<string, string?> { ["Inference:Provider"] = "cpu", ["Inference:HostName"] = HostName, ["Inference:TrialMegabytes"] = "512" };
        var services = new ServiceCollection();
        if (program is not null)
        {
            services.AddSingleton(program);
        }

        return services
            .AddLogging()
            .AddSingleton(Store)
            .AddSingleton(Data)
            .AddSingleton(egress ?? Egress)
            .AddAvaInference(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
    }

    public async Task StopHostAsync()
    {
        await Host.StopAsync(default);
        await _services!.DisposeAsync();
        _services = null;
    }

    /// <summary>Puts a package where uploads lie, and returns its digest.</summary>
    public string AddPackage(TarBuilder package)
    {
        var bytes = package.ToTar();
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Directory.CreateDirectory(Data.Packages);
        File.WriteAllBytes(Data.PackagePath(sha256), bytes);
        return sha256;
    }

    /// <summary>Writes a release with its manifest, and returns the revision.</summary>
    public Task<long> ReleaseAsync(string version, string sha256, string phase, int batchSize = 4, string tarFile = "") => PutAsync(
        (ConfigKey.AppRelease("colors", version), Document(phase, batchSize, tarFile)),
        (ConfigKey.ReleaseManifest("colors", version), Manifest(sha256)));

    public static ReleaseDocument Document(string phase, int batchSize = 4, string tarFile = "", JsonObject? values = null, IReadOnlyDictionary<string, string>? files = null) =>
        new() { Phase = phase, BatchSize = batchSize, TarFile = tarFile, CustomValues = values ?? [], CustomFiles = files ?? new Dictionary<string, string>() };

    public static ReleaseManifest Manifest(string sha256) => new() { PackageSha256 = sha256 };

    /// <summary>The same with custom files, name to address.</summary>
    public Task<long> ReleaseWithFilesAsync(string version, string sha256, string phase, params (string Name, string Url)[] files) => PutAsync(
        (ConfigKey.AppRelease("colors", version), Document(phase, files: files.ToDictionary(file => file.Name, file => file.Url))),
        (ConfigKey.ReleaseManifest("colors", version), Manifest(sha256)));

    /// <summary>Moves releases to other phases in one transaction, as a promotion does.</summary>
    public Task<long> MoveAsync(params (string Version, string Phase)[] moves) =>
        PutAsync([.. moves.Select(move => (ConfigKey.AppRelease("colors", move.Version), (object)Document(move.Phase)))]);

    public async Task<long> PutAsync(params (string Key, object? Document)[] writes)
    {
        var operations = writes
            .Select(write => write.Document is null
                ? ConfigOperation.Delete(write.Key)
                : ConfigOperation.Put(write.Key, write.Document as byte[] ?? ConfigJson.Serialize(write.Document)))
            .ToList();
        return (await Store.TxnAsync(new ConfigTxn([], operations), default)).Revision;
    }

    public Task<ModelStatus> StateAsync(string version, string state) =>
        WaitAsync(() => Host.Statuses.FirstOrDefault(status => status.Version == version && status.State == state), $"{version} {state}");

    public Task GoneAsync(string version) =>
        WaitAsync(() => Host.Statuses.Any(status => status.Version == version) ? null : "gone", $"{version} gone");

    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        for (var started = DateTime.UtcNow; !await holds(); await Task.Delay(5))
        {
            if (DateTime.UtcNow > started + s_patience)
            {
                throw new TimeoutException($"Waited for {what}.");
            }
        }
    }

    public async Task<T> WaitAsync<T>(Func<T?> look, string what)
        where T : class
    {
        for (var started = DateTime.UtcNow; DateTime.UtcNow < started + s_patience; await Task.Delay(5))
        {
            if (look() is { } found)
            {
                return found;
            }
        }

        var statuses = string.Join("; ", Host.Statuses.Select(status => $"{status.Version} {status.Phase} {status.State} {status.ReasonCode}"));
        throw new TimeoutException($"Waited for {what}. Now: {statuses}");
    }

    /// <summary>The best label that this phase gives for a red picture, or the error's code.</summary>
    public async Task<string> AskAsync(string phase = Phases.Production, CancellationToken ct = default)
    {
        using var lease = Host.TryAcquire("colors", phase);
        return lease is null ? "nothing serves" : await AskAsync(lease.Model, ct);
    }

    public static async Task<string> AskAsync(IServedModel model, CancellationToken ct = default)
    {
        var answer = await model.InferAsync(RedPicture(), ct);
        return answer.IsSuccess ? (string)answer.Value.Result["confidences"]![0]!["class"]! : answer.Error.Code;
    }

    public static InferenceRequest RedPicture() =>
        new(new Dictionary<string, ReadOnlyMemory<byte>> { ["image"] = TestPictures.Rgb(8, 8, TestPictures.Red) }, default(JsonElement));

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await StopHostAsync();
        }

        await _fixture.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Serves bytes by URL; what it does not know cannot be reached.</summary>
internal sealed class FakeEgress : IEgressClient
{
    public ConcurrentDictionary<Uri, byte[]> Bodies { get; } = new();

    /// <summary>Bodies end with the connection's end, not with their own.</summary>
    public volatile bool BreaksOff;

    public Task<Result<Stream>> GetAsync(Uri url, long maxBytes, CancellationToken ct) => Task.FromResult<Result<Stream>>(
        !Bodies.TryGetValue(url, out var body) ? new UnavailableError("egress.unreachable", url.Host)
        : BreaksOff ? new BreakingStream(body)
        : new MemoryStream(body));

    private sealed class BreakingStream(byte[] body) : MemoryStream(body)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("The connection broke off.");

        // Of itself, a memory stream is copied at one go.
        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            for (var buffer = new byte[bufferSize]; ;)
            {
                await destination.WriteAsync(buffer.AsMemory(0, await ReadAsync(buffer, cancellationToken)), cancellationToken);
            }
        }
    }
}
