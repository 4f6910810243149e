using System.Text;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Data;
using AvaConsole.Core.Naming;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Releases;

/// <summary>A row of the app list.</summary>
/// <param name="ProductionVersion">Version in production now; null for none.</param>
public sealed record AppSummary(
    Guid Id, string Command, string InstanceName, string Description, string OwnerName, bool Public, string? ApiName, string? ProductionVersion, string? GreyVersion, int Releases);

/// <summary>Apps and their test cases.</summary>
public sealed class AppService(
    IDbContextFactory<AvaDbContext> contexts,
    LiveReleases live,
    SecretBox secrets,
    AuditLog audit,
    AccessGuard guard,
    AppNaming names,
    NameReservations reservations,
    ConsoleEvents events,
    TimeProvider clock)
{
    public async Task<IReadOnlyList<AppSummary>> ListAsync(string? search, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var apps = db.Apps.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = SearchPattern.Contains(search);
            apps = apps.Where(app => EF.Functions.ILike(app.Command, pattern, SearchPattern.Escape)
                || EF.Functions.ILike(app.InstanceName, pattern, SearchPattern.Escape)
                || EF.Functions.ILike(app.Description, pattern, SearchPattern.Escape)
                || EF.Functions.ILike(app.OwnerName, pattern, SearchPattern.Escape));
        }

        var rows = await apps
            .OrderBy(app => app.Command)
            .Select(app => new { App = app, ApiName = app.Api == null ? null : app.Api.Name, Releases = app.Releases.Count })
            .ToListAsync(ct)
            .ConfigureAwait(false);
        var phases = (await live.TryReadAsync(null, ct).ConfigureAwait(false)).ToLookup(release => (release.Command, release.Document.Phase), release => release.Version);
        return rows.ConvertAll(row => new AppSummary(
            row.App.Id,
            row.App.Command,
            row.App.InstanceName,
            row.App.Description,
            row.App.OwnerName,
            row.App.Public,
            row.ApiName,
            phases[(row.App.Command, Phases.Production)].FirstOrDefault(),
            phases[(row.App.Command, Phases.Grey)].FirstOrDefault(),
            row.Releases));
    }

    /// <summary>With API and test cases (their <see cref="TestCase.Content"/> left empty).</summary>
    public async Task<Result<App>> GetAsync(string command, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var app = await db.Apps.AsNoTracking().Include(known => known.Api).SingleOrDefaultAsync(known => known.Command == command, ct).ConfigureAwait(false);
        if (app is null)
        {
            return new NotFoundError("app.not_found", command);
        }

        app.TestCases = await db.TestCases
            .Where(test => test.AppId == app.Id)
            .OrderBy(test => test.CreatedAt)
            .ThenBy(test => test.Name)
            .Select(test => new TestCase
            {
                Id = test.Id,
                AppId = test.AppId,
                Name = test.Name,
                FileName = test.FileName,
                MediaType = test.MediaType,
                Entry = test.Entry,
                Kind = test.Kind,
                Expected = test.Expected,
                Tolerance = test.Tolerance,
                ExpectedLabel = test.ExpectedLabel,
                MinimumScore = test.MinimumScore,
                CreatedAt = test.CreatedAt,
            })
            .ToListAsync(ct)
            .ConfigureAwait(false);
        return app;
    }

    public async Task<Result<App>> CreateAsync(AppRequest request, Actor actor, CancellationToken ct)
    {
        if (await DeniedAsync(actor, "app.created", null, request.Command, ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        // Before the transaction, which holds up everybody who names an app.
        return await ChangePlanner.AskAsync(async () =>
        {
            var isLive = await names.ReadLiveAsync(ct).ConfigureAwait(false);
            return await CreateBesideAsync(request, isLive, actor, ct).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private async Task<Result<App>> CreateBesideAsync(AppRequest request, IReadOnlySet<string> isLive, Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await using var transaction = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        await db.LockAsync(DatabaseLocks.Apps, ct).ConfigureAwait(false);
        var name = await names.CheckAsync(db, new AppNameQuery(request.Command, request.InstanceName), isLive, request.Page, ct).ConfigureAwait(false);
        var app = new App
        {
            Id = Guid.CreateVersion7(),
            Command = request.Command,
            InstanceName = name.Instance,
            NameReason = name.NeedsReason ? request.NameReason.Trim() : "",
            OwnerId = actor.AccountId,
            CreatedAt = clock.GetUtcNow(),
        };
        var problems = AppRules.Check(request);
        problems.AddRange(name.Problems);
        problems.AddRange(name.NeedsReason && app.NameReason.Length == 0 ? [new Problem(nameof(request.NameReason), "app.name_reason_required", name.Recommended)] : []);
        problems.AddRange(await FillAsync(db, app, request, ct).ConfigureAwait(false));
        if (problems.Count > 0)
        {
            return new InvalidError(problems);
        }

        db.Apps.Add(app);
        audit.Add(db, actor, "app.created", AuditSubjects.App, app.Id, app.Command, after: Describe(app));
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        await reservations.ReleaseAsync(request.Page, ct).ConfigureAwait(false);
        events.Publish("app", app.Id);
        return app;
    }

    /// <summary>Both names are fixed: keys, URLs, callers and whoever deploys it know them. What is live changes with the next release's plan.</summary>
    public async Task<Result<App>> UpdateAsync(Guid id, AppRequest request, Actor actor, CancellationToken ct)
    {
        if (await DeniedAsync(actor, "app.updated", id, request.Command, ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.Apps.SingleOrDefaultAsync(known => known.Id == id, ct).ConfigureAwait(false) is not { } app)
        {
            return new NotFoundError("app.not_found", request.Command);
        }

        var before = Describe(app);
        var problems = AppRules.Check(request);
        if (request.Command != app.Command)
        {
            problems.Add(new Problem(nameof(request.Command), "app.command_fixed", app.Command));
        }

        if (request.InstanceName.Length > 0 && request.InstanceName != app.InstanceName)
        {
            problems.Add(new Problem(nameof(request.InstanceName), "app.instance_fixed", app.InstanceName));
        }

        problems.AddRange(await FillAsync(db, app, request, ct).ConfigureAwait(false));
        if (problems.Count > 0)
        {
            return new InvalidError(problems);
        }

        audit.Add(db, actor, "app.updated", AuditSubjects.App, app.Id, app.Command, before, Describe(app));
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        events.Publish("app", app.Id);
        return app;
    }

    public async Task<Result<TestCase>> AddTestCaseAsync(Guid appId, TestCaseRequest request, Actor actor, CancellationToken ct)
    {
        if (await DeniedAsync(actor, "app.test_case_added", appId, request.Name, ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        var problems = AppRules.Check(request);
        if (problems.Count > 0)
        {
            return new InvalidError(problems);
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.Apps.Where(app => app.Id == appId).Select(app => app.Command).SingleOrDefaultAsync(ct).ConfigureAwait(false) is not { } command)
        {
            return new NotFoundError("app.not_found");
        }

        var test = Make(appId, request);
        db.TestCases.Add(test);
        audit.Add(db, actor, "app.test_case_added", AuditSubjects.App, appId, command, after: Describe(test));
        try
        {
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return new InvalidError(nameof(request.Name), "test_case.name_taken", test.Name);
        }

        events.Publish("app", appId);
        return test;
    }

    public async Task<Result> RemoveTestCaseAsync(Guid testCaseId, Actor actor, CancellationToken ct)
    {
        if (await DeniedAsync(actor, "app.test_case_removed", null, "", ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.TestCases.SingleOrDefaultAsync(known => known.Id == testCaseId, ct).ConfigureAwait(false) is not { } test)
        {
            return new NotFoundError("test_case.not_found");
        }

        var command = await db.Apps.Where(app => app.Id == test.AppId).Select(app => app.Command).SingleAsync(ct).ConfigureAwait(false);
        db.TestCases.Remove(test);
        audit.Add(db, actor, "app.test_case_removed", AuditSubjects.App, test.AppId, command, before: Describe(test));
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        events.Publish("app", test.AppId);
        return Result.Success;
    }

    /// <summary>With content.</summary>
    public async Task<Result<TestCase>> GetTestCaseAsync(Guid testCaseId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var test = await db.TestCases.AsNoTracking().SingleOrDefaultAsync(known => known.Id == testCaseId, ct).ConfigureAwait(false);
        return test is null ? new NotFoundError("test_case.not_found") : test;
    }

    internal static string SecretPlace(Guid appId) => $"app:{appId}:sk";

    private async Task<List<Problem>> FillAsync(AvaDbContext db, App app, AppRequest request, CancellationToken ct)
    {
        var problems = new List<Problem>();
        app.OwnerId = request.OwnerId ?? app.OwnerId;
        var owner = await db.Accounts.Where(account => account.Id == app.OwnerId).Select(account => account.UserName).SingleOrDefaultAsync(ct).ConfigureAwait(false);
        if (owner is null)
        {
            problems.Add(new Problem(nameof(request.OwnerId), "app.owner_unknown"));
        }

        if (request.ApiId is { } api && !await db.Apis.AnyAsync(known => known.Id == api, ct).ConfigureAwait(false))
        {
            problems.Add(new Problem(nameof(request.ApiId), "api.not_found"));
        }

        (app.OwnerName, app.Description, app.Public, app.ApiId) = (owner ?? "", request.Description, request.Public, request.ApiId);
        (app.OwnerUid, app.AccessKey) = (request.OwnerUid, request.AccessKey.Trim());
        app.SealedSecretKey = request.SecretKey switch
        {
            null => app.SealedSecretKey,
            "" => [],
            var secret => secrets.Seal(Encoding.UTF8.GetBytes(secret), SecretPlace(app.Id)),
        };
        return problems;
    }

    private TestCase Make(Guid appId, TestCaseRequest request) => new()
    {
        Id = Guid.CreateVersion7(),
        AppId = appId,
        Name = request.Name.Trim(),
        FileName = request.FileName,
        MediaType = request.MediaType,
        Entry = request.Entry,
        Content = request.Content,
        More = [.. request.More],
        Kind = request.Kind,
        ExpectedLabel = request.Kind == ExpectationKind.Label ? request.ExpectedLabel.Trim() : "",
        MinimumScore = request.Kind == ExpectationKind.Label ? request.MinimumScore : null,
        Expected = request.Kind == ExpectationKind.Label ? "" : request.Expected,
        Tolerance = request.Kind is ExpectationKind.Values or ExpectationKind.Boxes ? request.Tolerance : null,
        CreatedAt = clock.GetUtcNow(),
    };

    private static object Describe(App app) => new
    {
        command = app.Command,
        instanceName = app.InstanceName,
        nameReason = app.NameReason,
        description = app.Description,
        owner = app.OwnerName,
        @public = app.Public,
        apiId = app.ApiId,
        ownerUid = app.OwnerUid,
        accessKey = app.AccessKey,
        secretKey = app.SealedSecretKey.Length > 0 ? AuditLog.Mask : "",
    };

    private static object Describe(TestCase test) => new
    {
        name = test.Name,
        entry = test.Entry,
        fileName = test.FileName,
        bytes = test.Content.Length + test.More.Sum(entry => entry.Content.Length),
        more = test.More.Select(entry => entry.Name),
        kind = test.Kind.ToString(),
        expectedLabel = test.ExpectedLabel,
        minimumScore = test.MinimumScore,
        expected = test.Expected,
        tolerance = test.Tolerance,
    };

    private Task<Error?> DeniedAsync(Actor actor, string action, Guid? id, string name, CancellationToken ct) =>
        guard.CheckAsync(actor, Permission.ManageApps, action, AuditSubjects.App, id, name, ct);
}
