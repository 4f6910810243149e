using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Releases;

internal static class ReleaseQueries
{
    // They travel in a document that people read when they approve a change.
    private const int MaxWarmUpCases = 2;
    private const int MaxWarmUpBytes = 8 << 10;

    /// <summary>What serving, verifying and planning need of a release.</summary>
    public static IQueryable<Release> WithParts(this IQueryable<Release> releases) => releases
        .Include(release => release.App)
        .Include(release => release.ApiVersion!.Api)
        .Include(release => release.Package);

    /// <summary>Number of the plan about this release that is still under way, or null.</summary>
    public static Task<int?> OpenPlanAsync(this AvaDbContext db, Guid releaseId, CancellationToken ct) => db.Plans
        .Where(plan => plan.ReleaseId == releaseId
            && (plan.State == ChangeState.AwaitingApproval || plan.State == ChangeState.Approved || plan.State == ChangeState.Applying))
        .Select(plan => (int?)plan.Number)
        .FirstOrDefaultAsync(ct);

    /// <summary>The first of the app's test cases that are small enough to travel in the release's manifest.</summary>
    public static async Task<IReadOnlyList<WarmUpCase>> WarmUpCasesAsync(this AvaDbContext db, Guid appId, CancellationToken ct)
    {
        var small = await db.TestCases
            .AsNoTracking()
            .Where(test => test.AppId == appId && test.Content.Length <= MaxWarmUpBytes)
            .OrderBy(test => test.CreatedAt).ThenBy(test => test.Name)
            .Take(MaxWarmUpCases * 4)
            .ToListAsync(ct)
            .ConfigureAwait(false);
        return
        [
            .. small.Where(test => test.Content.Length + test.More.Sum(entry => entry.Content.Length) <= MaxWarmUpBytes).Take(MaxWarmUpCases).Select(test => new WarmUpCase(test.Name, test.Content)
            {
                Entry = test.Entry.Length > 0 ? test.Entry : null,
                More = test.More.Count > 0 ? test.More.ToDictionary(entry => entry.Name, entry => entry.Content, StringComparer.Ordinal) : null,
            }),
        ];
    }

    /// <summary>
    /// A run passed for exactly this content, and with every test case that the app has now: a case added since must be passed too.
    /// </summary>
    public static async Task<bool> IsVerifiedAsync(this AvaDbContext db, Release release, CancellationToken ct)
    {
        var tests = await db.TestCases.Where(test => test.AppId == release.AppId).Select(test => test.Id).ToListAsync(ct).ConfigureAwait(false);
        var runs = await db.Verifications
            .AsNoTracking()
            .Where(run => run.ReleaseId == release.Id && run.State == VerificationState.Passed && run.ContentHash == release.ContentHash)
            .ToListAsync(ct)
            .ConfigureAwait(false);
        return tests.Count > 0 && runs.Exists(run => tests.TrueForAll(test => run.Results.Exists(result => result.TestCaseId == test && result.Passed)));
    }

    /// <summary>Only what was in production may return there without going through grey.</summary>
    public static async Task<bool> WasInProductionAsync(this AvaDbContext db, Release release, CancellationToken ct)
    {
        var key = ConfigKey.AppRelease(release.App.Command, release.Version);
        var plans = await db.Plans
            .AsNoTracking()
            .Where(plan => plan.ReleaseId == release.Id && plan.State == ChangeState.Applied && plan.Kind != ChangeKind.Release)
            .ToListAsync(ct)
            .ConfigureAwait(false);
        return plans.SelectMany(plan => plan.Operations).Any(operation => operation.Key == key && PhaseIn(operation.NewDisplay) == Phases.Production);
    }

    private static string? PhaseIn(string? display)
    {
        try
        {
            return display is null ? null : JsonNode.Parse(display)?["phase"]?.GetValue<string>();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
