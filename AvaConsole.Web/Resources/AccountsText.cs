namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of <c>AccountsText.resx</c> for <c>IStringLocalizer</c>.</summary>
public sealed class AccountsText;
