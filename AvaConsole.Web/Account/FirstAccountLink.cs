using System.Security.Cryptography;
using AvaConsole.Core.Accounts;
using Microsoft.AspNetCore.WebUtilities;

namespace AvaConsole.Web.Account;

/// <summary>
/// The only way in while no account exists: a link with a token that this process made, printed where only its owner reads it. Only the
/// token's hash is kept, in memory; each start makes another, and the first account ends it.
/// </summary>
public sealed class FirstAccountLink(AccountService accounts)
{
    private byte[]? _hash;

    /// <summary>The link to print; null where an account exists.</summary>
    public async Task<string?> CreateAsync(string publicUrl, CancellationToken ct)
    {
        if (await accounts.IsInitializedAsync(ct)) return null;
        var token = RandomNumberGenerator.GetBytes(32);
        _hash = SHA256.HashData(token);
        return $"{publicUrl}{AccountUrls.First(WebEncoders.Base64UrlEncode(token))}";
    }

    public bool IsValid(string? token)
    {
        if (_hash is not { } expected || string.IsNullOrEmpty(token) || token.Length > 64) return false;
        try
        {
            return CryptographicOperations.FixedTimeEquals(SHA256.HashData(WebEncoders.Base64UrlDecode(token)), expected);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>After the first account was created.</summary>
    public void End() => _hash = null;
}
