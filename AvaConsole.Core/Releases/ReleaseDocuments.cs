using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Schemas;

namespace AvaConsole.Core.Releases;

/// <summary>A release in the documents of the live configuration.</summary>
internal static class ReleaseDocuments
{
    /// <summary>Name of the schema's file in its key.</summary>
    public const string SchemaFile = "apischema.json";

    public static ReleaseDocument Release(Release release, string tarFile, string phase) => new()
    {
        TarFile = tarFile,
        BatchSize = release.BatchSize,
        ImageWidth = release.ImageWidth,
        CustomFiles = new SortedDictionary<string, string>(release.CustomFiles, StringComparer.Ordinal),
        CustomValues = JsonNode.Parse(release.CustomValues)!.AsObject(),
        Phase = phase,
    };

    public static ReleaseManifest Manifest(Release release, ModelPackage package, string schemaKey, IReadOnlyList<WarmUpCase> warmUp) => new()
    {
        WarmUp = warmUp.Count > 0 ? warmUp : null,
        PackageSha256 = package.Sha256,
        PackageSize = package.SizeBytes,
        Image = release.Image,
        SchemaKey = schemaKey,
    };

    /// <param name="current">What is live: members that the console does not manage stay.</param>
    public static AppMetadataDocument Metadata(App app, string secretKey, AppMetadataDocument? current)
    {
        var owned = app.OwnerUid != 0 || app.AccessKey.Length > 0 || secretKey.Length > 0 || current?.Owner is not null;
        return (current ?? new AppMetadataDocument()) with
        {
            Public = app.Public,
            Owner = owned ? (current?.Owner ?? new OwnerDocument()) with { Uid = app.OwnerUid, Ak = app.AccessKey, Sk = secretKey } : null,
        };
    }

    /// <summary>Null where a part of the name cannot be in a key.</summary>
    public static string? SchemaKey(ApiSchema schema) =>
        ((string[])[schema.Group, schema.Project, schema.Service, schema.Version]).All(ConfigKey.IsSegment)
            ? ConfigKey.Schema(schema.Group, schema.Project, schema.Service, schema.Version, SchemaFile)
            : null;

    /// <summary>
    /// SHA-256 over everything that is served: package, image, API version, configuration. Not over the version's name or the phase,
    /// which change nothing about the answers.
    /// </summary>
    public static string ContentHash(Release release, ApiSchema? schema, string? packageSha256)
    {
        var document = ConfigJson.Serialize(Release(release, tarFile: "", phase: ""));
        var api = schema is null ? "" : Convert.ToHexStringLower(SHA256.HashData(ApiSchemaJson.Write(schema)));
        byte[] content = [.. Encoding.UTF8.GetBytes($"{packageSha256}\n{release.Image}\n{api}\n"), .. document];
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
