using AvaConsole.Core.Common;

namespace AvaConsole.Core.Images.Registries;

/// <summary>Opens registries. Clients of one share their tokens.</summary>
public sealed class RegistryClients(IEgressExchange egress, TimeProvider clock)
{
    private readonly TokenCache _tokens = new(clock);

    /// <param name="limits">Null for the usual ones.</param>
    public RegistryClient Open(RegistryEndpoint registry, RegistryLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return new RegistryClient(registry, egress, _tokens, limits ?? new RegistryLimits(), clock);
    }
}
