namespace AvaConsole.Web.Account;

/// <summary>Addresses of the account pages.</summary>
public static class AccountUrls
{
    public const string Login = "/account/login";
    public const string Logout = "/account/logout";
    public const string Password = "/account/password";
    public const string FirstAccount = "/account/first";

    public static string First(string token) => $"{FirstAccount}?token={Uri.EscapeDataString(token)}";

    public static string LoginThenReturn(string returnUrl) => $"{Login}?ReturnUrl={Uri.EscapeDataString(returnUrl)}";
}
