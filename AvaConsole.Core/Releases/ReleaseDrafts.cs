using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Images;
using AvaConsole.Core.Naming;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Releases;

/// <summary>Creates and edits releases as long as they are drafts.</summary>
public sealed class ReleaseDrafts(IDbContextFactory<AvaDbContext> contexts, AuditLog audit, AccessGuard guard, NameReservations reservations, ConsoleEvents events, TimeProvider clock)
{
    internal async Task<Result<Release>> CreateAsync(Guid appId, ReleaseRequest request, Actor actor, CancellationToken ct)
    {
        if (await guard.CheckAsync(actor, Permission.Release, "release.created", AuditSubjects.Release, null, request.Version, ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.Apps.SingleOrDefaultAsync(known => known.Id == appId, ct).ConfigureAwait(false) is not { } app)
        {
            return new NotFoundError("app.not_found");
        }

        var release = new Release
        {
            Id = Guid.CreateVersion7(),
            AppId = app.Id,
            App = app,
            Revision = 1,
            CreatedBy = actor.Name,
            CreatedById = actor.AccountId,
            CreatedAt = clock.GetUtcNow(),
        };
        if (await FillAsync(db, release, request, ct).ConfigureAwait(false) is { } invalid)
        {
            return invalid;
        }

        db.Releases.Add(release);
        audit.Add(db, actor, "release.created", AuditSubjects.Release, release.Id, $"{app.Command} {release.Version}", after: Describe(release));
        return await SaveAsync(db, release, request.Page, ct).ConfigureAwait(false);
    }

    internal async Task<Result<Release>> UpdateAsync(Guid id, ReleaseRequest request, int baseRevision, Actor actor, CancellationToken ct)
    {
        if (await guard.CheckAsync(actor, Permission.Release, "release.updated", AuditSubjects.Release, id, request.Version, ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.Releases.Include(known => known.App).SingleOrDefaultAsync(known => known.Id == id, ct).ConfigureAwait(false) is not { } release)
        {
            return new NotFoundError("release.not_found");
        }

        if (release.State != ReleaseState.Draft)
        {
            return new ConflictError("release.immutable", release.Version);
        }

        if (release.Revision != baseRevision)
        {
            return new ConflictError("release.draft_moved", release.UpdatedAt);
        }

        var before = Describe(release);
        release.Revision = baseRevision + 1;
        if (await FillAsync(db, release, request, ct).ConfigureAwait(false) is { } invalid)
        {
            return invalid;
        }

        audit.Add(db, actor, "release.updated", AuditSubjects.Release, release.Id, $"{release.App.Command} {release.Version}", before, Describe(release));
        return await SaveAsync(db, release, request.Page, ct).ConfigureAwait(false);
    }

    private async Task<Error?> FillAsync(AvaDbContext db, Release release, ReleaseRequest request, CancellationToken ct)
    {
        var problems = ReleaseRules.Check(request);
        var version = request.ApiVersionId is { } api
            ? await db.ApiVersions.SingleOrDefaultAsync(known => known.Id == api, ct).ConfigureAwait(false)
            : null;
        if (request.ApiVersionId is not null && version is null)
        {
            problems.Add(new Problem(nameof(request.ApiVersionId), "release.api_version_unknown"));
        }
        else if (version is not null && release.App.ApiId is { } required && version.ApiId != required)
        {
            problems.Add(new Problem(nameof(request.ApiVersionId), "release.api_version_of_other_api"));
        }

        var package = request.PackageId is { } id ? await db.Packages.SingleOrDefaultAsync(known => known.Id == id, ct).ConfigureAwait(false) : null;
        if (request.PackageId is not null && package is null)
        {
            problems.Add(new Problem(nameof(request.PackageId), "package.not_found"));
        }

        var name = ReleaseRules.VersionOf(request);
        if (await reservations.FindOtherAsync(db, NameReservations.ReleasesOf(release.AppId), name, request.Page, ct).ConfigureAwait(false) is { } held)
        {
            problems.Add(new Problem(nameof(request.Version), "release.version_reserved", name, held.HolderName));
        }

        if (problems.Count > 0)
        {
            return new InvalidError(problems);
        }

        Copy(release, request);
        (release.ApiVersion, release.ApiVersionId, release.Package, release.PackageId) = (version, version?.Id, package, package?.Id);
        release.ContentHash = ReleaseDocuments.ContentHash(release, version?.Schema, package?.Sha256);
        release.UpdatedAt = clock.GetUtcNow();
        return null;
    }

    private static void Copy(Release release, ReleaseRequest request)
    {
        (release.Version, release.Date, release.ImageVersion, release.Sequence) = (ReleaseRules.VersionOf(request), request.Date, request.ImageVersion, request.Sequence);
        release.VersionReason = ReleaseRules.IsRecommended(request) ? "" : request.VersionReason.Trim();
        (release.Image, release.BatchSize, release.ImageWidth) = (request.Image.Trim(), request.BatchSize, request.ImageWidth);
        release.ImageDigest = ImageReference.TryParse(release.Image, out var image) ? image.Digest : "";
        release.CustomFiles = request.CustomFiles.ToDictionary(file => file.Key, file => file.Value, StringComparer.Ordinal);
        release.CustomValues = request.CustomValues;
    }

    private async Task<Result<Release>> SaveAsync(AvaDbContext db, Release release, Guid page, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ConflictError("release.draft_moved", release.UpdatedAt);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return new InvalidError(nameof(ReleaseRequest.Version), "release.version_taken", release.Version);
        }

        await reservations.ReleaseAsync(page, ct).ConfigureAwait(false);
        events.Publish("release", release.Id);
        return release;
    }

    private static object Describe(Release release) => new
    {
        version = release.Version,
        versionReason = release.VersionReason,
        image = release.Image,
        apiVersionId = release.ApiVersionId,
        packageId = release.PackageId,
        batchSize = release.BatchSize,
        imageWidth = release.ImageWidth,
        customFiles = release.CustomFiles,
        customValues = release.CustomValues,
        contentHash = release.ContentHash,
    };
}
