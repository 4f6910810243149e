using Microsoft.AspNetCore.Identity;

namespace AvaConsole.Core.Accounts;

/// <summary>A person who signs in. Passwords are hashed by Identity; <see cref="IdentityUser{TKey}.UserName"/> is the sign-in name.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>Names from <see cref="Accounts.Roles"/>.</summary>
    public string[] Roles { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>A disabled account cannot sign in and its sessions end within a minute.</summary>
    public bool Disabled { get; set; }
}
