using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;

namespace AvaConsole.Core.Schemas.Publication;

/// <summary>Works out what publishing or withdrawing a version would write, from what is live now.</summary>
public sealed class PublicationPlanner(IConfigStore store, ChangePlanner planner)
{
    internal Task<Result<PublicationPreview>> PublishAsync(ApiVersion version, CancellationToken ct) => ChangePlanner.AskAsync<PublicationPreview>(async () =>
    {
        var schema = version.Schema;
        if (PublicationDocuments.Key(schema) is not { } key || PublicationDocuments.GatewayKey(schema) is not { } gatewayKey)
        {
            return new ConflictError("release.schema_not_publishable");
        }

        var document = await planner.WriteAsync(key, ApiSchemaJson.Write(schema), ct).ConfigureAwait(false);
        if (document.Current is { } current)
        {
            // A version never changes: what is there is it, or is in the way.
            if (!PublicationDocuments.IsSame(current.Value, schema))
            {
                return new ConflictError("publication.immutable", key);
            }

            document = document with { Value = current.Value };
        }

        var writes = new List<PlannedWrite> { document };
        var gateway = PublicationDocuments.Gateway(schema);
        if (gateway.IsSuccess)
        {
            var file = await planner.WriteAsync(gatewayKey, gateway.Value, ct).ConfigureAwait(false);
            writes.Add(file.Current is null ? file : file with { Value = file.Current.Value });
        }

        if (writes.TrueForAll(write => write.ChangesNothing))
        {
            return new ConflictError("publication.already_live", version.Version);
        }

        var plan = planner.Build(ChangeKind.Publication, writes);
        var isSmaller = version.SmallerReason.Length > 0;
        return plan.IsSuccess
            ? new PublicationPreview(
                plan.Value,
                isSmaller ? "publication.smaller_version" : "",
                isSmaller ? [version.Version, version.ProposedVersion] : [],
                gateway.Error is InvalidError refused ? refused.Problems : [])
            : plan.Error;
    });

    internal Task<Result<PublicationPreview>> WithdrawAsync(ApiVersion version, CancellationToken ct) => ChangePlanner.AskAsync<PublicationPreview>(async () =>
    {
        if (PublicationDocuments.Key(version.Schema) is not { } key || await store.GetAsync(key, ct).ConfigureAwait(false) is null)
        {
            return new ConflictError("publication.not_live", version.Version);
        }

        if ((await UsersAsync(ct).ConfigureAwait(false))[key].ToList() is { Count: > 0 } users)
        {
            return new ConflictError("publication.in_use", version.Version, string.Join(", ", users));
        }

        var writes = new List<PlannedWrite> { await planner.WriteAsync(key, null, ct).ConfigureAwait(false) };
        if (PublicationDocuments.GatewayKey(version.Schema) is { } gatewayKey)
        {
            writes.Add(await planner.WriteAsync(gatewayKey, null, ct).ConfigureAwait(false));
        }

        var plan = planner.Build(ChangeKind.Publication, writes);
        return plan.IsSuccess ? new PublicationPreview(plan.Value, "publication.withdrawal", [version.Version], []) : plan.Error;
    });

    /// <summary>Schema key → releases that are validated by it. Retired ones count: a rollback makes them live again.</summary>
    /// <exception cref="ConfigStoreUnavailableException">The store does not answer.</exception>
    internal async Task<ILookup<string, string>> UsersAsync(CancellationToken ct)
    {
        var range = await store.RangeAsync(ConfigKey.ReleaseManifestPrefix, ct).ConfigureAwait(false);
        return range.Entries
            .Select(entry => ConfigKey.TryParseReleaseManifest(entry.Key, out var app, out var version) && ConfigJson.TryParse<ReleaseManifest>(entry.Value, out var manifest)
                ? (Key: manifest.SchemaKey, Name: $"{app} {version}")
                : default)
            .Where(user => user.Key is not null)
            .ToLookup(user => user.Key, user => user.Name, StringComparer.Ordinal);
    }
}
