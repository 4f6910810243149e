using System.Linq.Expressions;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Images.Recipes.Builds;

internal static class ImageBuildQueries
{
    public static Expression<Func<ImageBuild, bool>> IsActive { get; } =
        build => build.State == ImageBuildState.Pending || build.State == ImageBuildState.Building || build.State == ImageBuildState.Pushing;

    public static Expression<Func<ImageBuild, bool>> IsRunning { get; } = build => build.State == ImageBuildState.Building || build.State == ImageBuildState.Pushing;

    /// <summary>
    /// Held by whoever runs the build, as long as its connection lasts: where nobody holds it, nobody runs it, whichever console began. The context's
    /// connection must be open.
    /// </summary>
    public static Task<bool> TryHoldAsync(this AvaDbContext db, Guid build, CancellationToken ct) =>
        db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_lock({KeyOf(build)}) AS \"Value\"").SingleAsync(ct);

    public static Task LetGoAsync(this AvaDbContext db, Guid build, CancellationToken ct) =>
        db.Database.SqlQuery<bool>($"SELECT pg_advisory_unlock({KeyOf(build)}) AS \"Value\"").SingleAsync(ct);

    // The random half of the id.
    private static long KeyOf(Guid build) => BitConverter.ToInt64(build.ToByteArray(), 8);
}
