using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Core.Accounts;

/// <summary>Accounts and the console's settings. Passwords: at least 8 characters, no composition rules.</summary>
public sealed class AccountService(
    IServiceScopeFactory scopes, IDbContextFactory<AvaDbContext> contexts, AuditLog audit, AccessGuard guard, TimeProvider clock)
{
    /// <summary>False until the first account exists.</summary>
    public async Task<bool> IsInitializedAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.Settings.AnyAsync(settings => settings.InitializedAt != null, ct).ConfigureAwait(false);
    }

    /// <summary>Creates the first account (all roles) and fixes the approval mode; once only.</summary>
    public Task<Result<Account>> CreateFirstAsync(string name, string password, ApprovalMode mode, string? address, CancellationToken ct) =>
        InTransactionAsync(async (db, users) =>
        {
            if (await db.Settings.AnyAsync(ct).ConfigureAwait(false))
            {
                return new ConflictError("account.already_initialized");
            }

            var created = await AddAsync(users, name, password, Roles.All).ConfigureAwait(false);
            if (created.Value is { } account)
            {
                var actor = new Actor(account.Id, account.UserName!, account.Roles, address);
                db.Settings.Add(new ConsoleSettings { ApprovalMode = mode, InitializedAt = clock.GetUtcNow() });
                audit.Add(db, actor, "account.created", AuditSubjects.Account, account.Id, account.UserName!, after: Describe(account));
                audit.Add(db, actor, "settings.approval_mode_set", AuditSubjects.Settings, null, "", after: new { approvalMode = mode });
            }

            return created;
        }, ct);

    public async Task<IReadOnlyList<Account>> ListAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.Accounts.AsNoTracking().OrderBy(account => account.NormalizedUserName).ToListAsync(ct).ConfigureAwait(false);
    }

    public async Task<Result<Account>> CreateAsync(string name, string password, IReadOnlyList<string> roles, Actor actor, CancellationToken ct)
    {
        if (await DeniedAsync(actor, "account.created", null, name, ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        return await InTransactionAsync(async (db, users) =>
        {
            var created = await AddAsync(users, name, password, roles).ConfigureAwait(false);
            if (created.Value is { } account)
            {
                audit.Add(db, actor, "account.created", AuditSubjects.Account, account.Id, account.UserName!, after: Describe(account));
            }

            return created;
        }, ct).ConfigureAwait(false);
    }

    public Task<Result<Account>> SetRolesAsync(Guid id, IReadOnlyList<string> roles, Actor actor, CancellationToken ct) =>
        CheckRoles(roles) is { } problem
            ? Task.FromResult<Result<Account>>(new InvalidError([problem]))
            : ChangeAsync(id, "account.roles_changed", account => account.Roles = Normalize(roles), actor, ct);

    public Task<Result<Account>> SetDisabledAsync(Guid id, bool disabled, Actor actor, CancellationToken ct) =>
        ChangeAsync(id, disabled ? "account.disabled" : "account.enabled", account => account.Disabled = disabled, actor, ct);

    public async Task<Result> ChangePasswordAsync(string currentPassword, string newPassword, Actor actor, CancellationToken ct)
    {
        var changed = await InTransactionAsync(async (db, users) =>
        {
            if (await users.FindByIdAsync(actor.AccountId.ToString()).ConfigureAwait(false) is not { } account)
            {
                return new NotFoundError("account.not_found");
            }

            var result = await users.ChangePasswordAsync(account, currentPassword, newPassword).ConfigureAwait(false);
            if (!result.Succeeded)
            {
                return AccountErrors.From(result, "NewPassword");
            }

            audit.Add(db, actor, "account.password_changed", AuditSubjects.Account, account.Id, account.UserName!);
            return account;
        }, ct).ConfigureAwait(false);
        return new Result(changed.Error);
    }

    public async Task<ApprovalMode> GetApprovalModeAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        return await db.GetApprovalModeAsync(ct).ConfigureAwait(false);
    }

    public async Task<Result> SetApprovalModeAsync(ApprovalMode mode, Actor actor, CancellationToken ct)
    {
        if (await guard.CheckAsync(actor, Permission.Administer, "settings.approval_mode_set", AuditSubjects.Settings, null, "", ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        if (await db.Settings.SingleOrDefaultAsync(ct).ConfigureAwait(false) is not { } settings)
        {
            return new ConflictError("account.not_initialized");
        }

        if (settings.ApprovalMode != mode)
        {
            audit.Add(
                db, actor, "settings.approval_mode_set", AuditSubjects.Settings, null, "", new { approvalMode = settings.ApprovalMode }, new { approvalMode = mode });
            settings.ApprovalMode = mode;
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
        }

        return Result.Success;
    }

    /// <summary>Writes sign-ins, failures and sign-outs to the audit log (<c>account.signed_in</c>, <c>account.sign_in_failed</c>, <c>account.signed_out</c>).</summary>
    public async Task RecordAsync(string action, string name, Guid? accountId, string? address, CancellationToken ct)
    {
        // A name that failed to sign in is whatever somebody sent.
        var shown = new string(name.Where(character => !char.IsControl(character)).Take(64).ToArray());
        await using var db = await contexts.CreateDbContextAsync(ct).ConfigureAwait(false);
        audit.Add(db, new Actor(accountId ?? Guid.Empty, shown, [], address), action, AuditSubjects.Account, accountId, shown);
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
    }

    private async Task<Result<Account>> ChangeAsync(Guid id, string action, Action<Account> change, Actor actor, CancellationToken ct)
    {
        if (await DeniedAsync(actor, action, id, "", ct).ConfigureAwait(false) is { } denied)
        {
            return denied;
        }

        return await InTransactionAsync(async (db, users) =>
        {
            if (await users.FindByIdAsync(id.ToString()).ConfigureAwait(false) is not { } account)
            {
                return new NotFoundError("account.not_found");
            }

            var before = Describe(account);
            change(account);
            if (!await AnotherAdminRemainsAsync(db, account, ct).ConfigureAwait(false))
            {
                return new ConflictError("account.last_admin");
            }

            // A new stamp ends the account's sessions, which still carry the old roles.
            var result = await users.UpdateSecurityStampAsync(account).ConfigureAwait(false);
            if (!result.Succeeded)
            {
                return AccountErrors.From(result, "Password");
            }

            audit.Add(db, actor, action, AuditSubjects.Account, account.Id, account.UserName!, before, Describe(account));
            return account;
        }, ct).ConfigureAwait(false);
    }

    private static async Task<bool> AnotherAdminRemainsAsync(AvaDbContext db, Account changed, CancellationToken ct) =>
        (!changed.Disabled && changed.Roles.Contains(Roles.Admin))
        || await db.Accounts.AnyAsync(account => account.Id != changed.Id && !account.Disabled && account.Roles.Contains(Roles.Admin), ct).ConfigureAwait(false);

    private async Task<Result<Account>> AddAsync(UserManager<Account> users, string name, string password, IReadOnlyList<string> roles)
    {
        var problems = new List<Problem>();
        name = name.Trim();
        if (name.Length is 0 or > 64 || name.Any(char.IsControl))
        {
            problems.Add(new Problem("Name", "account.name_invalid"));
        }

        if (CheckRoles(roles) is { } problem)
        {
            problems.Add(problem);
        }

        if (password.Length < AccountErrors.MinimumPasswordLength)
        {
            problems.Add(new Problem("Password", "account.password_too_short", AccountErrors.MinimumPasswordLength));
        }

        if (problems.Count > 0)
        {
            return new InvalidError(problems);
        }

        var account = new Account { Id = Guid.CreateVersion7(), UserName = name, Roles = Normalize(roles), CreatedAt = clock.GetUtcNow() };
        var result = await users.CreateAsync(account, password).ConfigureAwait(false);
        return result.Succeeded ? account : AccountErrors.From(result, "Password");
    }

    // UserManager is scoped and writes through the scope's own context: the audit entry must go through the same one.
    private async Task<Result<Account>> InTransactionAsync(Func<AvaDbContext, UserManager<Account>, Task<Result<Account>>> act, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AvaDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        await db.LockAsync(DatabaseLocks.Accounts, ct).ConfigureAwait(false);
        var result = await act(db, scope.ServiceProvider.GetRequiredService<UserManager<Account>>()).ConfigureAwait(false);
        if (result.IsSuccess)
        {
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
            await transaction.CommitAsync(ct).ConfigureAwait(false);
        }

        return result;
    }

    private Task<Error?> DeniedAsync(Actor actor, string action, Guid? id, string name, CancellationToken ct) =>
        guard.CheckAsync(actor, Permission.Administer, action, AuditSubjects.Account, id, name, ct);

    private static Problem? CheckRoles(IReadOnlyList<string> roles) => roles switch
    {
        [] => new Problem("Roles", "account.roles_required"),
        _ when roles.FirstOrDefault(role => !Roles.All.Contains(role)) is { } unknown => new Problem("Roles", "account.role_unknown", unknown),
        _ => null,
    };

    private static string[] Normalize(IReadOnlyList<string> roles) => [.. Roles.All.Where(roles.Contains)];

    private static object Describe(Account account) => new { name = account.UserName, roles = account.Roles, disabled = account.Disabled };
}
