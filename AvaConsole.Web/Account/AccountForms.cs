using AvaConsole.Core.Accounts;

namespace AvaConsole.Web.Account;

public sealed class LoginForm
{
    public string? Name { get; set; }

    public string? Password { get; set; }
}

public sealed class FirstAccountForm
{
    public string? Token { get; set; }

    public string? Name { get; set; }

    public string? Password { get; set; }

    public string? PasswordAgain { get; set; }

    public ApprovalMode? Mode { get; set; }
}

public sealed class PasswordForm
{
    public string? CurrentPassword { get; set; }

    public string? NewPassword { get; set; }

    public string? NewPasswordAgain { get; set; }
}
