using AvaConsole.Core.Common;

namespace AvaConsole.Core.Accounts;

/// <summary>Accounts and the console's settings. Passwords: at least 8 characters, no composition rules.</summary>
public sealed class AccountService
{
    /// <summary>False until the first account exists.</summary>
    public Task<bool> IsInitializedAsync(CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Creates the first account (all roles) and fixes the approval mode; once only.</summary>
    public Task<Result<Account>> CreateFirstAsync(string name, string password, ApprovalMode mode, string? address, CancellationToken ct) => throw new NotImplementedException();

    public Task<IReadOnlyList<Account>> ListAsync(CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Account>> CreateAsync(string name, string password, IReadOnlyList<string> roles, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Account>> SetRolesAsync(Guid id, IReadOnlyList<string> roles, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Account>> SetDisabledAsync(Guid id, bool disabled, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result> ChangePasswordAsync(string currentPassword, string newPassword, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    public Task<ApprovalMode> GetApprovalModeAsync(CancellationToken ct) => throw new NotImplementedException();

    public Task<Result> SetApprovalModeAsync(ApprovalMode mode, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Writes sign-ins, failures and sign-outs to the audit log (<c>account.signed_in</c>, <c>account.sign_in_failed</c>, <c>account.signed_out</c>).</summary>
    public Task RecordAsync(string action, string name, Guid? accountId, string? address, CancellationToken ct) => throw new NotImplementedException();
}
