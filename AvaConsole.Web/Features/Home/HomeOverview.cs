using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Deployments;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;

namespace AvaConsole.Web.Features.Home;

/// <summary>All that the home page shows, read at one moment.</summary>
/// <param name="Waiting">Changes that somebody has to approve or apply, newest first.</param>
/// <param name="Recent">Latest audit lines; none for those who may not read the log.</param>
public sealed record HomeOverview(
    IReadOnlyList<AppSummary> Apps,
    IReadOnlyList<ApiSummary> Apis,
    IReadOnlyList<ChangePlan> Waiting,
    IReadOnlyList<HostStatusDocument> Hosts,
    IReadOnlyList<RecentLine> Recent)
{
    public bool IsEmpty => Apps.Count == 0 && Apis.Count == 0;

    /// <summary>The first app that was never released: its release is the next step.</summary>
    public AppSummary? Unreleased => Apps.FirstOrDefault(app => app.Releases == 0);
}

/// <summary>One line of the latest events; the same thing done several times in a row is one line.</summary>
/// <param name="Entry">The newest of them.</param>
/// <param name="Times">How often.</param>
public sealed record RecentLine(AuditEntry Entry, int Times)
{
    private const int Most = 8;

    public static IReadOnlyList<RecentLine> Collapse(IEnumerable<AuditEntry> entries)
    {
        var lines = new List<RecentLine>();
        foreach (var entry in entries)
        {
            if (lines.Count > 0 && IsSame(lines[^1].Entry, entry))
            {
                lines[^1] = lines[^1] with { Times = lines[^1].Times + 1 };
            }
            else
            {
                lines.Add(new RecentLine(entry, 1));
            }
        }

        return [.. lines.Take(Most)];
    }

    private static bool IsSame(AuditEntry first, AuditEntry second) =>
        (first.ActorId, first.Action, first.SubjectName) == (second.ActorId, second.Action, second.SubjectName);
}

/// <summary>Reads <see cref="HomeOverview"/> for one person.</summary>
public sealed class HomeOverviewReader(AppService apps, SchemaService apis, ChangeService changes, HostStatusService hosts, AuditService audit)
{
    private const int MostPlans = 6;
    private const int MostEntries = 60;

    public async Task<HomeOverview> ReadAsync(Actor actor, CancellationToken ct)
    {
        var approved = await changes.ListAsync(ChangeState.Approved, null, MostPlans, ct);
        var awaiting = await changes.ListAsync(ChangeState.AwaitingApproval, null, MostPlans, ct);
        var recent = actor.Can(Permission.ViewAudit)
            ? (await audit.ListAsync(new AuditFilter(), 0, MostEntries, actor, ct)).Value?.Items ?? []
            : [];
        return new HomeOverview(
            await apps.ListAsync(null, ct),
            await apis.ListAsync(null, ct),
            [.. awaiting.Concat(approved).OrderByDescending(plan => plan.Number).Take(MostPlans)],
            hosts.Hosts,
            RecentLine.Collapse(recent));
    }
}
