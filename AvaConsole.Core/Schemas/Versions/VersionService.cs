using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Schemas.Lint;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Schemas.Versions;

/// <summary>Fixes drafts as immutable versions.</summary>
public sealed class VersionService(IDbContextFactory<AvaDbContext> contexts, AuditLog audit, AccessGuard guard, ConsoleEvents events, TimeProvider clock)
{
    /// <summary>
    /// Refused with lint errors, with a taken number, or with one that is smaller than the changes call for and no reason. With a reason
    /// it is made, and counts once somebody approved its publication.
    /// </summary>
    /// <param name="reason">Why the number is smaller than proposed; ignored where it is not.</param>
    public async Task<Result<ApiVersion>> CreateAsync(Guid apiId, int baseRevision, string reason, Actor actor, CancellationToken ct)
    {
        if (await guard.CheckAsync(actor, Permission.DesignApi, "api.version_created", AuditSubjects.Api, apiId, "", ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var api = await db.Apis.Include(known => known.Versions).AsSplitQuery().SingleOrDefaultAsync(known => known.Id == apiId, ct).ConfigureAwait(false);
        if (api is null)
        {
            return new NotFoundError("api.not_found");
        }

        if (api.DraftRevision != baseRevision)
        {
            return new ConflictError("api.draft_moved", api.UpdatedBy, api.UpdatedAt);
        }

        var settings = await db.GetLintSettingsAsync(api.Draft.Group, api.Draft.Project, ct).ConfigureAwait(false);
        var problems = SchemaLint.Errors(SchemaLint.Check(api.Draft, settings)).ToList();
        Text.Check(problems, "Reason", reason, Text.LongLength);
        if (problems.Count > 0)
        {
            return new InvalidError(problems);
        }

        var proposed = ProposedVersion.For(api.Draft, api.Versions, SemanticDiff.Compare);
        if (proposed.IsTaken)
        {
            return new ConflictError("api.version_taken", api.Draft.Version);
        }

        return proposed.IsSmaller && string.IsNullOrWhiteSpace(reason)
            ? new InvalidError("Reason", "api.version_smaller", api.Draft.Version, proposed.Number, proposed.Base!.Version)
            : await SaveAsync(db, api, proposed, reason.Trim(), actor, ct).ConfigureAwait(false);
    }

    private async Task<Result<ApiVersion>> SaveAsync(AvaDbContext db, Api api, ProposedVersion proposed, string reason, Actor actor, CancellationToken ct)
    {
        var version = new ApiVersion
        {
            Id = Guid.CreateVersion7(),
            ApiId = api.Id,
            Version = api.Draft.Version,
            Schema = api.Draft,
            ProposedVersion = proposed.Base is null ? "" : proposed.Number,
            SmallerReason = proposed.IsSmaller ? reason : "",
            CreatedBy = actor.Name,
            CreatedAt = clock.GetUtcNow(),
        };
        db.ApiVersions.Add(version);
        audit.Add(
            db, actor, "api.version_created", AuditSubjects.Api, api.Id, $"{api.Name} {version.Version}",
            after: new { schema = version.Schema, proposed = version.ProposedVersion, smallerReason = version.SmallerReason });
        try
        {
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return new ConflictError("api.version_taken", version.Version);
        }

        events.Publish("api", api.Id);
        return version;
    }
}
