using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AvaConsole.Core.Images.Catalogue;
using Npgsql;
using NpgsqlTypes;

namespace AvaConsole.Tests.Support;

/// <summary>
/// Writes a catalogue of any size straight into a console's database: two registries, forty teams, names in both schemes, tags that dangle, moved or
/// could not be read, and images with layers and labels. The same numbers always give the same catalogue.
/// </summary>
public sealed class CatalogueGenerator(int images, int tags, DateTimeOffset now)
{
    public const string TeamHost = "reg.example:5000";
    public const string HubHost = "hub.example";

    /// <summary>A tag of <see cref="TeamHost"/> that is always there.</summary>
    public const string KnownImage = "team-00/ava-caffe";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);
    private static readonly string[] s_frameworks = ["caffe", "mxnet", "tensorflow", "pytorch", "caffe2", "keras"];
    private static readonly string[] s_kinds = ["classify", "detect", "ocr", "face-det", "pulp", "segment", "feature", "match", "terror", "logo", "text", "video"];
    private static readonly string[] s_pythons = ["py27", "py35", "py36"];
    private static readonly string[] s_devices = ["cpu", "cuda80-cudnn6", "cuda90-cudnn7", "cuda91-cudnn7", "cuda80", "cuda101"];

    private readonly Random _random = new(20261121);
    private readonly List<(Guid Id, Guid Registry, string Path, string Name, int Number)> _repositories = [];

    public async Task WriteAsync(string connectionString, CancellationToken ct = default)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var connection = await database.OpenConnectionAsync(ct);
        var team = await RegistryAsync(connection, "Team registry", TeamHost, ct);
        var hub = await RegistryAsync(connection, "Hub", HubHost, ct);
        foreach (var (path, number) in Paths().Take(images).Select((path, number) => (path, number)))
        {
            _repositories.Add((Guid.CreateVersion7(), number % 4 == 3 ? hub : team, path, path[(path.LastIndexOf('/') + 1)..], number));
        }

        await WriteRepositoriesAsync(connection, ct);
        await WriteTagsAsync(connection, ct);
    }

    private static async Task<Guid> RegistryAsync(NpgsqlConnection connection, string name, string host, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO image_registries (id, name, address, host, allowed_hosts, namespace, repositories, lists_repositories, user_name, sealed_secret,
                refresh_minutes, request_budget, enabled, revision, index_revision, refresh, next_refresh_at, created_by, created_at, updated_at)
            VALUES ($1, $2, 'https://' || $3, $3, '{}', '', '{}', true, '', '', 60, 2000, false, 1, 1, '{}', 'infinity', 'generator', now(), now())
            """, connection)
        {
            Parameters = { new() { Value = id }, new() { Value = name }, new() { Value = host } },
        };
        await command.ExecuteNonQueryAsync(ct);
        return id;
    }

    /// <summary>Variants in the tag for each seventh, everything in the name for the others.</summary>
    private static IEnumerable<string> Paths()
    {
        for (var round = 0; ; round++)
        {
            for (var number = 0; number < 40 * s_frameworks.Length * 7; number++)
            {
                var (team, framework, kind) = ($"team-{number % 40:00}", s_frameworks[number / 40 % s_frameworks.Length], s_kinds[(round + (number / 240)) % s_kinds.Length]);
                var suffix = round < 2 ? "" : $"{round / 2}";
                yield return (number / 240) switch
                {
                    0 => round == 0 ? $"{team}/ava-{framework}" : $"{team}/ava-{framework}-tools{round}",
                    var scheme => $"{team}/ava-{framework}-{(scheme % 3 == 0 ? "" : scheme % 3 == 1 ? "gpu-" : "cpu-")}{kind}{suffix}{(round % 2 == 0 ? "" : "-next")}",
                };
            }
        }
    }

    private async Task WriteRepositoriesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            "COPY image_repositories (id, registry_id, path, listed_at, is_cut, error_code, error_args) FROM STDIN (FORMAT BINARY)", ct);
        foreach (var repository in _repositories)
        {
            await writer.WriteRowAsync(ct, repository.Id, repository.Registry, repository.Path, now, false, "", Array.Empty<string>());
        }

        await writer.CompleteAsync(ct);
    }

    private async Task WriteTagsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var made = new List<(string Digest, string Json, long Size, DateTimeOffset Created)>();
        await using (var writer = await connection.BeginBinaryImportAsync(
            "COPY image_tags (id, repository_id, name, digest, state, previous_digest, moved_at, checked_at, error_code, error_args) FROM STDIN (FORMAT BINARY)", ct))
        {
            for (var number = 0; number < tags; number++)
            {
                var repository = _repositories[number % _repositories.Count];
                var state = number % 97 == 5 ? TagState.Dangling : number % 89 == 7 ? TagState.Unreadable : number % 61 == 9 ? TagState.Listed : TagState.Known;
                var moved = state == TagState.Known && number % 37 == 3;
                var image = state == TagState.Known ? Image(number, repository.Number, repository.Path) : default;
                if (image.Digest is not null) made.Add(image);
                await writer.WriteRowAsync(
                    ct, Guid.CreateVersion7(), repository.Id, TagName(repository, number / _repositories.Count), image.Digest ?? "", state.ToString(), moved ? Digest($"before {number}") : "",
                    moved ? now.AddDays(-1) : DBNull.Value, now, state == TagState.Unreadable ? "registry.schema1" : "",
                    state == TagState.Unreadable ? new[] { "latest" } : Array.Empty<string>());
            }

            await writer.CompleteAsync(ct);
        }

        await WriteImagesAsync(connection, made, ct);
    }

    private async Task WriteImagesAsync(NpgsqlConnection connection, List<(string Digest, string Json, long Size, DateTimeOffset Created)> made, CancellationToken ct)
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            "COPY images (digest, media_type, artifact_type, size_bytes, created_at, platforms, is_cut, read_at) FROM STDIN (FORMAT BINARY)", ct);
        foreach (var image in made)
        {
            await writer.StartRowAsync(ct);
            await writer.WriteAsync(image.Digest, ct);
            await writer.WriteAsync("application/vnd.oci.image.manifest.v1+json", ct);
            await writer.WriteAsync("", ct);
            await writer.WriteAsync(image.Size, ct);
            await writer.WriteAsync(image.Created, NpgsqlDbType.TimestampTz, ct);
            await writer.WriteAsync(image.Json, NpgsqlDbType.Jsonb, ct);
            await writer.WriteAsync(false, ct);
            await writer.WriteAsync(now, NpgsqlDbType.TimestampTz, ct);
        }

        await writer.CompleteAsync(ct);
    }

    private static string TagName((Guid Id, Guid Registry, string Path, string Name, int Number) repository, int number)
    {
        if (repository.Name.Split('-') is { Length: <= 2 } or [_, _, ['t', 'o', 'o', 'l', 's', ..]])
        {
            return number < s_pythons.Length * s_devices.Length ? $"{s_pythons[number % s_pythons.Length]}-{s_devices[number / s_pythons.Length]}" : $"1.{number}";
        }

        return number switch
        {
            0 => "latest",
            1 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(repository.Path)))[..8],
            _ => string.Create(CultureInfo.InvariantCulture, $"v{new DateOnly(2018, 3, 1).AddDays((repository.Number + (number * 11)) % 900):yyyyMMdd}-{number}"),
        };
    }

    private (string Digest, string Json, long Size, DateTimeOffset Created) Image(int number, int repository, string path)
    {
        var size = 40_000_000L + _random.Next(900_000_000);
        var created = now.AddDays(-Math.Pow(_random.NextDouble(), 3) * 900);
        var layers = Enumerable.Range(0, 4).Select(layer => new IndexedLayer(layer < 2 ? Digest($"base {layer} {repository % 12}") : Digest($"layer {layer} {number}"), layer == 3 ? size - (size / 2) - (size / 4) - (size / 8) : size >> (layer + 1))).ToList();
        var labels = new Dictionary<string, string>
        {
            ["org.opencontainers.image.title"] = path[(path.LastIndexOf('/') + 1)..],
            ["org.opencontainers.image.vendor"] = path.Split('/')[0],
        };
        var platform = new IndexedPlatform("linux/amd64", Digest($"platform {number}"), size, created, layers, labels, ["PATH", "LANG"], number % 5 == 0 ? ["https://slsa.dev/provenance/v1"] : []);
        return (Digest($"image {number}"), JsonSerializer.Serialize(new[] { platform }, s_json), size, created);
    }

    private static string Digest(string of) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(of)));
}
