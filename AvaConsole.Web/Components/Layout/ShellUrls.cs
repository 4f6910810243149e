namespace AvaConsole.Web.Components.Layout;

/// <summary>Addresses that the shell links to.</summary>
public static class ShellUrls
{
    public const string Home = "/";
    public const string NotFound = "/not-found";
    public const string Apis = "/apis";
    public const string Apps = "/apps";
    public const string Images = "/images";
    public const string Changes = "/changes";
    public const string Hosts = "/hosts";
    public const string Audit = "/audit";
    public const string Accounts = "/accounts";
    public const string Settings = "/settings";
    public const string SignOut = "/account/logout";
    public const string Password = "/account/password";

    public static string SignIn(string? returnUrl = null) => returnUrl is null or "/"
        ? "/account/login"
        : "/account/login?returnUrl=" + Uri.EscapeDataString(returnUrl);
}
