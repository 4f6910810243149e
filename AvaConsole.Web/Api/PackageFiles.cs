using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Web.Api;

/// <summary>
/// Model packages for the hosts that serve them: releases name <c>{public address}/packages/{sha256}.tar</c>. The digest is the permission: it
/// is as hard to guess as any token, and AVA's own workers fetch without credentials.
/// </summary>
internal static class PackageFiles
{
    public static IEndpointRouteBuilder MapPackageFiles(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/packages/{sha256:regex(^[0-9a-f]{{64}}$)}.tar", GetAsync).AllowAnonymous();
        return endpoints;
    }

    private static async Task<IResult> GetAsync(string sha256, IDbContextFactory<AvaDbContext> contexts, DataDirectory data, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Packages.AnyAsync(package => package.Sha256 == sha256, ct)) return TypedResults.NotFound();
        var path = data.PackagePath(sha256);
        return File.Exists(path)
            ? TypedResults.PhysicalFile(path, "application/x-tar", enableRangeProcessing: true, entityTag: new($"\"{sha256}\""))
            : TypedResults.NotFound();
    }
}
