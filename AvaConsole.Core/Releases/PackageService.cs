using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Releases;

/// <summary>Takes in model packages: streams to disk, hashes, inspects, keeps by digest.</summary>
public sealed class PackageService(
    IDbContextFactory<AvaDbContext> contexts,
    PackageFiles files,
    IPackageInspector inspector,
    IEgressClient egress,
    AuditLog audit,
    AccessGuard guard,
    ConsoleEvents events,
    TimeProvider clock)
{
    public async Task<IReadOnlyList<ModelPackage>> ListAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.Packages.AsNoTracking().OrderByDescending(package => package.CreatedAt).ToListAsync(ct).ConfigureAwait(false);
    }

    public async Task<Result<ModelPackage>> GetAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var package = await db.Packages.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, ct).ConfigureAwait(false);
        return package is null ? new NotFoundError("package.not_found") : package;
    }

    /// <summary>
    /// Streams <paramref name="content"/> to disk without holding it in memory, up to 8 GiB. The same digest again returns the
    /// package that is there.
    /// </summary>
    /// <param name="progress">Bytes received so far.</param>
    public async Task<Result<ModelPackage>> AddAsync(Stream content, string fileName, IProgress<long>? progress, Actor actor, CancellationToken ct) =>
        await DeniedAsync(actor, fileName, ct).ConfigureAwait(false) is { } denied
            ? denied
            : await TakeInAsync(content, fileName, null, progress, actor, ct).ConfigureAwait(false);

    /// <summary>The same from a URL, through the egress client.</summary>
    public async Task<Result<ModelPackage>> AddFromUrlAsync(Uri url, IProgress<long>? progress, Actor actor, CancellationToken ct)
    {
        // Queries and user parts carry tokens; what is kept and shown must not.
        var shown = url.IsAbsoluteUri ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "";
        if (await DeniedAsync(actor, shown, ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        if (!url.IsAbsoluteUri)
        {
            return new InvalidError("Url", "package.url_invalid");
        }

        var answer = await egress.GetAsync(url, PackageFiles.MaxBytes, ct).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            return answer.Error;
        }

        await using var content = answer.Value;
        try
        {
            return await TakeInAsync(content, Path.GetFileName(url.LocalPath), shown, progress, actor, ct).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or HttpIOException)
        {
            return new UnavailableError("package.download_broke_off");
        }
    }

    private async Task<Result<ModelPackage>> TakeInAsync(Stream content, string fileName, string? sourceUrl, IProgress<long>? progress, Actor actor, CancellationToken ct)
    {
        var received = await files.ReceiveAsync(content, PackageFiles.MaxBytes, progress, ct).ConfigureAwait(false);
        if (!received.IsSuccess)
        {
            return received.Error;
        }

        using var staged = received.Value;
        if (await FindAsync(staged.Sha256, ct).ConfigureAwait(false) is { } known)
        {
            // The data directory may have lost what the database remembers.
            if (!files.Holds(staged.Sha256))
            {
                files.Keep(staged);
            }

            return known;
        }

        var inspection = await inspector.InspectAsync(staged.Path, ct).ConfigureAwait(false);
        if (!inspection.IsSuccess)
        {
            return inspection.Error;
        }

        files.Keep(staged);
        var package = new ModelPackage
        {
            Id = Guid.CreateVersion7(),
            Sha256 = staged.Sha256,
            SizeBytes = staged.Size,
            FileName = Clean(fileName),
            SourceUrl = sourceUrl,
            Inspection = inspection.Value,
            CreatedBy = actor.Name,
            CreatedAt = clock.GetUtcNow(),
        };
        return await SaveAsync(package, actor, ct).ConfigureAwait(false);
    }

    private async Task<Result<ModelPackage>> SaveAsync(ModelPackage package, Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        db.Packages.Add(package);
        audit.Add(
            db,
            actor,
            "package.added",
            AuditSubjects.Package,
            package.Id,
            package.FileName,
            after: new { sha256 = package.Sha256, bytes = package.SizeBytes, fileName = package.FileName, sourceUrl = package.SourceUrl });
        try
        {
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // The same archive came in twice at once; nothing else here is unique.
            return (await FindAsync(package.Sha256, ct).ConfigureAwait(false))!;
        }

        events.Publish("package", package.Id);
        return package;
    }

    private async Task<ModelPackage?> FindAsync(string sha256, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.Packages.AsNoTracking().SingleOrDefaultAsync(package => package.Sha256 == sha256, ct).ConfigureAwait(false);
    }

    private Task<Error?> DeniedAsync(Actor actor, string name, CancellationToken ct) =>
        guard.CheckAsync(actor, Permission.ManageApps, "package.added", AuditSubjects.Package, null, Clean(name), ct);

    private static string Clean(string fileName)
    {
        var name = new string([.. fileName.Where(character => !char.IsControl(character)).TakeLast(200)]);
        return name.Length > 0 ? name : "package.tar";
    }
}
