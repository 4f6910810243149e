using System.Security.Cryptography;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;

namespace AvaConsole.Core.Changes;

/// <summary>Turns intended writes into a plan's operations: what to expect, what to write, what to show.</summary>
public sealed class ChangePlanner(IConfigStore store, SecretBox secrets, TimeProvider clock)
{
    // One comparison and one operation of the store's limit go to the nonce.
    internal const int MaxOperations = ConfigStoreLimits.MaxTxnOperations - 1;
    internal const int MaxBytes = ConfigStoreLimits.MaxTxnBytes - 65_536;

    /// <summary>What <paramref name="ask"/> answers; <c>config.unavailable</c> where the store does not.</summary>
    internal static async Task<Result<T>> AskAsync<T>(Func<Task<Result<T>>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (ConfigStoreUnavailableException)
        {
            return new UnavailableError("config.unavailable");
        }
    }

    /// <summary>Reads the key as it is now and plans to write <paramref name="value"/>.</summary>
    internal async Task<PlannedWrite> WriteAsync(string key, ReadOnlyMemory<byte>? value, CancellationToken ct) =>
        new(key, await store.GetAsync(key, ct).ConfigureAwait(false), value);

    /// <summary>Writes that change nothing are left out.</summary>
    internal Result<PlanPreview> Build(ChangeKind kind, IEnumerable<PlannedWrite> writes)
    {
        var needed = writes.Where(write => write.Always || !write.ChangesNothing).ToList();
        var bytes = needed.Sum(write => (long)write.Value.GetValueOrDefault().Length);
        if (needed.TrueForAll(write => write.ChangesNothing))
        {
            return new ConflictError("change.nothing_to_change");
        }

        if (needed.Count > MaxOperations || bytes > MaxBytes)
        {
            return new ConflictError("change.too_large", needed.Count, bytes);
        }

        var operations = needed.ConvertAll(ToOperation);
        return new PlanPreview(kind, operations, ChangeContent.Hash(operations));
    }

    internal ChangePlan Propose(PlanPreview preview, Guid? appId, Guid? releaseId, string reason, Actor actor) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = preview.Kind,
        AppId = appId,
        ReleaseId = releaseId,
        Reason = reason.Trim(),
        State = ChangeState.AwaitingApproval,
        Operations = [.. preview.Operations],
        ContentHash = preview.ContentHash,
        ProposedById = actor.AccountId,
        ProposedBy = actor.Name,
        ProposedAt = clock.GetUtcNow(),
    };

    private PlannedOperation ToOperation(PlannedWrite write) => new()
    {
        Key = write.Key,
        ExpectedModRevision = write.Current?.ModRevision ?? 0,
        OldDisplay = write.Current is null ? null : ChangeContent.Display(write.Current.Value),
        NewDisplay = write.Value is { } shown ? ChangeContent.Display(shown) : null,
        SealedValue = write.Value is { } value ? secrets.Seal(value.Span, write.Key) : null,
        ValueSha256 = write.Value is { } hashed ? Convert.ToHexStringLower(SHA256.HashData(hashed.Span)) : "",
    };
}
