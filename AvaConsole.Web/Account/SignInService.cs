using System.Security.Claims;
using AvaConsole.Core.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace AvaConsole.Web.Account;

/// <summary>Starts and ends cookie sessions, and admits programs. Why a sign-in failed is in the audit log and nowhere else.</summary>
public sealed class SignInService(UserManager<Core.Accounts.Account> users, IUserClaimsPrincipalFactory<Core.Accounts.Account> principals, AccountService accounts)
{
    private const int LongestPassword = AccountPasswordValidator.MaximumLength;

    private static readonly Core.Accounts.Account s_nobody = new() { UserName = "nobody" };
    private static readonly Lazy<string> s_nobodysHash = new(() => new PasswordHasher<Core.Accounts.Account>().HashPassword(s_nobody, Guid.NewGuid().ToString()));

    public async Task<bool> SignInAsync(HttpContext http, string? name, string? password, CancellationToken ct)
    {
        if (await AdmitAsync(http, name, password, ct) is not { } account) return false;
        await StartSessionAsync(http, account, ct);
        return true;
    }

    /// <summary>For a program that gives its name and password with every request: who it is, or null; no session begins.</summary>
    public async Task<ClaimsPrincipal?> AuthenticateAsync(HttpContext http, string? name, string? password, CancellationToken ct) =>
        await AdmitAsync(http, name, password, ct) is { } account ? await principals.CreateAsync(account) : null;

    public async Task StartSessionAsync(HttpContext http, Core.Accounts.Account account, CancellationToken ct)
    {
        await SignInAsync(http, account);
        await accounts.RecordAsync("account.signed_in", account.UserName!, account.Id, Address(http), ct);
    }

    /// <summary>After a change of one's own password: the same session under the new security stamp.</summary>
    public async Task ContinueSessionAsync(HttpContext http, Guid accountId)
    {
        if (await users.FindByIdAsync(accountId.ToString()) is { } account) await SignInAsync(http, account);
    }

    public async Task SignOutAsync(HttpContext http, CancellationToken ct)
    {
        var user = http.User;
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        if (user.Identity is { IsAuthenticated: true, Name: { } name } && Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id))
        {
            await accounts.RecordAsync("account.signed_out", name, id, Address(http), ct);
        }
    }

    private async Task<Core.Accounts.Account?> AdmitAsync(HttpContext http, string? name, string? password, CancellationToken ct)
    {
        name = name?.Trim() ?? "";
        password ??= "";
        var account = name.Length is 0 or > 64 ? null : await users.FindByNameAsync(name);
        if (account is null) Waste(password);
        else if (await IsAdmittedAsync(account, password)) return account;

        await accounts.RecordAsync("account.sign_in_failed", account?.UserName ?? name, account?.Id, Address(http), ct);
        return null;
    }

    private async Task<bool> IsAdmittedAsync(Core.Accounts.Account account, string password)
    {
        // Each way out costs one password hash, so that the time taken tells nothing about the account.
        if (await users.IsLockedOutAsync(account) || password.Length > LongestPassword)
        {
            Waste(password);
            return false;
        }

        if (!await users.CheckPasswordAsync(account, password))
        {
            await users.AccessFailedAsync(account);
            return false;
        }

        if (account.Disabled) return false;
        await users.ResetAccessFailedCountAsync(account);
        return true;
    }

    private static void Waste(string password) =>
        new PasswordHasher<Core.Accounts.Account>().VerifyHashedPassword(s_nobody, s_nobodysHash.Value, password.Length > LongestPassword ? "" : password);

    private async Task SignInAsync(HttpContext http, Core.Accounts.Account account) =>
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, await principals.CreateAsync(account));

    private static string? Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString();
}
