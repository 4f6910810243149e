namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of <c>HomeText.resx</c> for <c>IStringLocalizer</c>.</summary>
public sealed class HomeText;
