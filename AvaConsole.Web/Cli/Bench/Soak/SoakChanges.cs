using AvaConsole.Core.Configuration;
using AvaConsole.Core.Schemas;
using AvaConsole.Web.Features.Home;

namespace AvaConsole.Web.Cli.Bench.Soak;

/// <summary>Changes the live configuration as people do: releases, phases, worker documents at every level, batch sizes.</summary>
internal sealed class SoakChanges(IConfigStore store, IReadOnlyList<string> packages)
{
    public const string App = ExampleLoader.Name;
    private const string SchemaFile = "apischema.json";
    private const long Millisecond = 1_000_000;

    private static readonly int[] s_batchSizes = [1, 8, 16, 4];
    private static readonly long[] s_delays = [0, 1, 5, 2];

    private readonly List<string> _live = [];
    private int _versions;
    private string _grey = "";
    private int _next;

    /// <summary>Applied so far.</summary>
    public int Count => _next;

    /// <summary>Releases put into production so far.</summary>
    public int Promotions { get; private set; }

    private string Production => _live[^1];

    /// <summary>The API, who may call it, and a first release in production.</summary>
    public async Task BeginAsync(CancellationToken ct)
    {
        await WriteAsync(
            ct,
            ConfigOperation.Put(SchemaKey(ExampleLoader.Schema), ApiSchemaJson.Write(ExampleLoader.Schema)),
            ConfigOperation.Put(ConfigKey.AppMetadata(App), ConfigJson.Serialize(new AppMetadataDocument { Public = true })),
            ConfigOperation.Put(ConfigKey.WorkerDefault, ConfigJson.Serialize(WorkerDocument.BuiltIn)));
        await PromoteNewAsync(ct);
    }

    /// <summary>The next of the round.</summary>
    public Task NextAsync(CancellationToken ct) => (_next++ % 8) switch
    {
        0 => PromoteNewAsync(ct),
        1 => WriteAsync(ct, ConfigOperation.Put(ConfigKey.WorkerDefault, Worker())),
        2 => GreyAsync(ct),
        3 => WriteAsync(ct, ConfigOperation.Put(ConfigKey.WorkerAppDefault(App), Worker())),
        4 => WriteAsync(ct, Release(Production, Phases.Production)),
        5 => PromoteGreyAsync(ct),
        6 => WriteAsync(ct, ConfigOperation.Put(ConfigKey.WorkerRelease(App, Production), Worker())),
        _ => ForgetAsync(ct),
    };

    private async Task PromoteNewAsync(CancellationToken ct)
    {
        var version = NewVersion();
        await WriteAsync(ct, [.. Retire(), Release(version, Phases.Production), Manifest(version)]);
        _live.Add(version);
        Promotions++;
    }

    private async Task GreyAsync(CancellationToken ct)
    {
        _grey = NewVersion();
        await WriteAsync(ct, Release(_grey, Phases.Grey), Manifest(_grey));
    }

    private async Task PromoteGreyAsync(CancellationToken ct)
    {
        await WriteAsync(ct, [.. Retire(), Release(_grey, Phases.Production)]);
        _live.Add(_grey);
        Promotions++;
    }

    /// <summary>Removes all but the last two releases, and the worker document of the app.</summary>
    private async Task ForgetAsync(CancellationToken ct)
    {
        var old = _live.SkipLast(2).ToList();
        await WriteAsync(ct, [ConfigOperation.Delete(ConfigKey.WorkerAppDefault(App)), .. old.SelectMany(Delete)]);
        _live.RemoveRange(0, old.Count);
    }

    private static IEnumerable<ConfigOperation> Delete(string version) =>
        [ConfigOperation.Delete(ConfigKey.AppRelease(App, version)), ConfigOperation.Delete(ConfigKey.ReleaseManifest(App, version)), ConfigOperation.Delete(ConfigKey.WorkerRelease(App, version))];

    private IEnumerable<ConfigOperation> Retire() => _live.Count == 0 ? [] : [Release(Production, Phases.Retired)];

    private string NewVersion() => $"20260101-v{++_versions}";

    private ConfigOperation Release(string version, string phase) => ConfigOperation.Put(
        ConfigKey.AppRelease(App, version), ConfigJson.Serialize(new ReleaseDocument { Phase = phase, BatchSize = s_batchSizes[_next % s_batchSizes.Length] }));

    private ConfigOperation Manifest(string version) => ConfigOperation.Put(
        ConfigKey.ReleaseManifest(App, version),
        ConfigJson.Serialize(new ReleaseManifest { PackageSha256 = packages[_versions % packages.Count], SchemaKey = SchemaKey(ExampleLoader.Schema) }));

    private byte[] Worker() => ConfigJson.Serialize(new WorkerDocument
    {
        Delay4Batch = s_delays[_next / 2 % s_delays.Length] * Millisecond,
        MaxConcurrent = 128 + _next % 8,
        Timeout = 30_000 * Millisecond,
    });

    private static string SchemaKey(ApiSchema schema) => ConfigKey.Schema(schema.Group, schema.Project, schema.Service, schema.Version, SchemaFile);

    private Task<ConfigTxnResult> WriteAsync(CancellationToken ct, params IReadOnlyList<ConfigOperation> operations) => store.TxnAsync(new ConfigTxn([], operations), ct);
}
