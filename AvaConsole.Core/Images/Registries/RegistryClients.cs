using AvaConsole.Core.Common;

namespace AvaConsole.Core.Images.Registries;

/// <summary>Opens registries. Clients of one share their tokens.</summary>
public sealed class RegistryClients(IEgressExchange egress, TimeProvider clock)
{
    private readonly TokenCache _tokens = new(clock);

    /// <param name="limits">Null for the usual ones.</param>
    /// <param name="wrap">Put round the egress client, for example to count what is asked; null for nothing.</param>
    public RegistryClient Open(RegistryEndpoint registry, RegistryLimits? limits = null, Func<IEgressExchange, IEgressExchange>? wrap = null)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return new RegistryClient(registry, wrap?.Invoke(egress) ?? egress, _tokens, limits ?? new RegistryLimits(), clock);
    }
}
