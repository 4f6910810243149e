using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Images;
using AvaConsole.Core.Releases;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Naming;

/// <summary>Versions for releases: the recommended one, or what somebody types instead.</summary>
public sealed class ReleaseNaming(
    IDbContextFactory<AvaDbContext> contexts, ReleaseService releases, LiveReleases live, NameReservations reservations, ConsoleClock clock, IConsoleAddress address)
{
    private const string Version = nameof(ReleaseRequest.Version);

    /// <param name="holder">Null only to look, which needs a typed version.</param>
    internal async Task<Result<VersionNameVerdict>> CheckAsync(VersionNameQuery query, NameHolder? holder, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.Apps.Where(app => app.Id == query.AppId).Select(app => app.Command).SingleOrDefaultAsync(ct).ConfigureAwait(false) is not { } command)
        {
            return new NotFoundError("app.not_found");
        }

        var verdict = new VersionNameVerdict { Today = await clock.TodayAsync(ct).ConfigureAwait(false) };
        var judged = query.Typed.Length == 0 && holder is not null
            ? await ProposeAsync(db, query, verdict, holder, ct).ConfigureAwait(false)
            : await JudgeAsync(db, command, query, verdict, holder, ct).ConfigureAwait(false);
        return judged.IsSuccess && VersionNames.IsVersion(judged.Value.Name)
            ? NameUses.OfVersion(judged.Value, command, await SchemaKeyAsync(db, query.ApiVersionId, ct).ConfigureAwait(false), address.PublicUrl)
            : judged;
    }

    private async Task<Result<VersionNameVerdict>> ProposeAsync(AvaDbContext db, VersionNameQuery query, VersionNameVerdict verdict, NameHolder holder, CancellationToken ct)
    {
        // An unchanged version of the image keeps the draft's own name: it is free only for it.
        var own = await OwnAsync(db, query, ct).ConfigureAwait(false);
        if (own is { VersionReason.Length: 0 } && ImageReference.TryParse(query.Image.Trim(), out var image) && own.ImageVersion == VersionNames.ImageVersionOf(image))
        {
            return Recommended(verdict, new VersionProposal(own.Version, own.Date, own.ImageVersion, own.Sequence));
        }

        var proposed = await releases.ReserveVersionAsync(query.AppId, query.Image, holder, ct).ConfigureAwait(false);
        return proposed.IsSuccess ? Recommended(verdict, proposed.Value) : proposed.Error;
    }

    private async Task<Result<VersionNameVerdict>> JudgeAsync(
        AvaDbContext db, string command, VersionNameQuery query, VersionNameVerdict verdict, NameHolder? holder, CancellationToken ct)
    {
        var image = ImageReference.TryParse(query.Image.Trim(), out var reference) ? reference : null;
        if (image is null && holder is not null)
        {
            return new InvalidError(nameof(ReleaseRequest.Image), "release.image_invalid");
        }

        var judged = VersionNameRules.Judge(query, verdict, image);
        if (!VersionNames.IsVersion(judged.Name))
        {
            return judged;
        }

        var problem = await FindOtherAsync(db, command, query, judged.Name, holder, ct).ConfigureAwait(false);
        if (problem is null)
        {
            return judged;
        }

        var taken = (await TakenAsync(db, command, query.AppId, holder?.Page ?? Guid.Empty, ct).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
        return judged with { Problems = [problem, .. judged.Problems], Proposal = VersionNameRules.NextFree(judged, taken) };
    }

    /// <summary>Holds the version for the page, then looks for it: whoever creates the release gives it up afterwards.</summary>
    private async Task<Problem?> FindOtherAsync(AvaDbContext db, string command, VersionNameQuery query, string name, NameHolder? holder, CancellationToken ct)
    {
        var scope = NameReservations.ReleasesOf(query.AppId);
        if (holder is not null)
        {
            await reservations.HoldAsync(db, scope, name, holder, ct).ConfigureAwait(false);
        }

        if (await reservations.FindOtherAsync(db, scope, name, holder?.Page ?? Guid.Empty, ct).ConfigureAwait(false) is { } held)
        {
            return new Problem(Version, "release.version_reserved", name, held.HolderName);
        }

        var own = await OwnAsync(db, query, ct).ConfigureAwait(false);
        var isTaken = own?.Version != name && await db.Releases.AnyAsync(release => release.AppId == query.AppId && release.Version == name, ct).ConfigureAwait(false);
        var isLive = !isTaken && own?.Version != name && (await live.TryReadAsync(command, ct).ConfigureAwait(false)).Any(release => release.Version == name);
        if ((isTaken || isLive) && holder is not null)
        {
            await reservations.HoldAsync(db, scope, null, holder, ct).ConfigureAwait(false);
        }

        return isTaken ? new Problem(Version, "release.version_taken", name) : isLive ? new Problem(Version, "release.version_live", name) : null;
    }

    private async Task<IEnumerable<string>> TakenAsync(AvaDbContext db, string command, Guid appId, Guid page, CancellationToken ct)
    {
        var held = await reservations.OfOthersAsync(db, NameReservations.ReleasesOf(appId), page, ct).ConfigureAwait(false);
        var known = await db.Releases.Where(release => release.AppId == appId).Select(release => release.Version).ToListAsync(ct).ConfigureAwait(false);
        var served = await live.TryReadAsync(command, ct).ConfigureAwait(false);
        return [.. held.Select(one => one.Name), .. known, .. served.Select(release => release.Version)];
    }

    private static VersionNameVerdict Recommended(VersionNameVerdict verdict, VersionProposal proposal) =>
        verdict with { Name = proposal.Version, Recommended = proposal.Version, Version = proposal };

    private static async Task<Release?> OwnAsync(AvaDbContext db, VersionNameQuery query, CancellationToken ct) => query.ReleaseId is { } id
        ? await db.Releases.AsNoTracking().SingleOrDefaultAsync(release => release.Id == id && release.AppId == query.AppId, ct).ConfigureAwait(false)
        : null;

    private static async Task<string?> SchemaKeyAsync(AvaDbContext db, Guid? apiVersionId, CancellationToken ct) =>
        apiVersionId is { } id && await db.ApiVersions.AsNoTracking().SingleOrDefaultAsync(version => version.Id == id, ct).ConfigureAwait(false) is { } version
            ? ReleaseDocuments.SchemaKey(version.Schema)
            : null;
}
