using System.Security.Cryptography;
using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Registries;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>Opens stored registries. A secret is bound to its registry's row and leaves its seal for the one request that carries it.</summary>
public sealed class RegistryAccess(RegistryClients clients, IEgressExchange egress, SecretBox secrets)
{
    internal byte[] Seal(Guid id, string secret) => secret.Length == 0 ? [] : secrets.Seal(Encoding.UTF8.GetBytes(secret), PlaceOf(id));

    /// <summary>The registry with its credentials; <c>registry.secret_unreadable</c> where they were sealed with another master key.</summary>
    internal Result<RegistryEndpoint> Find(ImageRegistry registry)
    {
        try
        {
            return Endpoint(registry, registry.SealedSecret.Length == 0 ? "" : Encoding.UTF8.GetString(secrets.Open(registry.SealedSecret, PlaceOf(registry.Id))));
        }
        catch (CryptographicException)
        {
            return new ConflictError("registry.secret_unreadable", registry.Name);
        }
    }

    private static RegistryEndpoint Endpoint(ImageRegistry registry, string secret) => new(new Uri(registry.Address + "/"))
    {
        AllowedHosts = registry.AllowedHosts,
        Credentials = registry.UserName.Length > 0 && secret.Length > 0 ? new RegistryCredentials(registry.UserName, secret) : null,
    };

    internal RegistryClient Open(RegistryEndpoint endpoint, RegistryBudget budget, RegistryLimits limits) => clients.Open(endpoint, limits, budget.Of);

    internal VendorCatalogue OpenVendor(RegistryEndpoint endpoint, RegistryBudget budget, RegistryLimits limits) => new(endpoint, budget.Of(egress), limits);

    private static string PlaceOf(Guid id) => $"registry:{id}:secret";
}
