using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Lint;
using AvaConsole.Core.Schemas.Publication;

namespace AvaConsole.Core.Releases;

/// <summary>What a release's API version must be before it is submitted.</summary>
internal static class ApiVersionGate
{
    /// <summary>
    /// Null where it may go on. The lint is asked again, with the project's settings of now: a version made under milder ones, or before
    /// a rule was known, is refused with the findings that the designer shows.
    /// </summary>
    public static async Task<Error?> CheckAsync(AvaDbContext db, ApiVersion version, CancellationToken ct)
    {
        var settings = await db.GetLintSettingsAsync(version.Schema.Group, version.Schema.Project, ct).ConfigureAwait(false);
        if (SchemaLint.Errors(SchemaLint.Check(version.Schema, settings)) is { Count: > 0 } problems)
        {
            return new InvalidError([new Problem("", "release.api_version_findings", version.Version, problems.Count), .. problems]);
        }

        if (await db.OpenWithdrawalAsync(version.Id, ct).ConfigureAwait(false) is { } withdrawal)
        {
            return new ConflictError("release.api_version_withdrawn", version.Version, withdrawal);
        }

        return version.SmallerReason.Length > 0 && !await db.WasPublishedAsync(version.Id, ct).ConfigureAwait(false)
            ? new ConflictError("release.api_version_not_approved", version.Version, version.ProposedVersion)
            : null;
    }
}
