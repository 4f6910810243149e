using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Images.Registries;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>What a test of the connection asked, in order; the first failure of <see cref="RegistryTestKind.Connection"/> ends it.</summary>
/// <param name="Warnings">A stranger's words.</param>
/// <param name="RateLimit">Null where the registry told none.</param>
public sealed record RegistryTest(IReadOnlyList<RegistryTestStep> Steps, IReadOnlyList<string> Warnings, RegistryRateLimit? RateLimit)
{
    /// <summary>A closed catalogue is no failure: its repositories can be named.</summary>
    public bool IsGood => Steps.All(step => step.Error is null || step.Kind == RegistryTestKind.Catalogue);
}

/// <param name="Subject">The registry's host, or a repository.</param>
/// <param name="Count">Repositories or tags that were found.</param>
/// <param name="IsCut">There are more.</param>
/// <param name="Error">Null where it went well.</param>
public sealed record RegistryTestStep(RegistryTestKind Kind, string Subject, int Count, bool IsCut, Error? Error);

public enum RegistryTestKind
{
    /// <summary>A registry answers and lets us in.</summary>
    Connection,

    /// <summary>It lists its repositories.</summary>
    Catalogue,

    /// <summary>A repository's tags can be read.</summary>
    Tags,
}

/// <summary>Asks a registry with the values in a form, before anything is saved.</summary>
public sealed class RegistryTester(IDbContextFactory<AvaDbContext> contexts, RegistryAccess access, AuditLog audit, AccessGuard guard)
{
    private const int Budget = 40;
    private const int MaxRepositories = 3;

    private static readonly RegistryLimits s_limits = new() { Deadline = TimeSpan.FromSeconds(15), PageSize = 100, MaxPages = 1 };

    /// <param name="id">The registry whose stored secret is used where none was typed; null for a new one.</param>
    /// <returns>An error where the values themselves are wrong. What the registry answered is in the test's steps.</returns>
    public async Task<Result<RegistryTest>> TestAsync(Guid? id, RegistryRequest request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await guard.CheckAsync(actor, Permission.Administer, "registry.tested", AuditSubjects.Registry, id, request.Name, ct).ConfigureAwait(false) is { } denied) return denied;
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var stored = await db.ImageRegistries.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, ct).ConfigureAwait(false);
        var registry = new ImageRegistry { Id = stored?.Id ?? Guid.CreateVersion7() };
        var problems = RegistryRules.Fill(registry, request);
        registry.SealedSecret = request.Secret is { } typed ? access.Seal(registry.Id, typed) : stored?.SealedSecret ?? [];
        problems.AddRange(RegistryRules.CheckSecret(registry, stored?.Address ?? "", request));
        // A name is not needed to ask.
        problems.RemoveAll(problem => problem.Field == nameof(request.Name));
        if (problems.Count > 0) return new InvalidError(problems);
        var opened = access.Find(registry);
        if (!opened.IsSuccess) return opened.Error;

        var test = await AskAsync(registry, opened.Value, ct).ConfigureAwait(false);
        var failed = test.Steps.FirstOrDefault(step => step.Error is not null);
        audit.Add(db, actor, "registry.tested", AuditSubjects.Registry, stored?.Id, stored?.Name ?? registry.Host, after: new { address = registry.Address, userName = registry.UserName, result = failed is null ? "ok" : ErrorCause.Texts(failed.Error!).Code });
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        return test;
    }

    private async Task<RegistryTest> AskAsync(ImageRegistry registry, RegistryEndpoint endpoint, CancellationToken ct)
    {
        var budget = new RegistryBudget(Budget);
        var client = access.Open(endpoint, budget, s_limits);
        var steps = new List<RegistryTestStep>();
        var connected = await client.CheckAsync(ct).ConfigureAwait(false);
        steps.Add(new RegistryTestStep(RegistryTestKind.Connection, registry.Host, 0, false, connected.Error));
        if (connected.IsSuccess)
        {
            var found = registry.ListsRepositories ? await ListAsync(client, access.OpenVendor(endpoint, budget, s_limits), registry, steps, ct).ConfigureAwait(false) : [];
            foreach (var repository in registry.Repositories.Concat(found).Distinct().Take(MaxRepositories))
            {
                var tags = await client.ListTagsAsync(repository, ct).ConfigureAwait(false);
                // Some registries go on listing a repository that has lost its last tag.
                if (tags.Error is NotFoundError && !registry.Repositories.Contains(repository)) continue;
                steps.Add(new RegistryTestStep(RegistryTestKind.Tags, repository, tags.Value?.Items.Count ?? 0, tags.Value?.IsCut ?? false, tags.Error));
            }
        }

        return new RegistryTest(steps, client.Notices.Warnings, client.Notices.RateLimit);
    }

    private static async Task<IReadOnlyList<string>> ListAsync(RegistryClient client, VendorCatalogue vendor, ImageRegistry registry, List<RegistryTestStep> steps, CancellationToken ct)
    {
        var list = await client.ListRepositoriesAsync(ct).ConfigureAwait(false);
        var named = list.IsSuccess ? null : await vendor.ListAsync(registry.Host, registry.Namespace, ct).ConfigureAwait(false);
        var found = list.Value?.Items ?? named ?? [];
        steps.Add(new RegistryTestStep(RegistryTestKind.Catalogue, registry.Host, found.Count, list.Value?.IsCut ?? false, named is null ? list.Error : null));
        return found;
    }
}
