namespace AvaConsole.Core.Accounts;

/// <summary>Who does something, as the audit log will record it. Built per operation from the signed-in account.</summary>
/// <param name="AccountId">The account; <see cref="Guid.Empty"/> for the console itself.</param>
/// <param name="Name">The sign-in name at that moment.</param>
/// <param name="Roles">Roles at that moment, see <see cref="Accounts.Roles"/>.</param>
/// <param name="Address">The caller's IP address, where known.</param>
public sealed record Actor(Guid AccountId, string Name, IReadOnlyCollection<string> Roles, string? Address)
{
    /// <summary>The console's own background work (verification, recovery).</summary>
    public static Actor System { get; } = new(Guid.Empty, "system", [Accounts.Roles.Admin], null);

    public bool Can(Permission permission) => Accounts.Roles.Permit(Roles, permission);
}
