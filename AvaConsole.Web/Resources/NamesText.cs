namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of <c>NamesText.resx</c> for <c>IStringLocalizer</c>.</summary>
public sealed class NamesText;
