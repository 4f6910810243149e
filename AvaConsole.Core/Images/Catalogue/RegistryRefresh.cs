using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Registries;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>
/// One refresh of one registry. It goes on after the repository where the last one stopped, then begins anew as far as its budget lasts; what it learns
/// is written as it comes, so that breaking off loses nothing.
/// </summary>
internal sealed class RegistryRefresh(ImageRegistry registry, RegistryEndpoint endpoint, RegistryAccess access, IndexWriter index, ConsoleEvents events, TimeProvider clock)
{
    /// <summary>Repositories in a row that found nobody at home before the whole registry is given up for this time.</summary>
    private const int Patience = 3;

    private readonly RegistryBudget _budget = new(registry.RequestBudget);
    private RegistryClient _client = null!;
    private RefreshReport _report = new();

    /// <returns>Why it stopped early, and the report, which is saved by the caller.</returns>
    public async Task<(Error? Stopped, RefreshReport Report)> RunAsync(CancellationToken ct)
    {
        var limits = new RegistryLimits { Deadline = TimeSpan.FromSeconds(20), MaxPages = Math.Max(1, registry.RequestBudget / 2) };
        _client = access.Open(endpoint, _budget, limits);
        var now = clock.GetUtcNow();
        _report = new RefreshReport { StartedAt = now, CompletedAt = registry.Refresh.CompletedAt, Resume = registry.Refresh.Resume };
        await TellAsync(ct).ConfigureAwait(false);
        var paths = await ListAsync(access.OpenVendor(endpoint, _budget, limits), ct).ConfigureAwait(false);
        var stopped = paths.IsSuccess ? await GoThroughAsync(paths.Value, ct).ConfigureAwait(false) : paths.Error;
        if (stopped is not null)
        {
            var (code, args) = IndexWriter.TextsOf(stopped);
            _report = _report with { ErrorCode = code, ErrorArgs = args };
        }

        return (stopped, Counted() with { Current = "", EndedAt = clock.GetUtcNow() });
    }

    /// <summary>All repositories in order, those that are no longer there removed.</summary>
    private async Task<Result<List<string>>> ListAsync(VendorCatalogue vendor, CancellationToken ct)
    {
        var known = await index.ListRepositoriesAsync(ct).ConfigureAwait(false);
        var (found, isWhole) = (new List<string>(registry.Repositories), true);
        if (registry.ListsRepositories)
        {
            var list = await _client.ListRepositoriesAsync(ct).ConfigureAwait(false);
            if (!list.IsSuccess && await ExplainAsync(list.Error, ct).ConfigureAwait(false) is { } error) return error;
            var named = list.IsSuccess ? list.Value.Items : await vendor.ListAsync(registry.Host, registry.Namespace, ct).ConfigureAwait(false);
            isWhole = named is not null && list.Value is not { IsCut: true };
            // Where nobody tells, what is known is asked for again; each one says itself when it is gone.
            found.AddRange(named ?? known);
            if (found.Count == 0 && named is null) return list.Error!;
        }

        if (isWhole && !await index.RemoveRepositoriesAsync([.. known.Except(found)], ct).ConfigureAwait(false)) return IndexWriter.Lost;
        return found.Distinct().Order(StringComparer.Ordinal).ToList();
    }

    /// <summary>A closed catalogue is no failure, but a wrong password looks like one there.</summary>
    private async Task<Error?> ExplainAsync(Error error, CancellationToken ct)
    {
        if (error.Code != "registry.catalogue_forbidden") return error;
        var checkedIn = await _client.CheckAsync(ct).ConfigureAwait(false);
        // Some let anyone read an image and nobody in at the door.
        return checkedIn.Error is ForbiddenError && endpoint.Credentials is null ? null : checkedIn.Error;
    }

    private async Task<Error?> GoThroughAsync(List<string> paths, CancellationToken ct)
    {
        var resumeAt = paths.FindIndex(path => string.CompareOrdinal(path, _report.Resume) > 0);
        // Behind where the last refresh stopped may be nothing any more.
        var (rest, again) = resumeAt < 0 ? (paths, []) : (paths[resumeAt..], paths[..resumeAt]);
        _report = _report with { RepositoriesAhead = paths.Count, Resume = resumeAt < 0 ? "" : _report.Resume };
        return await GoThroughPartAsync(rest, ct).ConfigureAwait(false) ?? await GoThroughPartAsync(again, ct).ConfigureAwait(false);
    }

    /// <summary>Up to the last of the registry's repositories, or what is left before.</summary>
    private async Task<Error?> GoThroughPartAsync(List<string> paths, CancellationToken ct)
    {
        var repository = new RepositoryRefresh(_client, index, (tags, changed) =>
        {
            _report = _report with { Tags = _report.Tags + tags, Changed = _report.Changed + changed };
            return TellAsync(ct);
        });
        var outages = 0;
        foreach (var path in paths)
        {
            _report = _report with { Current = path };
            await TellAsync(ct).ConfigureAwait(false);
            var error = await repository.RunAsync(path, registry.Repositories.Contains(path), _report.CompletedAt ?? DateTimeOffset.MinValue, ct).ConfigureAwait(false);
            if (error is not null && RepositoryRefresh.IsStop(error)) return error;
            _report = _report with { Repositories = _report.Repositories + 1, Resume = path };
            outages = error is not null && (RepositoryRefresh.IsOutage(error) || IsRefusal(error)) ? outages + 1 : 0;
            if (outages >= Math.Min(Patience, _report.RepositoriesAhead)) return error;
        }

        _report = _report with { CompletedAt = clock.GetUtcNow(), Resume = "" };
        return null;
    }

    /// <summary>What is wrong with who we are there, not with one repository.</summary>
    private static bool IsRefusal(Error error) => error.Code is "registry.credentials_refused" or "registry.credentials_required"
        or "registry.challenge_unknown" or "registry.realm_foreign" or "registry.realm_insecure" or "registry.token_invalid"
        || IndexWriter.TextsOf(error).Code is "egress.host_unknown" or "egress.address_private" or "egress.port_not_allowed";

    private RefreshReport Counted() => _report with
    {
        SeenAt = clock.GetUtcNow(),
        Requests = _budget.Used,
        Warnings = _client.Notices.Warnings,
        RateLimit = _client.Notices.RateLimit,
    };

    private async Task TellAsync(CancellationToken ct)
    {
        await index.SaveAsync(Counted(), ct).ConfigureAwait(false);
        events.Publish(RegistryService.Topic, registry.Id);
    }
}
