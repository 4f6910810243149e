using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Data;
using AvaConsole.Core.Releases;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Schemas.Publication;

/// <summary>Which versions are live, which are on their way, and what callers meet now.</summary>
public sealed class PublicationReader(IDbContextFactory<AvaDbContext> contexts, IConfigStore store, PublicationPlanner publications, LiveReleases releases)
{
    /// <summary>Every version of the API, newest first.</summary>
    public async Task<IReadOnlyList<VersionPublication>> ListAsync(Guid apiId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var versions = await db.ApiVersions
            .AsNoTracking()
            .Where(version => version.ApiId == apiId)
            .OrderByDescending(version => version.CreatedAt)
            .ToListAsync(ct)
            .ConfigureAwait(false);
        var plans = await db.Plans
            .AsNoTracking()
            .Where(plan => plan.Kind == ChangeKind.Publication && plan.ApiVersion!.ApiId == apiId)
            .OrderByDescending(plan => plan.Number)
            .ToListAsync(ct)
            .ConfigureAwait(false);
        var users = await TryAsync(() => publications.UsersAsync(ct)).ConfigureAwait(false);
        var list = new List<VersionPublication>(versions.Count);
        foreach (var version in versions)
        {
            list.Add(await ReadAsync(version, plans.FindAll(plan => plan.ApiVersionId == version.Id), users, ct).ConfigureAwait(false));
        }

        return list;
    }

    /// <summary>
    /// The schemas by which the production releases of the API's apps are validated; where no release is in production, the newest
    /// version that is published. Empty where nothing is live, or the live configuration does not answer.
    /// </summary>
    public async Task<IReadOnlyList<LiveSchema>> ListLiveAsync(Guid apiId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var apps = await db.Apps.Where(app => app.ApiId == apiId).Select(app => app.Command).ToListAsync(ct).ConfigureAwait(false);
        var live = new List<LiveSchema>();
        foreach (var release in (await releases.TryReadAsync(null, ct).ConfigureAwait(false)).Where(release => release.Document.Phase == Phases.Production && apps.Contains(release.Command)))
        {
            var schema = await TryAsync(() => SchemaOfAsync(release.Command, release.Version, ct)).ConfigureAwait(false);
            if (schema is not null)
            {
                live.Add(new LiveSchema(release.Command, release.Version, schema));
            }
        }

        if (live.Count == 0 && (await ListAsync(apiId, ct).ConfigureAwait(false)).FirstOrDefault(version => version.State == PublicationState.Live) is { } published)
        {
            var schema = await db.ApiVersions.Where(version => version.Id == published.VersionId).Select(version => version.Schema).SingleAsync(ct).ConfigureAwait(false);
            live.Add(new LiveSchema("", "", schema));
        }

        return live;
    }

    private async Task<VersionPublication> ReadAsync(ApiVersion version, List<ChangePlan> plans, ILookup<string, string>? users, CancellationToken ct)
    {
        var (key, gatewayKey) = (PublicationDocuments.Key(version.Schema), PublicationDocuments.GatewayKey(version.Schema));
        var entries = key is null || gatewayKey is null
            ? (null, null)
            : await TryAsync(async () => Tuple.Create(await store.GetAsync(key, ct).ConfigureAwait(false), await store.GetAsync(gatewayKey, ct).ConfigureAwait(false))).ConfigureAwait(false) is { } read
                ? (read.Item1, read.Item2)
                : default((ConfigEntry?, ConfigEntry?)?);
        var open = plans.Find(plan => plan.State is ChangeState.AwaitingApproval or ChangeState.Approved or ChangeState.Applying);
        var last = plans.Find(plan => plan.State == ChangeState.Applied);
        var state = entries switch
        {
            _ when open is not null => PublicationState.Pending,
            null => PublicationState.Unknown,
            { Item1: { } entry } => PublicationDocuments.IsSame(entry.Value, version.Schema) ? PublicationState.Live : PublicationState.Different,
            _ => last is null ? PublicationState.NotPublished : PublicationState.Withdrawn,
        };
        var plan = open ?? last;
        return new VersionPublication(
            version.Id,
            version.Version,
            state,
            key ?? "",
            entries?.Item1?.ModRevision ?? 0,
            plan?.Id,
            plan?.Number,
            entries?.Item2 is null ? "" : gatewayKey!,
            key is null || users is null ? [] : [.. users[key]]);
    }

    private async Task<ApiSchema?> SchemaOfAsync(string app, string version, CancellationToken ct)
    {
        var manifest = await store.GetAsync(ConfigKey.ReleaseManifest(app, version), ct).ConfigureAwait(false);
        if (manifest is null || !ConfigJson.TryParse<ReleaseManifest>(manifest.Value, out var document) || document.SchemaKey.Length == 0)
        {
            return null;
        }

        var entry = await store.GetAsync(document.SchemaKey, ct).ConfigureAwait(false);
        return entry is not null && ApiSchemaJson.TryRead(entry.Value, out var schema) ? schema : null;
    }

    private static async Task<T?> TryAsync<T>(Func<Task<T>> ask)
        where T : class?
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (ConfigStoreUnavailableException)
        {
            return null;
        }
    }
}
