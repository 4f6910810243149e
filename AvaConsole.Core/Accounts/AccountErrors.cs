using AvaConsole.Core.Common;
using Microsoft.AspNetCore.Identity;

namespace AvaConsole.Core.Accounts;

/// <summary>Identity's refusals in the console's own codes.</summary>
internal static class AccountErrors
{
    public const int MinimumPasswordLength = 8;

    public static Error From(IdentityResult result, string passwordField)
    {
        var codes = result.Errors.Select(error => error.Code).ToHashSet(StringComparer.Ordinal);
        if (codes.Contains(nameof(IdentityErrorDescriber.ConcurrencyFailure)))
        {
            return new ConflictError("account.moved");
        }

        return new InvalidError(codes.Select(code => ToProblem(code, passwordField)).ToList());
    }

    private static Problem ToProblem(string code, string passwordField) => code switch
    {
        nameof(IdentityErrorDescriber.DuplicateUserName) => new Problem("Name", "account.name_taken"),
        nameof(IdentityErrorDescriber.InvalidUserName) => new Problem("Name", "account.name_invalid"),
        nameof(IdentityErrorDescriber.PasswordTooShort) => new Problem(passwordField, "account.password_too_short", MinimumPasswordLength),
        nameof(IdentityErrorDescriber.PasswordMismatch) => new Problem("CurrentPassword", "account.password_wrong"),
        // A code of our own, from AccountPasswordValidator.
        _ when code.StartsWith("account.", StringComparison.Ordinal) => new Problem(passwordField, code, AccountPasswordValidator.MaximumLength),
        _ => new Problem("", "account.refused", code),
    };
}
