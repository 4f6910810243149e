namespace AvaConsole.Web.Features.Accounts;

/// <summary>Addresses of the accounts page.</summary>
public static class AccountsUrls
{
    public const string ListPath = "/accounts";

    /// <param name="create">With the form for a new account.</param>
    /// <param name="edit">With the roles of this account.</param>
    public static string List(bool create = false, Guid? edit = null) => QueryText.Append(ListPath, ("create", create ? "true" : null), ("edit", edit?.ToString()));
}
