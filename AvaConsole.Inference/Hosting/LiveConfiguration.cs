using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Validation;
using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Hosting;

/// <summary>A release that the live configuration wants loaded.</summary>
/// <param name="App">The app's command.</param>
/// <param name="Version">The release's version.</param>
/// <param name="Revision">Mod revision of its document.</param>
/// <param name="Document">Its document.</param>
/// <param name="Spec">What to load; null with <paramref name="Problem"/>, or while its manifest has not been seen yet.</param>
/// <param name="Problem">Why it cannot be loaded.</param>
/// <param name="Worker">The effective worker document.</param>
/// <param name="SchemaKey">Where its API is.</param>
internal sealed record WantedRelease(
    string App, string Version, long Revision, ReleaseDocument Document, ReleaseSpec? Spec, Error? Problem, WorkerDocument Worker, string SchemaKey)
{
    /// <summary>False where the release's own document is not JSON of its shape.</summary>
    public bool IsReadable { get; init; } = true;
}

/// <summary>The mirrored parts of the live configuration, read together. They may be a moment apart; what misses its other half waits.</summary>
internal sealed class LiveConfiguration(ConfigSnapshot serving, ConfigSnapshot manifests, ConfigSnapshot schemas)
{
    private static readonly AppMetadataDocument s_private = new();

    /// <summary>Of the serving tree.</summary>
    public long Revision => serving.Revision;

    /// <summary>Everything in staging, grey and production, by app and version.</summary>
    public IEnumerable<WantedRelease> Wanted() => serving.Entries.Values
        .Select(Read)
        .OfType<WantedRelease>()
        .Where(release => release.Document.Phase is Phases.Staging or Phases.Grey or Phases.Production);

    /// <summary>What of the caches these releases may need.</summary>
    public NeededEntries Needed()
    {
        var (packages, files) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var entry in serving.Entries.Values)
        {
            if (!ConfigKey.TryParseAppRelease(entry.Key, out var app, out var version))
            {
                continue;
            }

            // A document that cannot be read may be of a release that is served.
            var document = ParseRelease(entry);
            if (document?.Phase != Phases.Retired && Parse<ReleaseManifest>(manifests, ConfigKey.ReleaseManifest(app, version)) is { } manifest)
            {
                packages.Add(manifest.PackageSha256);
            }

            if (document?.CustomFiles.Count > 0)
            {
                files.Add(CustomFileCache.KeyOf(app, version, document.CustomFiles));
            }
        }

        return new NeededEntries(packages, files);
    }

    /// <summary>The app's own document, else the default; without both nobody but the (unknown) owner may call it.</summary>
    public AppMetadataDocument Metadata(string app) =>
        Parse<AppMetadataDocument>(serving, ConfigKey.AppMetadata(app)) ?? Parse<AppMetadataDocument>(serving, ConfigKey.AppDefaultMetadata) ?? s_private;

    public ConfigEntry? FindSchema(string key) => key.Length > 0 ? schemas.Find(key) : null;

    private WantedRelease? Read(ConfigEntry entry)
    {
        if (!ConfigKey.TryParseAppRelease(entry.Key, out var app, out var version))
        {
            return null;
        }

        var worker = EffectiveWorker.For(app, version, key => serving.Find(key)?.Value).Document;
        if (ParseRelease(entry) is not { } document)
        {
            // Taken for wanted, so that the fault is seen; whatever served before goes on.
            var unreadable = new InvalidError(entry.Key, "model.document_invalid");
            return new WantedRelease(app, version, entry.ModRevision, new ReleaseDocument(), null, unreadable, worker, "") { IsReadable = false };
        }

        var manifest = manifests.Find(ConfigKey.ReleaseManifest(app, version));
        if (manifest is null)
        {
            // The other mirror may only be behind.
            var problem = manifests.Revision >= entry.ModRevision ? new InvalidError(entry.Key, "model.manifest_missing") : null;
            return new WantedRelease(app, version, entry.ModRevision, document, null, problem, worker, "");
        }

        return TryParseManifest(manifest, out var parsed)
            ? new WantedRelease(app, version, entry.ModRevision, document, ReleaseSpec.From(app, version, document, parsed), null, worker, parsed.SchemaKey)
            : new WantedRelease(app, version, entry.ModRevision, document, null, new InvalidError(manifest.Key, "model.manifest_invalid"), worker, "");
    }

    /// <summary>Null where it is unreadable; a member may be null in the JSON.</summary>
    private static ReleaseDocument? ParseRelease(ConfigEntry entry) =>
        ConfigJson.TryParse<ReleaseDocument>(entry.Value, out var document) && document is { CustomFiles: not null, CustomValues: not null } ? document : null;

    private static bool TryParseManifest(ConfigEntry entry, out ReleaseManifest manifest)
    {
        var parsed = ConfigJson.TryParse<ReleaseManifest>(entry.Value, out var document);
        manifest = document!;
        return parsed;
    }

    private static T? Parse<T>(ConfigSnapshot snapshot, string key)
        where T : class => snapshot.Find(key) is { } entry && ConfigJson.TryParse<T>(entry.Value, out var document) ? document : null;
}

/// <summary>Compiled API schemas by key and revision.</summary>
internal sealed class SchemaCache
{
    private readonly Dictionary<string, (long Revision, ApiSchema? Schema, CompiledSchema? Compiled)> _known = new(StringComparer.Ordinal);

    /// <summary>Nulls where the entry is missing or unreadable.</summary>
    public (ApiSchema? Schema, CompiledSchema? Compiled) Get(ConfigEntry? entry)
    {
        if (entry is null)
        {
            return (null, null);
        }

        if (!_known.TryGetValue(entry.Key, out var known) || known.Revision != entry.ModRevision)
        {
            known = ApiSchemaJson.TryRead(entry.Value, out var schema)
                ? (entry.ModRevision, schema, CompiledSchema.Compile(schema))
                : (entry.ModRevision, null, null);
            _known[entry.Key] = known;
        }

        return (known.Schema, known.Compiled);
    }
}
