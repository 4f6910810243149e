using System.Text;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Publication;

namespace AvaConsole.Core.Releases;

/// <summary>Works out what a release, a promotion or a rollback would write, from what is live now.</summary>
public sealed class ReleasePlanner(IConfigStore store, ChangePlanner planner, LiveReleases live, SecretBox secrets, IConsoleAddress address)
{
    /// <param name="release">With app, API version and package.</param>
    /// <param name="warmUp">Test cases that hosts try before they serve it; see <see cref="ReleaseQueries.WarmUpCasesAsync"/>.</param>
    internal Task<Result<PlanPreview>> SubmitAsync(Release release, IReadOnlyList<WarmUpCase> warmUp, CancellationToken ct) => ChangePlanner.AskAsync(async () =>
    {
        if (release.Package is not { } package)
        {
            return new ConflictError("release.package_missing");
        }

        if (release.ApiVersion is not { } api)
        {
            return new ConflictError("release.api_version_missing");
        }

        if (ReleaseDocuments.SchemaKey(api.Schema) is not { } schemaKey)
        {
            return new ConflictError("release.schema_not_publishable");
        }

        var command = release.App.Command;
        var document = ReleaseDocuments.Release(release, $"{address.PublicUrl}/packages/{package.Sha256}.tar", Phases.Staging);
        var entry = await planner.WriteAsync(ConfigKey.AppRelease(command, release.Version), ConfigJson.Serialize(document), ct).ConfigureAwait(false);
        var manifest = await planner.WriteAsync(
            ConfigKey.ReleaseManifest(command, release.Version), ConfigJson.Serialize(ReleaseDocuments.Manifest(release, package, schemaKey, warmUp)), ct).ConfigureAwait(false);
        if (entry.Current is not null || manifest.Current is not null)
        {
            return new ConflictError("release.version_live", release.Version);
        }

        var schema = await planner.WriteAsync(schemaKey, ApiSchemaJson.Write(api.Schema), ct).ConfigureAwait(false);
        if (schema.Current is { } published)
        {
            if (!PublicationDocuments.IsSame(published.Value, api.Schema))
            {
                return new ConflictError("release.schema_conflict", schemaKey);
            }

            schema = schema with { Value = published.Value };
        }

        // The schema and the manifest come first only for the reader: the store takes them all at once.
        return planner.Build(ChangeKind.Release, [schema, await MetadataAsync(release.App, ct).ConfigureAwait(false), manifest, entry]);
    });

    internal Task<Result<PlanPreview>> PromoteAsync(string command, string version, string toPhase, CancellationToken ct) => ChangePlanner.AskAsync(async () =>
    {
        var releases = await live.ReadAsync(command, ct).ConfigureAwait(false);
        if (releases.FirstOrDefault(release => release.Version == version) is not { } subject)
        {
            return new ConflictError("release.not_live", version);
        }

        return (subject.Document.Phase, toPhase) is (Phases.Staging, Phases.Grey) or (Phases.Grey, Phases.Production)
            ? await MoveAsync(ChangeKind.Promote, releases, subject, toPhase, ct).ConfigureAwait(false)
            : new ConflictError("release.transition", subject.Document.Phase, toPhase);
    });

    internal Task<Result<PlanPreview>> RollbackAsync(string command, string version, CancellationToken ct) => ChangePlanner.AskAsync(async () =>
    {
        var releases = await live.ReadAsync(command, ct).ConfigureAwait(false);
        if (releases.FirstOrDefault(release => release.Version == version) is not { } subject)
        {
            return new ConflictError("release.not_live", version);
        }

        return subject.Document.Phase == Phases.Retired
            ? await MoveAsync(ChangeKind.Rollback, releases, subject, Phases.Production, ct).ConfigureAwait(false)
            : new ConflictError("release.not_retired", version, subject.Document.Phase);
    });

    private async Task<Result<PlanPreview>> MoveAsync(ChangeKind kind, IReadOnlyList<LiveRelease> releases, LiveRelease subject, string toPhase, CancellationToken ct)
    {
        var moves = releases
            .Where(release => release.Document.Phase == toPhase && release.Version != subject.Version)
            .Select(holder => (Release: holder, Phase: Phases.Retired))
            .Append((Release: subject, Phase: toPhase))
            .ToList();
        var writes = moves.ConvertAll(move => new PlannedWrite(move.Release.Entry.Key, move.Release.Entry, ConfigJson.Serialize(move.Release.Document with { Phase = move.Phase })));
        writes.Add(await PhasesAsync(releases, subject, toPhase, ct).ConfigureAwait(false));
        return planner.Build(kind, writes);
    }

    private async Task<PlannedWrite> PhasesAsync(IReadOnlyList<LiveRelease> releases, LiveRelease subject, string toPhase, CancellationToken ct)
    {
        var key = ConfigKey.AppPhases(subject.Command);
        var current = await store.GetAsync(key, ct).ConfigureAwait(false);
        var document = current is not null && ConfigJson.TryParse<AppPhasesDocument>(current.Value, out var known) ? known : new AppPhasesDocument();
        document = document with { Grey = HolderOf(Phases.Grey), Production = HolderOf(Phases.Production) };
        return new PlannedWrite(key, current, ConfigJson.Serialize(document), Always: true);

        string HolderOf(string phase) => phase == toPhase
            ? subject.Version
            : releases.FirstOrDefault(release => release.Document.Phase == phase && release.Version != subject.Version)?.Version ?? "";
    }

    private async Task<PlannedWrite> MetadataAsync(App app, CancellationToken ct)
    {
        var key = ConfigKey.AppMetadata(app.Command);
        var current = await store.GetAsync(key, ct).ConfigureAwait(false);
        var known = current is not null && ConfigJson.TryParse<AppMetadataDocument>(current.Value, out var parsed) ? parsed : null;
        var secretKey = app.SealedSecretKey.Length > 0 ? Encoding.UTF8.GetString(secrets.Open(app.SealedSecretKey, AppService.SecretPlace(app.Id))) : "";
        return new PlannedWrite(key, current, ConfigJson.Serialize(ReleaseDocuments.Metadata(app, secretKey, known)));
    }
}
