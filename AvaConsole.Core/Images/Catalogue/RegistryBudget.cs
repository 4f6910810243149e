using AvaConsole.Core.Common;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>Counts requests, those for tokens and redirects with them, and lets no more through than were granted.</summary>
internal sealed class RegistryBudget(int requests)
{
    public const string SpentCode = "registry.budget_spent";

    private int _used;

    public int Used => Math.Min(Volatile.Read(ref _used), requests);

    public bool IsSpent => Volatile.Read(ref _used) >= requests;

    public IEgressExchange Of(IEgressExchange egress) => new Counted(egress, this);

    private ConflictError? Take() => Interlocked.Increment(ref _used) > requests ? new ConflictError(SpentCode, requests) : null;

    private sealed class Counted(IEgressExchange inner, RegistryBudget budget) : IEgressExchange
    {
        public async Task<Result<EgressAnswer>> SendAsync(EgressRequest request, CancellationToken ct) =>
            budget.Take() is { } spent ? spent : await inner.SendAsync(request, ct).ConfigureAwait(false);
    }
}
