namespace AvaConsole.Web.Resources;

/// <summary>Names the texts of <c>LayoutText.resx</c> for <c>IStringLocalizer</c>.</summary>
public sealed class LayoutText;
