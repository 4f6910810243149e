using System.Security.Cryptography;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using Microsoft.Extensions.Logging;

namespace AvaConsole.Core.Changes;

/// <param name="State">Applied or Conflicted; Applying where it is not known yet and must be tried again.</param>
/// <param name="Revision">The store's revision that applied it; 0 otherwise.</param>
internal sealed record ChangeOutcome(ChangeState State, long Revision, string FailureCode, params string[] FailureArgs)
{
    public static ChangeOutcome Wait(string code) => new(ChangeState.Applying, 0, code);
}

/// <summary>Writes one plan to the configuration store: wholly, once, or not at all.</summary>
/// <remarks>
/// <para>The transaction compares every key's revision and the absence of the plan's nonce, and writes the keys and the nonce. Its
/// outcome is therefore always found in the nonce, and any number of copies of it have the effect of one.</para>
/// <para>That matters when an answer is lost: a copy may still be under way, so that not even a later read which finds no nonce proves
/// that it will never arrive. Sending again is safe only because the copies exclude each other, and a conflict is reported only
/// after the nonce was taken (<see cref="ChangeNonceDocument.Void"/>), which shuts out the copies that might follow.</para>
/// </remarks>
public sealed class ChangeWriter(IConfigStore store, SecretBox secrets, ChangeOutbox outbox, TimeProvider clock, ILogger<ChangeWriter> logger)
{
    private const int MaxTries = 4;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Never throws for a store that does not answer; may be called again for any plan at any time.</summary>
    internal async Task<ChangeOutcome> WriteAsync(ChangePlan plan, CancellationToken ct)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (tries > 0)
            {
                await Task.Delay(s_pause * tries, clock, ct).ConfigureAwait(false);
            }

            try
            {
                if (await TryAsync(plan, ct).ConfigureAwait(false) is { } outcome)
                {
                    return outcome;
                }
            }
            catch (ConfigTxnAmbiguousException exception)
            {
                logger.LogWarning(exception, "The answer for change {Number} was lost; its nonce will tell", plan.Number);
            }
            catch (ConfigStoreUnavailableException exception)
            {
                logger.LogWarning(exception, "The configuration store does not answer; change {Number} waits", plan.Number);
                return ChangeOutcome.Wait("change.store_unavailable");
            }
            catch (CryptographicException exception)
            {
                // Another console may hold the key; here nothing can be done.
                logger.LogError(exception, "Change {Number} cannot be opened with this console's master key", plan.Number);
                return ChangeOutcome.Wait("change.other_master_key");
            }
        }

        return ChangeOutcome.Wait("change.store_unavailable");
    }

    /// <returns>Null: look at the nonce again.</returns>
    private async Task<ChangeOutcome?> TryAsync(ChangePlan plan, CancellationToken ct)
    {
        var nonce = await store.GetAsync(ConfigKey.Change(plan.Id), ct).ConfigureAwait(false);
        outbox.Reach(ChangeStep.NonceRead);
        if (nonce is not null)
        {
            return await ReadAsync(plan, nonce, ct).ConfigureAwait(false);
        }

        if (ChangeContent.Open(plan, secrets) is not { } operations)
        {
            return await VoidAsync(plan, ct).ConfigureAwait(false)
                ? new ChangeOutcome(ChangeState.Conflicted, 0, "change.content_damaged")
                : null;
        }

        var compares = plan.Operations.Select(operation => new ConfigCompare(operation.Key, operation.ExpectedModRevision));
        var txn = new ConfigTxn([.. compares, NonceAbsent(plan)], [.. operations, PutNonce(plan, ChangeNonceDocument.Applied)]);
        var result = await store.TxnAsync(txn, ct).ConfigureAwait(false);
        outbox.Reach(ChangeStep.StoreWritten);
        if (result.Succeeded)
        {
            return new ChangeOutcome(ChangeState.Applied, result.Revision, "");
        }

        return await VoidAsync(plan, ct).ConfigureAwait(false) ? await ConflictAsync(plan, ct).ConfigureAwait(false) : null;
    }

    private async Task<bool> VoidAsync(ChangePlan plan, CancellationToken ct)
    {
        var result = await store.TxnAsync(new ConfigTxn([NonceAbsent(plan)], [PutNonce(plan, ChangeNonceDocument.Void)]), ct).ConfigureAwait(false);
        outbox.Reach(ChangeStep.StoreVoided);
        return result.Succeeded;
    }

    private async Task<ChangeOutcome> ReadAsync(ChangePlan plan, ConfigEntry nonce, CancellationToken ct) =>
        ConfigJson.TryParse<ChangeNonceDocument>(nonce.Value, out var document) && document.Outcome == ChangeNonceDocument.Void
            ? await ConflictAsync(plan, ct).ConfigureAwait(false)
            : new ChangeOutcome(ChangeState.Applied, nonce.ModRevision, "");

    private async Task<ChangeOutcome> ConflictAsync(ChangePlan plan, CancellationToken ct)
    {
        foreach (var operation in plan.Operations)
        {
            var entry = await store.GetAsync(operation.Key, ct).ConfigureAwait(false);
            if ((entry?.ModRevision ?? 0) != operation.ExpectedModRevision)
            {
                return new ChangeOutcome(ChangeState.Conflicted, 0, "change.key_moved", operation.Key);
            }
        }

        return new ChangeOutcome(ChangeState.Conflicted, 0, "change.keys_moved");
    }

    private static ConfigCompare NonceAbsent(ChangePlan plan) => new(ConfigKey.Change(plan.Id), 0);

    private static ConfigOperation PutNonce(ChangePlan plan, string outcome) => ConfigOperation.Put(
        ConfigKey.Change(plan.Id),
        ConfigJson.Serialize(new ChangeNonceDocument { Plan = plan.Number, ContentHash = plan.ContentHash, Outcome = outcome }));
}
