using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Images.Catalogue;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Core.Images.Recipes.Builds;

/// <summary>Executes builds where an engine is configured, one at a time and the oldest first. One that its console does not survive has failed.</summary>
public sealed class ImageBuildRunner(
    IDbContextFactory<AvaDbContext> contexts,
    ContainerEngine engine,
    DataDirectory data,
    RegistryAccess access,
    AuditLog audit,
    ConsoleEvents events,
    TimeProvider clock,
    ILogger<ImageBuildRunner> logger) : EventedWorker(events, ImageBuildService.Topic, logger)
{
    private volatile ImageBuildWatch? _running;

    internal string? Engine => engine.Name;

    internal string? LiveLog(Guid build) => _running is { } running && running.Build == build ? running.Log.ToString() : null;

    /// <summary>Executes the next build; false where none waits.</summary>
    internal async Task<bool> RunOnceAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        await db.Database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await FailLostAsync(db, ct).ConfigureAwait(false);
        var waiting = Engine is null ? null : await db.ImageBuilds
            .AsNoTracking()
            .Include(build => build.Version.Recipe)
            .Where(build => build.State == ImageBuildState.Pending)
            .OrderBy(build => build.CreatedAt)
            .FirstOrDefaultAsync(ct)
            .ConfigureAwait(false);
        if (waiting is null)
        {
            return false;
        }

        if (await db.TryHoldAsync(waiting.Id, ct).ConfigureAwait(false))
        {
            var now = clock.GetUtcNow();
            var claimed = await db.ImageBuilds
                .Where(build => build.Id == waiting.Id && build.State == ImageBuildState.Pending)
                .ExecuteUpdateAsync(set => set.SetProperty(build => build.State, ImageBuildState.Building).SetProperty(build => build.StartedAt, now), ct)
                .ConfigureAwait(false);
            if (claimed > 0)
            {
                await RunAsync(db, waiting, ct).ConfigureAwait(false);
            }

            await db.LetGoAsync(waiting.Id, CancellationToken.None).ConfigureAwait(false);
        }

        return true;
    }

    protected override async Task WorkAsync(CancellationToken ct)
    {
        while (await RunOnceAsync(ct).ConfigureAwait(false))
        {
            // One after the other.
        }
    }

    /// <summary>What says that it runs and is held by nobody was left behind by a console that is no more.</summary>
    private async Task FailLostAsync(AvaDbContext db, CancellationToken ct)
    {
        var running = await db.ImageBuilds.AsNoTracking().Include(build => build.Version.Recipe).Where(ImageBuildQueries.IsRunning).ToListAsync(ct).ConfigureAwait(false);
        foreach (var build in running)
        {
            if (await db.TryHoldAsync(build.Id, ct).ConfigureAwait(false))
            {
                await EndAsync(db, build, new BuildOutcome(ImageBuildState.Failed, "image_build.stopped"), build.Log).ConfigureAwait(false);
                await db.LetGoAsync(build.Id, ct).ConfigureAwait(false);
            }
        }
    }

    private async Task RunAsync(AvaDbContext db, ImageBuild build, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(engine.Timeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        var running = _running = new ImageBuildWatch(build.Id, build.Version.RecipeId, contexts, Events, clock, Logger);
        var watch = running.RunAsync(ending);
        var outcome = new BuildOutcome(ImageBuildState.Failed, "image_build.broke_off");
        try
        {
            outcome = await ExecuteAsync(db, build, running.Log, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Where it was neither the console nor the clock, a person ended it, and the row says so already.
            outcome = timeout.IsCancellationRequested
                ? new BuildOutcome(ImageBuildState.Failed, "image_build.timed_out", (int)engine.Timeout.TotalSeconds)
                : new BuildOutcome(ImageBuildState.Failed, "image_build.stopped");
        }
        catch (Exception exception)
        {
            Logger.LogError(exception, "Image build {BuildId} broke off", build.Id);
        }

        await ending.CancelAsync().ConfigureAwait(false);
        await watch.ConfigureAwait(false);
        try
        {
            await EndAsync(db, build, outcome, running.Log.ToString()).ConfigureAwait(false);
        }
        finally
        {
            _running = null;
        }
    }

    private async Task<BuildOutcome> ExecuteAsync(AvaDbContext db, ImageBuild build, BuildLog log, CancellationToken ct)
    {
        var recipe = RecipeDocument.Read(build.Version.Document).Value!;
        var prepared = await BuildFolder.CreateAsync(data, build.Id, recipe, ct).ConfigureAwait(false);
        if (!prepared.IsSuccess)
        {
            return BuildOutcome.Of(prepared.Error);
        }

        using var folder = prepared.Value;
        var error = await LoginAsync(db, folder, recipe.Base, build, log, ct).ConfigureAwait(false)
            ?? await engine.BuildAsync(folder, build.Target, log, ct).ConfigureAwait(false);
        if (error is not null || !build.Push)
        {
            return BuildOutcome.Of(error);
        }

        await db.ImageBuilds
            .Where(known => known.Id == build.Id && known.State == ImageBuildState.Building)
            .ExecuteUpdateAsync(set => set.SetProperty(known => known.State, ImageBuildState.Pushing), ct)
            .ConfigureAwait(false);
        var pushed = await engine.PushAsync(folder, build.Target, log, ct).ConfigureAwait(false);
        return pushed.IsSuccess ? BuildOutcome.Done with { Digest = pushed.Value } : BuildOutcome.Of(pushed.Error);
    }

    /// <summary>At the registries of the base and of the target, where the console knows a password for them.</summary>
    private async Task<Error?> LoginAsync(AvaDbContext db, BuildFolder folder, string from, ImageBuild build, BuildLog log, CancellationToken ct)
    {
        string[] hosts = [.. HostOf(from), .. build.Push ? HostOf(build.Target) : []];
        var registries = await db.ImageRegistries.AsNoTracking().Where(registry => hosts.Contains(registry.Host) && registry.UserName != "").ToListAsync(ct).ConfigureAwait(false);
        foreach (var registry in registries.DistinctBy(registry => registry.Host))
        {
            var found = access.Find(registry);
            var error = found.Error ?? (found.Value!.Credentials is { } known ? await engine.LoginAsync(folder, registry.Host, known.UserName, known.Secret, log, ct).ConfigureAwait(false) : null);
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    private static IEnumerable<string> HostOf(string reference) =>
        ImageReference.TryParse(reference, out var parsed) ? [parsed.Registry.Length == 0 ? Registries.RegistryEndpoint.DockerHub : parsed.Registry] : [];

    /// <summary>One that a person ended stays cancelled, and gets its log.</summary>
    private async Task EndAsync(AvaDbContext db, ImageBuild build, BuildOutcome outcome, string log)
    {
        await using var transaction = await db.Database.BeginTransactionAsync().ConfigureAwait(false);
        var (now, args) = (clock.GetUtcNow(), outcome.FailureArgs.ToArray());
        var ended = await db.ImageBuilds
            .Where(known => known.Id == build.Id)
            .Where(ImageBuildQueries.IsRunning)
            .ExecuteUpdateAsync(set => set
                .SetProperty(known => known.State, outcome.State)
                .SetProperty(known => known.FailureCode, outcome.FailureCode)
                .SetProperty(known => known.FailureArgs, args)
                .SetProperty(known => known.Digest, outcome.Digest)
                .SetProperty(known => known.EndedAt, now))
            .ConfigureAwait(false);
        await db.ImageBuilds.Where(known => known.Id == build.Id).ExecuteUpdateAsync(set => set.SetProperty(known => known.Log, log)).ConfigureAwait(false);
        if (ended > 0)
        {
            var action = outcome.State == ImageBuildState.Succeeded ? "image_build.done" : "image_build.failed";
            audit.Add(db, Actor.System, action, AuditSubjects.Recipe, build.Version.RecipeId, build.Version.Recipe.Name, after: new { build = build.Id, build.Target, outcome.Digest, reason = outcome.FailureCode });
            await db.SaveChangesAsync().ConfigureAwait(false);
        }

        await transaction.CommitAsync().ConfigureAwait(false);
        Events.Publish(ImageBuildService.Topic, build.Version.RecipeId);
    }
}
