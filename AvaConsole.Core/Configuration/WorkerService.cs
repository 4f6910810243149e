using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Releases;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Configuration;

/// <summary>The limits and the batching of apps: what holds, and the plans that change it. Never writes to the configuration store itself.</summary>
public sealed class WorkerService(
    IDbContextFactory<AvaDbContext> contexts, IConfigStore store, ChangePlanner planner, AuditLog audit, AccessGuard guard, ConsoleEvents events)
{
    private const string Proposed = "change.proposed";

    /// <param name="app">An app's command; null for the global default alone.</param>
    /// <param name="version">Looks at this release's own document too; null for what holds for releases without one.</param>
    public Task<Result<WorkerLayers>> GetAsync(string? app, string? version, CancellationToken ct) => ChangePlanner.AskAsync<WorkerLayers>(async () =>
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var subject = await FindAsync(db, app, ct).ConfigureAwait(false);
        if (!subject.IsSuccess)
        {
            return subject.Error;
        }

        var entries = await ReadAsync(app, ct).ConfigureAwait(false);
        var effective = EffectiveWorker.For(app, version, key => entries.GetValueOrDefault(key)?.Value);
        var prefix = app is null ? null : ConfigKey.WorkerReleasesOf(app);
        var own = entries.Keys.Where(key => prefix is not null && key.StartsWith(prefix, StringComparison.Ordinal)).Select(key => key[prefix!.Length..]);
        var pending = await PendingAsync(db, subject.Value.AppId, ct).ConfigureAwait(false);
        return new WorkerLayers(Layer(ConfigKey.WorkerDefault), app is null ? null : Layer(ConfigKey.WorkerAppDefault(app)), effective, [.. own], pending);

        WorkerLayer Layer(string key) => entries.GetValueOrDefault(key) is { } entry
            ? new WorkerLayer(key, true, Parse(entry))
            : new WorkerLayer(key, false, null);
    });

    /// <summary>What proposing would write now.</summary>
    /// <param name="app">An app's command; null for the global default.</param>
    /// <param name="request">Null removes the layer, so that the next one holds.</param>
    public async Task<Result<PlanPreview>> PreviewAsync(string? app, WorkerRequest? request, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.Release))
        {
            return new ForbiddenError("permission.denied", nameof(Permission.Release));
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var subject = await FindAsync(db, app, ct).ConfigureAwait(false);
        return subject.IsSuccess ? await PlanAsync(db, subject.Value, request, ct).ConfigureAwait(false) : subject.Error;
    }

    /// <summary>Proposes what was previewed; <c>change.preview_outdated</c> where that would be another plan now.</summary>
    public async Task<Result<ChangePlan>> ProposeAsync(string? app, WorkerRequest? request, string reason, string previewedHash, Actor actor, CancellationToken ct)
    {
        if (await guard.CheckAsync(actor, Permission.Release, Proposed, AuditSubjects.Change, null, app ?? "", ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        if (Text.Refuse("Reason", reason) is { } unfit)
        {
            return unfit;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        var subject = await FindAsync(db, app, ct).ConfigureAwait(false);
        if (!subject.IsSuccess)
        {
            return subject.Error;
        }

        var preview = await PlanAsync(db, subject.Value, request, ct).ConfigureAwait(false);
        if (!preview.IsSuccess)
        {
            return preview.Error;
        }

        return preview.Value.ContentHash == previewedHash
            ? await SaveAsync(db, planner.Propose(preview.Value, subject.Value.AppId, null, reason, actor), actor, ct).ConfigureAwait(false)
            : new ConflictError("change.preview_outdated");
    }

    /// <summary>All documents that bear on the app, by key, in the store's order.</summary>
    private async Task<SortedDictionary<string, ConfigEntry>> ReadAsync(string? app, CancellationToken ct)
    {
        string[] keys = app is null ? [ConfigKey.WorkerDefault] : [ConfigKey.WorkerDefault, ConfigKey.WorkerAppDefault(app)];
        var entries = new SortedDictionary<string, ConfigEntry>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (await store.GetAsync(key, ct).ConfigureAwait(false) is { } entry)
            {
                entries[key] = entry;
            }
        }

        if (app is not null)
        {
            foreach (var entry in (await store.RangeAsync(ConfigKey.WorkerReleasesOf(app), ct).ConfigureAwait(false)).Entries)
            {
                entries[entry.Key] = entry;
            }
        }

        return entries;
    }

    private Task<Result<PlanPreview>> PlanAsync(AvaDbContext db, Subject subject, WorkerRequest? request, CancellationToken ct) => ChangePlanner.AskAsync<PlanPreview>(async () =>
    {
        if (request is not null && WorkerRules.Check(request) is { Count: > 0 } problems)
        {
            return new InvalidError(problems);
        }

        // The store would refuse the second of two plans about one key; better to say so before anybody decides on it.
        if (await PendingAsync(db, subject.AppId, ct).ConfigureAwait(false) is { } pending)
        {
            return new ConflictError("worker.plan_pending", pending.Number);
        }

        var key = subject.Command is null ? ConfigKey.WorkerDefault : ConfigKey.WorkerAppDefault(subject.Command);
        var write = await planner.WriteAsync(key, null, ct).ConfigureAwait(false);
        if (request is not null)
        {
            write = write with { Value = await ValueAsync(subject.Command, write.Current, request, ct).ConfigureAwait(false) };
        }

        return planner.Build(ChangeKind.Configuration, [write]);
    });

    /// <summary>A new layer begins as a copy of what holds without it: it replaces that whole, members that are not edited here included.</summary>
    private async Task<ReadOnlyMemory<byte>> ValueAsync(string? command, ConfigEntry? current, WorkerRequest request, CancellationToken ct)
    {
        var present = current is null ? null : Parse(current);
        var start = present;
        if (start is null)
        {
            var global = await store.GetAsync(ConfigKey.WorkerDefault, ct).ConfigureAwait(false);
            start = EffectiveWorker.For(command, null, key => key == ConfigKey.WorkerDefault ? global?.Value : null).Document;
        }

        var document = start with { Delay4Batch = request.Delay4Batch, MaxConcurrent = request.MaxConcurrent, Timeout = request.Timeout };

        // Other bytes for the same document would be a change that changes nothing.
        return document == present ? current!.Value : ConfigJson.Serialize(document);
    }

    private async Task<Result<ChangePlan>> SaveAsync(AvaDbContext db, ChangePlan plan, Actor actor, CancellationToken ct)
    {
        db.Plans.Add(plan);
        await using var transaction = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        await db.SaveChangesAsync(ct).ConfigureAwait(false);

        // Only now the plan has its number.
        audit.Add(db, actor, Proposed, AuditSubjects.Change, plan.Id, ChangeNames.Of(plan), after: ChangeContent.Describe(plan));
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        events.Publish("change", plan.Id);
        return plan;
    }

    private static async Task<Result<Subject>> FindAsync(AvaDbContext db, string? command, CancellationToken ct)
    {
        if (command is null)
        {
            return new Subject(null, null);
        }

        var id = await db.Apps.Where(app => app.Command == command).Select(app => (Guid?)app.Id).SingleOrDefaultAsync(ct).ConfigureAwait(false);
        return id is null ? new NotFoundError("app.not_found") : new Subject(command, id);
    }

    private static Task<PendingPlan?> PendingAsync(AvaDbContext db, Guid? appId, CancellationToken ct) => db.Plans
        .Where(plan => plan.Kind == ChangeKind.Configuration && plan.AppId == appId
            && (plan.State == ChangeState.AwaitingApproval || plan.State == ChangeState.Approved || plan.State == ChangeState.Applying))
        .OrderBy(plan => plan.Number)
        .Select(plan => new PendingPlan(plan.Id, plan.Number))
        .FirstOrDefaultAsync(ct);

    private static WorkerDocument? Parse(ConfigEntry entry) => ConfigJson.TryParse<WorkerDocument>(entry.Value, out var document) ? document : null;

    private sealed record Subject(string? Command, Guid? AppId);
}
