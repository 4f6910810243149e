namespace AvaConsole.Web.Resources;

/// <summary>Marks the texts of the account pages.</summary>
public sealed class AccountText;
