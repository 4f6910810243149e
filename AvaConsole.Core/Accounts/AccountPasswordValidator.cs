using Microsoft.AspNetCore.Identity;

namespace AvaConsole.Core.Accounts;

/// <summary>Beside the length: not absurdly long, not the account's name, and none of those that everybody tries first.</summary>
public sealed class AccountPasswordValidator : IPasswordValidator<Account>
{
    /// <summary>Hashing time grows with the length.</summary>
    public const int MaximumLength = 256;

    // The most common ones of at least eight characters in public lists of leaked passwords; patterns are handled below.
    private static readonly HashSet<string> s_worst = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "password1", "password12", "password123", "passw0rd", "p@ssw0rd", "p@ssword", "qwertyui", "qwertyuiop", "qwerty123",
        "qwerty12", "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "zaq12wsx", "q1w2e3r4", "asdfghjk", "asdfghjkl", "zxcvbnm1", "zxcvbnm123",
        "iloveyou", "iloveyou1", "sunshine", "princess", "football", "football1", "baseball", "basketball", "superman", "batman123",
        "starwars", "trustno1", "whatever", "welcome1", "welcome123", "letmein1", "letmein123", "computer", "internet", "michelle",
        "jennifer", "jordan23", "charlie1", "dragon123", "monkey123", "master123", "shadow123", "liverpool", "abcd1234", "abc12345",
        "abcdefgh", "abcdefg1", "a1b2c3d4", "aa123456", "a123456789", "admin123", "admin1234", "administrator", "changeme", "changeme1",
        "changeit", "default1", "secret123", "test1234", "testtest", "guest123", "root1234", "toor1234", "woaini1314", "woaini520",
        "5201314520", "avaconsole", "avaconsole1", "87654321", "987654321", "0987654321", "12344321", "11223344", "123123123", "147258369",
        "789456123", "13145200", "52013140", "1234qwer", "qwer1234", "asdf1234", "zxcv1234", "q1w2e3r4t5", "passpass", "11112222",
    };

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        ArgumentNullException.ThrowIfNull(user);
        var code = Find(user.UserName ?? "", password ?? "");
        return Task.FromResult(code is null ? IdentityResult.Success : IdentityResult.Failed(new IdentityError { Code = code }));
    }

    private static string? Find(string name, string password) => password switch
    {
        { Length: > MaximumLength } => "account.password_too_long",
        _ when password.Contains(name, StringComparison.OrdinalIgnoreCase) && password.Length - name.Length < 4 => "account.password_is_name",
        _ when s_worst.Contains(password) || IsPattern(password) => "account.password_common",
        _ => null,
    };

    /// <summary><c>aaaaaaaa</c>, <c>12345678</c>, <c>hgfedcba</c>, <c>abababab</c>.</summary>
    private static bool IsPattern(string password)
    {
        if (password.Length < 3) return true;
        var step = password[1] - password[0];
        var steady = Math.Abs(step) <= 1 && password.Zip(password.Skip(1)).All(pair => pair.Second - pair.First == step);
        return steady || password.Skip(2).Zip(password).All(pair => pair.First == pair.Second);
    }
}
